using System.Numerics;
using System.Runtime.InteropServices;
using NKeras.Engine;
using NKeras.Losses;

namespace NKeras.Training;

/// <summary>Refuses data that would spoil a model, before anything is changed.</summary>
internal static class DataChecks
{
    /// <summary>Checks that the inputs fit the model.</summary>
    /// <exception cref="ArgumentException">A shape differs; the message names the input.</exception>
    public static void Inputs(Model model, ModelPorts ports, TrainingData data)
    {
        for (int i = 0; i < data.X.Length; i++)
        {
            InputPort expected = ports.Inputs[i];
            if (expected.DType != null && (expected.DType == DType.String) != (data.X[i].DType == DType.String))
                throw new ArgumentException($"Input '{expected.Name}' of model '{model.Name}' takes {(expected.DType == DType.String ? "strings" : "numbers")}, but x is {data.X[i].DType} of shape {data.X[i].Shape}.", "x");
            if (expected.Shape is null) continue;
            Shape given = Model.AdjustRank(data.X[i].Shape, expected.Shape);
            if (data.X[i] is RaggedTensor rows && expected.Shape.Rank > 1 && expected.Shape[1] is { } steps && rows.MaxLength > steps)
                throw new ArgumentException($"Input '{expected.Name}' of model '{model.Name}' expects shape {expected.Shape}, but x has a row of {rows.MaxLength} steps, and rows are filled up, not cut off.", "x");
            if (given.Rank != expected.Shape.Rank || !expected.Shape.With(0, Shape.Unknown).IsCompatibleWith(given))
                throw new ArgumentException($"Input '{expected.Name}' of model '{model.Name}' expects shape {expected.Shape}, but x has shape {data.X[i].Shape}.", "x");
        }
    }

    /// <summary>Checks targets and weights against outputs and losses.</summary>
    /// <exception cref="ArgumentException">A shape does not fit, or a class number is out of range.</exception>
    public static void Targets(Model model, ModelPorts ports, CompiledLosses losses, TrainingData data)
    {
        for (int i = 0; i < data.Y.Length; i++)
        {
            if (losses[i] is not { } loss) continue;
            Shape output = ports.OutputShapes[i], target = data.Y[i].Shape.With(0, Shape.Unknown);
            string name = ports.OutputNames[i];
            if (!loss.Accepts(target, output))
            {
                throw new ArgumentException(
                    $"Output '{name}' of model '{model.Name}' has shape {output}, which loss '{loss.Name}' cannot compare with targets y of shape {data.Y[i].Shape}.{Hint(loss, target, output)}", "y");
            }

            if (data.Weights.Length > 0) Weights(data.Weights[Math.Min(i, data.Weights.Length - 1)].Shape, loss, output, name);
            if (loss.TakesClassNumbers(target, output) && output[loss.ClassAxis] is { } classes) Classes(data.Y[i], classes, loss, name, data.Start, data.Count);
            if (loss.TakesProbabilities) Probabilities(data.Y[i], loss, name, data.Start, data.Count);
        }
    }

    /// <summary>Checks that no element is NaN or infinite.</summary>
    /// <exception cref="ArgumentException">One is; the message says where.</exception>
    public static void Finite(ModelPorts ports, TrainingData data)
    {
        for (int i = 0; i < data.X.Length; i++) InRange(i, data.X, ports.Inputs[i]);
        Finite("x", data.X, data.Start, data.Count);
        Finite("y", data.Y, data.Start, data.Count);
        Finite("sampleWeight", data.Weights, data.Start, data.Count);
    }

    private static void Finite(string what, Tensor[] tensors, int start, int count)
    {
        for (int i = 0; i < tensors.Length; i++)
        {
            string name = tensors.Length == 1 ? what : $"{what}[{i}]";
            if (tensors[i] is CompositeTensor composite)
            {
                foreach (Tensor part in composite.Parts.Where(p => p.DType.IsFloating && p.Shape.Dims[0] > 0))
                    Finite($"{name}.{(composite is not ComplexTensor z ? "Values" : part == z.Real ? "Real" : "Imag")}", [part], 0, part.Shape.Dims[0]);
                continue;
            }

            int at = FirstNotFinite(tensors[i], start, count);
            if (at < 0) continue;
            double value = ElementView.Of(tensors[i]).Number(at);
            throw new ArgumentException($"{name} is {value} at index {ClassNumbers.Index(tensors[i].Shape, at)}: data with targets must be finite numbers.", what);
        }
    }

    /// <summary>Checks that no finite number of type float64 becomes infinite in the input's type.</summary>
    private static void InRange(int i, Tensor[] x, InputPort input)
    {
        if (x[i].DType != DType.Float64 || input.DType != DType.Float32) return;
        Tensor numbers = x[i] is CompositeTensor composite ? composite.Parts.First(p => p.DType.IsFloating) : x[i];
        ElementView view = ElementView.Of(numbers);
        for (int at = 0; at < view.Size; at++)
        {
            double value = view.Double(at);
            if (double.IsFinite(value) && !float.IsFinite((float)value))
                throw new ArgumentException($"x is {value} at index {ClassNumbers.Index(numbers.Shape, at)}, too large for the type of input '{input.Name}', {input.DType}.", nameof(x));
        }
    }

    private static int FirstNotFinite(Tensor tensor, int start, int count)
    {
        if (!tensor.DType.IsFloating) return -1;
        int row = tensor.Shape.Size / tensor.Shape.Dims[0];
        (int from, int to) = (start * row, (start + count) * row);
        ElementView view = ElementView.Of(tensor);
        if (tensor.DType == DType.Float32)
        {
            ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(((HostStorage)tensor.Data).Bytes)[from..to];
            // v - v is zero exactly for finite numbers.
            int i = 0;
            for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector<float> v = new(values[i..]);
                if (!Vector.EqualsAll(v - v, Vector<float>.Zero)) break;
            }

            from += i;
        }

        for (int i = from; i < to; i++)
        {
            if (!double.IsFinite(view.Double(i))) return i;
        }

        return -1;
    }

    /// <summary>What the user may have meant, where class numbers and one-hot rows were mixed up.</summary>
    private static string Hint(Loss loss, Shape target, Shape output) => loss switch
    {
        CategoricalCrossentropy when TargetKind.IsSparse(target, output) => " Class numbers go with sparse_categorical_crossentropy.",
        SparseCategoricalCrossentropy when target.IsCompatibleWith(output) => " One-hot targets go with categorical_crossentropy.",
        _ => "",
    };

    /// <summary>A weight per value of the loss, or per sample where a sample has one value; broadcasting would hide mistakes.</summary>
    private static void Weights(Shape weights, Loss loss, Shape output, string name)
    {
        if (loss.ValuesShape(output) is not { Rank: > 0 } values) return;
        Shape perValue = values.With(0, weights.Dims[0]);
        if (perValue.IsCompatibleWith(weights) || new Shape([.. perValue.Dims, 1]).IsCompatibleWith(weights)) return;
        throw new ArgumentException($"sampleWeight has shape {weights}, but loss '{loss.Name}' of output '{name}' takes one weight for each of its values, shape {values}.", "sampleWeight");
    }

    private static void Classes(Tensor y, int classes, Loss loss, string output, int start, int count)
    {
        int row = y.Shape.Size / y.Shape.Dims[0];
        int at = ClassNumbers.FirstBad(y, start * row, (start + count) * row, classes, loss.IgnoredClass);
        if (at < 0) return;
        throw new ArgumentException(
            $"y is {ElementView.Of(y).Number(at)} at index {ClassNumbers.Index(y.Shape, at)}, which is not a class number: output '{output}' has {classes} classes, so loss '{loss.Name}' takes whole numbers from 0 to {classes - 1}.", nameof(y));
    }

    private static void Probabilities(Tensor y, Loss loss, string output, int start, int count)
    {
        // Room for rounding: targets may have been computed.
        const double Slack = 1e-5;
        ElementView view = ElementView.Of(y);
        int row = y.Shape.Size / y.Shape.Dims[0];
        for (int i = start * row; i < (start + count) * row; i++)
        {
            if (view.Number(i) is < -Slack or > 1 + Slack)
                throw new ArgumentException($"y is {view.Number(i)} at index {ClassNumbers.Index(y.Shape, i)}: loss '{loss.Name}' of output '{output}' takes targets from 0 (no) to 1 (yes).", nameof(y));
        }
    }
}
