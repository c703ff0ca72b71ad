using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

/// <summary>Random tensors (<c>keras.random</c>). Each function's result depends only on the seed and the shape.</summary>
public static class RandomOps
{
    /// <summary>Numbers spread evenly over an interval.</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="minval">The lower end, included.</param>
    /// <param name="maxval">The upper end, not included.</param>
    /// <param name="dtype">A floating-point type; float32 if omitted.</param>
    /// <param name="seed">Where randomness comes from; the program's global sequence if omitted.</param>
    public static Tensor Uniform(Shape shape, double minval = 0, double maxval = 1, DType? dtype = null, SeedGenerator? seed = null)
    {
        Tensor unit = Unit(shape, (seed ?? new SeedGenerator()).Next());
        return Ops.Cast(Ops.Add(Ops.Multiply(unit, (float)(maxval - minval)), (float)minval), dtype ?? Config.Floatx());
    }

    /// <summary>Normally distributed numbers (Box and Muller, 1958).</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="stddev">The standard deviation.</param>
    /// <param name="dtype">A floating-point type; float32 if omitted.</param>
    /// <param name="seed">Where randomness comes from; the program's global sequence if omitted.</param>
    public static Tensor Normal(Shape shape, double mean = 0, double stddev = 1, DType? dtype = null, SeedGenerator? seed = null)
    {
        seed ??= new SeedGenerator();
        // 1 - u is in (0, 1], where the logarithm is finite.
        Tensor radius = Ops.Sqrt(Ops.Multiply(-2f, Ops.Log(Ops.Subtract(1f, Unit(shape, seed.Next())))));
        Tensor angle = Ops.Multiply(Unit(shape, seed.Next()), (float)(2 * Math.PI));
        Tensor normal = Ops.Multiply(radius, PrimitiveOps.Unary(ElementwiseFunction.Cos, angle));
        return Ops.Cast(Ops.Add(Ops.Multiply(normal, (float)stddev), (float)mean), dtype ?? Config.Floatx());
    }

    /// <summary>Elements kept with probability 1 - rate and scaled up by 1 / (1 - rate), the others zero.</summary>
    /// <param name="inputs">The tensor.</param>
    /// <param name="rate">The share that becomes zero, in [0, 1).</param>
    /// <param name="noiseShape">The shape of the mask, which is broadcast; the input's if omitted.</param>
    /// <param name="seed">Where randomness comes from.</param>
    public static Tensor Dropout(Tensor inputs, double rate, Shape? noiseShape = null, SeedGenerator? seed = null) =>
        OpDispatch.Call("Dropout", [inputs], t =>
        {
            if (rate is < 0 or >= 1) throw new ArgumentOutOfRangeException(nameof(rate), rate, "The dropout rate is in [0, 1).");
            if (rate == 0) return t[0];
            Tensor keep = Ops.GreaterEqual(Unit(noiseShape ?? t[0].Shape, (seed ?? new SeedGenerator()).Next()), (float)rate);
            return Ops.Where(keep, Ops.Multiply(t[0], 1 / (1 - rate)), 0f);
        });

    /// <summary>Multiples of 2^-24 in [0, 1): the upper bits, as many as a float32 holds exactly.</summary>
    private static Tensor Unit(Shape shape, Tensor key)
    {
        Tensor bits = new RandomBits(new IntList(shape.Dims)).Apply(key);
        Tensor upper = PrimitiveOps.Binary(ElementwiseFunction.RightShift, bits, PrimitiveOps.ScalarLike(bits, 8));
        return PrimitiveOps.Binary(ElementwiseFunction.Multiply, PrimitiveOps.Convert(upper, DType.Float32), PrimitiveOps.Scalar(DType.Float32, 1.0 / (1 << 24)));
    }
}
