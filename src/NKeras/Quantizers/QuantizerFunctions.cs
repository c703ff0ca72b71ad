using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Quantizers;
using NKeras.Saving;

namespace NKeras;

/// <summary>Turning weights into whole numbers, and back (<c>keras.quantizers.abs_max_quantize</c>, …).</summary>
public static partial class QuantizerFunctions
{
    /// <summary>Scales numbers so that the greatest absolute value becomes the greatest whole number, and rounds them.</summary>
    /// <param name="inputs">The numbers.</param>
    /// <param name="axis">The axes whose elements share a scale.</param>
    /// <param name="valueRange">The least and the greatest whole number; (-127, 127) if omitted.</param>
    /// <param name="dtype">The type of the whole numbers; int8 if omitted.</param>
    /// <param name="epsilon">What is added to the greatest absolute value, so that nothing is divided by zero.</param>
    /// <param name="toNumpy">Changes nothing.</param>
    /// <returns>The whole numbers, and the scale, whose shape is that of the input with 1 at <paramref name="axis"/>.</returns>
    // Keras: toNumpy saves memory of an accelerator.
    public static (Tensor Outputs, Tensor Scale) AbsMaxQuantize(Tensor inputs, Ints axis, Ints? valueRange = null, DType? dtype = null, double epsilon = 1e-7, bool toNumpy = false)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using WideScope scope = WideScope.Of(inputs);
        (double least, double greatest) = Range(valueRange, -127, 127);
        Tensor scale = Ops.Cast(Ops.Divide(greatest, Ops.Add(Ops.Max(Ops.Abs(inputs), axis, keepdims: true), epsilon)), inputs.DType);
        return (Ops.Cast(Ops.Clip(Ops.Round(Ops.Multiply(inputs, scale)), least, greatest), dtype ?? DType.Int8), scale);
    }

    /// <summary>Rounds a matrix to whole numbers, with a scale and a zero point for each block of elements of a column.</summary>
    /// <param name="inputs">The matrix, (rows, columns).</param>
    /// <param name="blockSize">How many elements of a column make a block.</param>
    /// <param name="valueRange">The least and the greatest whole number; (-8, 7) if omitted.</param>
    /// <param name="dtype">The type of the whole numbers; int8 if omitted.</param>
    /// <param name="epsilon">What is added to each block's range, so that nothing is divided by zero.</param>
    /// <param name="toNumpy">How blocks are measured that are not full or all of one number: as layers do, by taking what is missing as zeros, if true.</param>
    /// <returns>The whole numbers, the scales, and the zero points (int8), both (blocks, columns): an element is about scale × (number − zero point).</returns>
    /// <exception cref="ArgumentException">It is no matrix of known shape, or the block size is not positive.</exception>
    public static (Tensor Outputs, Tensor Scale, Tensor ZeroPoint) AbsMaxQuantizeGroupedWithZeroPoint(
        Tensor inputs, int blockSize, Ints? valueRange = null, DType? dtype = null, double epsilon = 1e-7, bool toNumpy = false)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Rank != 2 || !inputs.Shape.IsKnown) throw new ArgumentException($"A matrix is quantized in blocks; received shape {inputs.Shape}.", nameof(inputs));
        if (blockSize <= 0) throw new ArgumentOutOfRangeException(nameof(blockSize), blockSize, $"blockSize is {blockSize}; it must be greater than 0.");
        using WideScope scope = WideScope.Of(inputs);
        (double least, double greatest) = Range(valueRange, -8, 7);
        (int rows, int columns) = (inputs.Shape.Dims[0], inputs.Shape.Dims[1]);
        int groups = ((rows - 1) / blockSize) + 1;
        Tensor blocks = Ops.Reshape(PadFront(inputs, groups * blockSize), [groups, blockSize, columns]);
        // Keras: a single block is measured as it is, unless NumPy does it.
        Tensor measured = toNumpy || groups > 1 ? blocks : Ops.ExpandDims(inputs, 0);
        Tensor min = Ops.Min(measured, 1, keepdims: true), max = Ops.Max(measured, 1, keepdims: true);
        if (!toNumpy)
        {
            Tensor flat = Ops.Equal(min, max);
            (min, max) = (Ops.Where(flat, Ops.Subtract(min, 1), min), Ops.Where(flat, Ops.Add(max, 1), max));
        }

        Tensor scale = Ops.Cast(Ops.Divide(Ops.Add(Ops.Subtract(max, min), epsilon), greatest - least), inputs.DType);
        Tensor zero = Ops.Clip(Ops.Add(Ops.Round(Ops.Divide(Ops.Negative(min), scale)), least), least, greatest);
        Tensor outputs = Ops.Clip(Ops.Add(Ops.Round(Ops.Divide(blocks, scale)), zero), least, greatest);
        Tensor whole = Ops.Cast(Ops.Reshape(outputs, [groups * blockSize, columns]), dtype ?? DType.Int8);
        return (whole[..rows], Ops.Squeeze(scale, 1), Ops.Cast(Ops.Squeeze(zero, 1), DType.Int8));
    }

    /// <summary>A quantizer or quantization configuration by the name of its class.</summary>
    /// <param name="identifier">The name: <c>"AbsMaxQuantizer"</c> or <c>"abs_max_quantizer"</c>, ….</param>
    /// <exception cref="ArgumentException">There is none of that name, or it needs settings.</exception>
    public static object Get(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        string[] names = [.. TypeTable.NamesIn("keras.quantizers")];
        string name = Array.Find(names, n => n == identifier || Naming.ToSnakeCase(n) == identifier)
            ?? throw new ArgumentException($"There is no quantizer '{identifier}'. {Suggestion.For(identifier, names)}", nameof(identifier));
        return TypeTable.Find("keras.quantizers", name)!.FromConfig([]);
    }

    /// <summary>The serialised form of a quantizer or quantization configuration.</summary>
    /// <param name="quantizer">The quantizer or configuration.</param>
    public static JsonObject Serialize(object quantizer)
    {
        ArgumentNullException.ThrowIfNull(quantizer);
        return quantizer is Quantizer or QuantizationConfig
            ? KerasSerializer.Serialize(quantizer)!.AsObject()
            : throw new ArgumentException($"A quantizer or a quantization configuration is expected, not a {quantizer.GetType().Name}.", nameof(quantizer));
    }

    /// <summary>The quantizer or quantization configuration of a serialised form.</summary>
    /// <param name="config">The form.</param>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static object Deserialize(JsonObject config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return Reading.Run(() =>
        {
            Reading.Check(config);
            return KerasSerializer.Deserialize(config) is var made and (Quantizer or QuantizationConfig)
                ? made
                : throw new ArgumentException("The configuration describes no quantizer and no quantization configuration.", nameof(config));
        });
    }

    /// <summary>The numbers that a matrix's whole numbers stand for.</summary>
    /// <param name="matrix">The whole numbers.</param>
    /// <param name="scale">Scales; those of one block are one element along an axis.</param>
    /// <param name="zero">Zero points, likewise.</param>
    /// <param name="groups">The block of each position along the axis.</param>
    /// <param name="axis">The axis.</param>
    internal static Tensor DequantizeInGroups(Tensor matrix, Tensor scale, Tensor zero, Tensor groups, int axis)
    {
        Tensor positions = Ops.Cast(groups, DType.Int32);
        Tensor scales = Ops.Take(scale, positions, axis);
        return Ops.Multiply(Ops.Subtract(matrix, Ops.Cast(Ops.Take(zero, positions, axis), scales.DType)), scales);
    }

    private static (double Least, double Greatest) Range(Ints? range, int least, int greatest) => range switch
    {
        null => (least, greatest),
        [int from, int to] when from < to => (from, to),
        _ => throw new ArgumentException($"valueRange is the least and the greatest whole number; received {range}."),
    };

    /// <summary>A tensor with zeros behind, up to a length along the first axis.</summary>
    private static Tensor PadFront(Tensor x, int length) => length == x.Shape.Dims[0]
        ? x
        : Ops.Concatenate([x, Ops.Zeros(x.Shape.With(0, length - x.Shape.Dims[0]), x.DType)]);
}
