using NKeras.Core;

namespace NKeras;

public static partial class QuantizerFunctions
{
    /// <summary>The scale for the next step of training in 8-bit floating point.</summary>
    /// <param name="amax">The greatest absolute value of late.</param>
    /// <param name="scale">The scale so far, which stays where the greatest value is 0 or not finite.</param>
    /// <param name="dtypeMax">The greatest number of the 8-bit type.</param>
    /// <param name="margin">How many powers of two are left free.</param>
    public static Tensor ComputeFloat8Scale(Tensor amax, Tensor scale, Tensor dtypeMax, int margin = 0)
    {
        Tensor before = Ops.Reciprocal(scale);
        Tensor factor = Ops.Divide(Ops.Divide(dtypeMax, amax), Math.Pow(2, margin));
        return Ops.Reciprocal(Ops.Where(Ops.LogicalAnd(Ops.Greater(amax, 0), Ops.Isfinite(amax)), factor, before));
    }

    /// <summary>The history of greatest absolute values with that of a tensor in front.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="amaxHistory">The history, a vector; its oldest entry is moved to where the next one goes.</param>
    public static Tensor ComputeFloat8AmaxHistory(Tensor x, Tensor amaxHistory)
    {
        ArgumentNullException.ThrowIfNull(amaxHistory);
        Tensor newest = Ops.Reshape(Ops.Cast(Ops.Max(Ops.Abs(x)), amaxHistory.DType), [1]);
        return Ops.Concatenate([newest, Ops.Roll(amaxHistory, -1)[1..]]);
    }

    /// <summary>What is left of numbers that are divided by a scale, stored in 8-bit floating point, and multiplied again.</summary>
    /// <param name="inputs">The numbers.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="quantizedDtype"><c>"float8_e4m3fn"</c> or <c>"float8_e5m2"</c>.</param>
    /// <param name="computeDtype">The type of the result.</param>
    /// <exception cref="ArgumentException">The 8-bit type is another.</exception>
    // Keras: casts to the 8-bit type and back; no tensor has such a type here, so the numbers are rounded to what it has.
    public static Tensor QuantizeAndDequantize(Tensor inputs, Tensor scale, string quantizedDtype, DType computeDtype)
    {
        (double most, int leastExponent, int bits) = quantizedDtype switch
        {
            "float8_e4m3fn" => (Float8E4M3Max, -6, 3),
            "float8_e5m2" => (Float8E5M2Max, -14, 2),
            _ => throw new ArgumentException($"The 8-bit type is 'float8_e4m3fn' or 'float8_e5m2', not '{quantizedDtype}'.", nameof(quantizedDtype)),
        };
        Tensor factor = Ops.Cast(scale, computeDtype);
        Tensor x = Ops.Cast(Ops.Clip(Ops.Divide(inputs, factor), -most, most), DType.Float32);
        Tensor exponent = Ops.Maximum(Ops.Floor(Ops.Log2(Ops.Abs(x))), leastExponent);
        Tensor step = Ops.Exp2(Ops.Subtract(exponent, bits));
        return Ops.Multiply(Ops.Cast(Ops.Multiply(Ops.Round(Ops.Divide(x, step)), step), computeDtype), factor);
    }

    /// <summary>The greatest number with 4 bits of exponent and 3 of fraction.</summary>
    internal const double Float8E4M3Max = 448;

    /// <summary>The greatest number with 5 bits of exponent and 2 of fraction.</summary>
    internal const double Float8E5M2Max = 57344;

    /// <summary>Rounds numbers to as many values as whole numbers of some bits have, between two limits that can be trained.</summary>
    /// <param name="inputs">The numbers.</param>
    /// <param name="minVals">The lower limit: a number, or one for each position along <paramref name="axis"/>.</param>
    /// <param name="maxVals">The upper limit, likewise.</param>
    /// <param name="numBits">The bits.</param>
    /// <param name="narrowRange">Whether the least whole number is left out.</param>
    /// <param name="axis">The axis along which limits differ; one pair of limits for all if omitted.</param>
    /// <returns>The rounded numbers, in the type of the input. Gradients flow to numbers within the limits, those of others to the limits.</returns>
    public static Tensor FakeQuantWithMinMaxVars(Tensor inputs, Tensor minVals, Tensor maxVals, int numBits = 8, bool narrowRange = false, int? axis = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (numBits is < 1 or > 30) throw new ArgumentOutOfRangeException(nameof(numBits), numBits, $"numBits is {numBits}; it must be between 1 and 30.");
        if (axis is { } at) axis = inputs.Shape.Axis(at);
        return Ops.CustomGradient((Tensors t) =>
        {
            using WideScope scope = WideScope.Of(t[0]);
            (Tensor x, Tensor min, Tensor max) = (t[0], t[1], t[2]);
            (Tensor low, Tensor high, Tensor step, Tensor steps) = Nudge(min, max, numBits, narrowRange);
            Tensor zero = Ops.Floor(Ops.Add(Ops.Multiply(Ops.Negative(low), steps), 0.5));
            Tensor shifted = Ops.Subtract(Ops.Clip(Ops.Cast(x, low.DType), low, high), low);
            Tensor rounded = Ops.Multiply(Ops.Floor(Ops.Add(Ops.Subtract(Ops.Multiply(shifted, steps), zero), 0.5)), step);
            return ((Tensors)Ops.Cast(rounded, x.DType), (Func<Tensors, Tensors>)(upstream =>
            {
                Tensor within = Ops.LogicalAnd(Ops.GreaterEqual(x, low), Ops.LessEqual(x, high));
                return (Kept(within, upstream[0]), Total(Ops.LessEqual(x, low), upstream[0], min), Total(Ops.GreaterEqual(x, high), upstream[0], max));
            }));
        })((inputs, minVals, maxVals))[0];

        static Tensor Kept(Tensor mask, Tensor upstream) => Ops.Where(mask, upstream, 0.0);

        Tensor Total(Tensor mask, Tensor upstream, Tensor limit)
        {
            int[] others = [.. Enumerable.Range(0, upstream.Rank).Where(i => i != axis)];
            return Ops.Reshape(Ops.Sum(Kept(mask, upstream), axis == null ? null : Ints.Create(others)), limit.Shape);
        }
    }

    /// <summary>Limits moved so that zero is one of the values between them, the distance between values, and its reciprocal.</summary>
    private static (Tensor Low, Tensor High, Tensor Step, Tensor Steps) Nudge(Tensor min, Tensor max, int bits, bool narrowRange)
    {
        DType type = min.DType == DType.Float64 ? DType.Float64 : DType.Float32;
        (min, max) = (Ops.Cast(min, type), Ops.Cast(max, type));
        double most = (1 << bits) - 1, least = narrowRange ? 1 : 0;
        Tensor range = Ops.Subtract(max, min);
        Tensor step = Ops.Divide(range, most - least), steps = Ops.Divide(most - least, range);
        Tensor zero = Ops.Round(Ops.Clip(Ops.Subtract(least, Ops.Divide(min, step)), least, most));
        return (Ops.Multiply(Ops.Subtract(least, zero), step), Ops.Multiply(Ops.Subtract(most, zero), step), step, steps);
    }
}
