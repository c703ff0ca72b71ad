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

    /// <summary>Normally distributed numbers within two standard deviations of the mean.</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="stddev">The standard deviation before truncation; 0.88 of it remains.</param>
    /// <param name="dtype">A floating-point type; float32 if omitted.</param>
    /// <param name="seed">Where randomness comes from; the program's global sequence if omitted.</param>
    public static Tensor TruncatedNormal(Shape shape, double mean = 0, double stddev = 1, DType? dtype = null, SeedGenerator? seed = null)
    {
        // The inverse of the distribution function at evenly spread places: erf(x / √2) runs over ±erf(√2) for x in ±2.
        const double ErfAtBound = 0.95449973610364158;
        Tensor place = Ops.Multiply(ErfAtBound, Ops.Subtract(Ops.Multiply(2f, Unit(shape, (seed ?? new SeedGenerator()).Next())), 1f));
        Tensor normal = Ops.Clip(Ops.Multiply(Math.Sqrt(2), InverseErf(place)), -2f, 2f);
        return Ops.Cast(Ops.Add(Ops.Multiply(normal, (float)stddev), (float)mean), dtype ?? Config.Floatx());
    }

    /// <summary>Elements kept with probability 1 - rate and scaled up by 1 / (1 - rate), the others zero.</summary>
    /// <param name="inputs">The tensor.</param>
    /// <param name="rate">The share that becomes zero, from 0 to 1.</param>
    /// <param name="noiseShape">The shape of the mask, which is broadcast; null takes the input's dimension. The input's shape if omitted.</param>
    /// <param name="seed">Where randomness comes from; the program's global sequence if omitted.</param>
    /// <exception cref="ArgumentException">The rate is out of range, or the noise shape does not broadcast to the input's.</exception>
    public static Tensor Dropout(Tensor inputs, double rate, Shape? noiseShape = null, SeedGenerator? seed = null)
    {
        if (!(rate is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "The dropout rate is a number between 0 and 1.");
        // Keras: fails on symbolic tensors with an error of the backend; random functions are no steps of models there either.
        if (inputs is KerasTensor) throw new ArgumentException("RandomOps.Dropout takes data. In a model use the layer: new Dropout(rate).Apply(x).", nameof(inputs));
        Shape mask = NoiseShape(inputs.Shape, noiseShape);
        if (rate == 0) return inputs;
        if (inputs is SparseTensor sparse && noiseShape is null) return sparse.WithValues(Dropout(sparse.Values, rate, null, seed));
        if (inputs is RaggedTensor ragged && noiseShape is null) return ragged.WithValues(Dropout(ragged.Values, rate, null, seed));
        CompositeRules.Refuse("Dropout with a noise shape", [inputs]);
        if (rate == 1) return Ops.Where(PrimitiveOps.Scalar(DType.Bool, 0), inputs, 0f); // Not a product: 0 · ∞ is no zero.
        // Rounding may give exactly one here, which is kept like every number above the rate; no need to cut bits off.
        Tensor bits = new RandomBits(new IntList(mask.Dims)).Apply((seed ?? new SeedGenerator()).Next());
        Tensor keep = Ops.GreaterEqual(PrimitiveOps.Convert(bits, DType.Float32), (float)(rate * uint.MaxValue));
        return Ops.Where(keep, Ops.Multiply(inputs, 1 / (1 - rate)), 0f);
    }

    private static Shape NoiseShape(Shape input, Shape? noise)
    {
        if (noise is null) return input;
        bool fits = noise.Rank == input.Rank && Enumerable.Range(0, noise.Rank).All(i => noise[i] is null or 1 || input[i] == null || noise[i] == input[i]);
        if (!fits) throw new ArgumentException($"The dropout noise shape {noise} does not fit an input of shape {input}: it has the input's rank, and each dimension is the input's, 1, or null.", nameof(noise));
        return new Shape([.. noise.Select((d, i) => d ?? input.Dims[i])]);
    }

    /// <summary>
    /// The inverse of the error function between ±0.9966, to float32's precision (Giles, "Approximating the erfinv function",
    /// 2010, central polynomial).
    /// </summary>
    private static Tensor InverseErf(Tensor x)
    {
        ReadOnlySpan<double> coefficients =
        [
            2.81022636e-08, 3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087, -0.00125372503, -0.00417768164, 0.246640727, 1.50140941,
        ];
        Tensor w = Ops.Subtract(-2.5, Ops.Log(Ops.Subtract(1.0, Ops.Square(x))));
        Tensor p = coefficients[0];
        foreach (double coefficient in coefficients[1..]) p = Ops.Add(Ops.Multiply(p, w), coefficient);
        return Ops.Multiply(p, x);
    }

    /// <summary>Multiples of 2^-24 in [0, 1): the upper bits, as many as a float32 holds exactly.</summary>
    private static Tensor Unit(Shape shape, Tensor key)
    {
        Tensor bits = new RandomBits(new IntList(shape.Dims)).Apply(key);
        Tensor upper = PrimitiveOps.Binary(ElementwiseFunction.RightShift, bits, PrimitiveOps.ScalarLike(bits, 8));
        return PrimitiveOps.Binary(ElementwiseFunction.Multiply, PrimitiveOps.Convert(upper, DType.Float32), PrimitiveOps.Scalar(DType.Float32, 1.0 / (1 << 24)));
    }
}
