using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras.Core;

/// <summary>A function that is called for each place of its arguments' leading dimensions, which are broadcast.</summary>
internal sealed class VectorizedFunction
{
    private readonly Func<Tensors, Tensors> _function;
    private readonly HashSet<int> _excluded;
    private readonly CoreDimensions? _dimensions;

    public VectorizedFunction(Func<Tensors, Tensors> function, IReadOnlyCollection<int> excluded, string? signature)
    {
        if (excluded.Any(i => i < 0)) throw new ArgumentException($"Vectorize: excluded holds positions of arguments, not {excluded.First(i => i < 0)}.", nameof(excluded));
        (_function, _excluded) = (function, [.. excluded]);
        _dimensions = signature == null ? null : CoreDimensions.Parse(signature);
    }

    /// <summary>Calls the function for each place and puts the results together.</summary>
    public Tensors Apply(Tensors arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return OpDispatch.CallStructured("Vectorize", new CallArguments([arguments]), c => Run(c.Inputs));
    }

    private Tensors Run(Tensors arguments)
    {
        Tensor[] all = InnerCalls.Flat("Vectorize", nameof(arguments), arguments);
        int[] mapped = [.. Enumerable.Range(0, all.Length).Where(i => !_excluded.Contains(i))];
        string[][] names = _dimensions?.Inputs ?? [.. mapped.Select(_ => Array.Empty<string>())];
        if (names.Length != mapped.Length) throw new ArgumentException($"Vectorize: wrong number of positional arguments: expected {names.Length}, got {mapped.Length}.", nameof(arguments));

        Dictionary<string, int> sizes = [];
        Shape[] outer = new Shape[mapped.Length], core = new Shape[mapped.Length];
        for (int k = 0; k < mapped.Length; k++)
        {
            Shape shape = all[mapped[k]].Shape;
            CoreDimensions.Check($"argument {mapped[k]}", shape, names[k], sizes);
            int split = shape.Rank - names[k].Length;
            (outer[k], core[k]) = (new Shape(shape.Dims[..split]), new Shape(shape.Dims[split..]));
        }

        Shape places = outer.Length == 0 ? Shape.Scalar : Broadcasting.Result("Vectorize", [.. outer.Select(s => new TensorSpec(s, DType.Bool))]);
        // An argument that is the same at all places is not repeated.
        int[] varying = [.. Enumerable.Range(0, mapped.Length).Where(k => outer[k].Dims.ContainsAnyExcept(1))];
        for (int k = 0; k < mapped.Length; k++)
        {
            if (!varying.Contains(k)) all[mapped[k]] = PrimitiveOps.Reshape(all[mapped[k]], core[k]);
        }

        Tensors? structure = null;
        if (varying.Length == 0)
        {
            structure = Call(arguments, all, sizes);
            return structure.With([.. structure.Select(t => PrimitiveOps.Reshape(t, new Shape([.. places.Dims, .. t.Shape.Dims])))]);
        }

        int count = places.IsKnown ? places.Size : Shape.Unknown;
        Tensor[] sequences =
        [
            .. varying.Select(k => PrimitiveOps.Reshape(
                PrimitiveOps.BroadcastTo(all[mapped[k]], new Shape([.. places.Dims, .. core[k].Dims])), new Shape([count, .. core[k].Dims]))),
        ];
        Tensors stacked = Loops.Scan(
            "Vectorize",
            (_, slices) =>
            {
                Tensor[] each = [.. all];
                for (int k = 0; k < varying.Length; k++) each[mapped[varying[k]]] = slices![k];
                return ([], structure = Call(arguments, each, sizes));
            },
            [],
            Tensors.Create(sequences),
            null,
            reverse: false).Results!;
        return structure!.With([.. stacked.Select(t => PrimitiveOps.Reshape(t, new Shape([.. places.Dims, .. t.Shape.Dims[1..]])))]);
    }

    private Tensors Call(Tensors arguments, Tensor[] each, Dictionary<string, int> sizes)
    {
        Tensors results = _function(arguments.With(each));
        Tensor[] flat = InnerCalls.Flat("Vectorize", "the results of the function", results);
        string[][] names = _dimensions?.Outputs ?? [.. flat.Select(_ => Array.Empty<string>())];
        if (names.Length != flat.Length) throw new ArgumentException($"Vectorize: wrong number of output arguments: expected {names.Length}, got {flat.Length}.");
        Dictionary<string, int> all = new(sizes);
        for (int i = 0; i < flat.Length; i++)
        {
            if (flat[i].Rank != names[i].Length) throw new ArgumentException($"Vectorize: output shape {flat[i].Shape} does not match core dimensions ({string.Join(", ", names[i])}).");
            CoreDimensions.Check($"result {i}", flat[i].Shape, names[i], all);
        }

        return results;
    }
}
