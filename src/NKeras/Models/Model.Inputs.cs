using NKeras.Core;
using NKeras.Layers;

namespace NKeras;

public partial class Model
{
    /// <summary>Checks what a functional model is called with and brings it to the types of the inputs, in their order.</summary>
    /// <exception cref="ArgumentException">Number, names or shapes differ; the message names the input.</exception>
    internal IReadOnlyList<Tensor> Standardize(Tensors inputs)
    {
        IReadOnlyList<Tensor> ordered = InOrder(inputs);
        Tensor[] result = new Tensor[ordered.Count];
        for (int i = 0; i < result.Length; i++)
        {
            KerasTensor expected = Inputs[i];
            if (ordered[i] is not { } given)
            {
                if (!IsOptional(expected)) throw new ArgumentNullException(nameof(inputs), $"Input '{InputName(expected)}' of model '{Name}' is not optional, but null was passed. Pass a tensor, or create it with optional: true.");
                continue;
            }

            Shape adjusted = AdjustRank(given.Shape, expected.Shape);
            if (!expected.Shape.IsCompatibleWith(adjusted))
                throw new ArgumentException($"Input '{InputName(expected)}' of model '{Name}' expects shape {expected.Shape}, but received {given.Shape}.");
            Tensor kept = InForm(given, expected);
            Tensor fitting = adjusted == given.Shape ? kept : Ops.Reshape(kept, adjusted);
            result[i] = KerasMask.Copy(given, Ops.Cast(fitting, expected.DType));
        }

        return result;
    }

    /// <summary>Sparse and ragged tensors as they are where the input is for them, and made dense elsewhere. Dense ones stay dense.</summary>
    private static Tensor InForm(Tensor given, KerasTensor expected)
    {
        if (given is RaggedTensor rows && expected.Rank > 1 && expected.Shape[1] is { } steps) given = rows.WithLength(steps);
        return Ops.ConvertToTensor(given, sparse: expected.Sparse, ragged: expected.Ragged);
    }

    /// <summary>A shape with a last dimension of one added or removed where that makes it fit, as for images without channels.</summary>
    internal static Shape AdjustRank(Shape given, Shape expected)
    {
        if (given.Rank == expected.Rank + 1 && given[-1] == 1) return new Shape(given.Dims[..^1]);
        return given.Rank == expected.Rank - 1 && expected[-1] == 1 ? new Shape([.. given.Dims, 1]) : given;
    }

    /// <summary>What users call an input: the name of its layer.</summary>
    internal static string InputName(KerasTensor input) => input.History?.Operation.Name ?? input.Name;

    /// <summary>Whether null can be given for an input.</summary>
    internal static bool IsOptional(KerasTensor input) => input.History?.Operation is InputLayer { Optional: true };

    private IReadOnlyList<Tensor> InOrder(Tensors inputs)
    {
        KerasTensors structure = Graph.InputStructure;
        IReadOnlyList<string>? keys = structure.Names?.Order(StringComparer.Ordinal).ToArray();
        if (inputs.Names is { } names)
        {
            string[] slots = [.. keys ?? [.. Inputs.Select(InputName)]];
            if (names.FirstOrDefault(n => !slots.Contains(n)) is { } unknown) throw Mismatch($"there is no input '{unknown}'. {Suggestion.For(unknown, slots)}");
            int[] missing = [.. Enumerable.Range(0, slots.Length).Where(i => !names.Contains(slots[i]) && !IsOptional(Inputs[i]))];
            if (missing.Length > 0) throw Mismatch($"nothing was given for '{slots[missing[0]]}'");
            return [.. slots.Select(s => names.Contains(s) ? inputs[s] : null!)];
        }

        if (keys != null && !(inputs.IsSingle && keys.Count == 1)) throw Mismatch("the inputs have names, so give the tensors by name");
        return inputs.Count == Inputs.Count ? inputs : throw Mismatch($"{inputs.Count} were given");

        ArgumentException Mismatch(string what) => new(
            $"Model '{Name}' has {Inputs.Count} inputs ({string.Join(", ", Inputs.Select(i => $"'{InputName(i)}'"))}): {what}. Expected {structure}; received {inputs}.", nameof(inputs));
    }
}
