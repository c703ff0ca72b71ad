using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Quantizers;

/// <summary>Scales numbers so that the greatest absolute value becomes the greatest whole number (<c>keras.quantizers.AbsMaxQuantizer</c>).</summary>
/// <example><code>
/// var (values, scale) = new AbsMaxQuantizer(axis: -1).Apply(x);   // x is about values / scale
/// </code></example>
public sealed class AbsMaxQuantizer : Quantizer
{
    /// <summary>Creates a quantizer.</summary>
    /// <param name="axis">The axes whose elements share a scale; the last one if omitted.</param>
    /// <param name="valueRange">The least and the greatest whole number; (-127, 127) if omitted.</param>
    /// <param name="epsilon">What is added to the greatest absolute value, so that nothing is divided by zero.</param>
    /// <param name="outputDtype">The type of the whole numbers; int8 if omitted.</param>
    /// <exception cref="ArgumentException">The range is no pair, or does not fit int8.</exception>
    public AbsMaxQuantizer(Ints? axis = null, Ints? valueRange = null, double epsilon = 1e-7, DType? outputDtype = null)
        : base(outputDtype)
    {
        Axis = axis == null ? null : Ints.Create([.. axis]);
        ValueRange = valueRange ?? (-127, 127);
        Epsilon = epsilon;
        if (ValueRange.Count != 2 || ValueRange[0] >= ValueRange[1]) throw new ArgumentException($"valueRange is the least and the greatest whole number; received {ValueRange}.", nameof(valueRange));
        if (OutputDtype == DType.Int8 && (ValueRange[0] < sbyte.MinValue || ValueRange[1] > sbyte.MaxValue))
            throw new ArgumentException($"A quantizer to int8 has a valueRange between -128 and 127; received {ValueRange}.", nameof(valueRange));
    }

    /// <summary>The axes whose elements share a scale; null for the last one.</summary>
    public Ints? Axis { get; }

    /// <summary>The least and the greatest whole number.</summary>
    public Ints ValueRange { get; }

    /// <summary>What is added to the greatest absolute value.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override (Tensor Outputs, Tensor Scale) Apply(Tensor x, Ints? axis = null) =>
        QuantizerFunctions.AbsMaxQuantize(x, axis ?? Axis ?? -1, ValueRange, OutputDtype, Epsilon);

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = new()
        {
            ["value_range"] = ConfigValue.Of(ValueRange),
            ["epsilon"] = Epsilon,
            ["output_dtype"] = OutputDtype.Name,
        };
        if (Axis != null) config["axis"] = ConfigValue.Of(Axis);
        return config;
    }
}
