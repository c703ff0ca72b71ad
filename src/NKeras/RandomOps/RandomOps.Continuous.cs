using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class RandomOps
{
    /// <summary>Numbers spread evenly over an interval.</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="minval">The lower end, included.</param>
    /// <param name="maxval">The upper end, not included.</param>
    /// <param name="dtype">A floating-point type; <see cref="Config.Floatx"/> if omitted.</param>
    /// <param name="seed">Where randomness comes from; the program's global sequence if omitted.</param>
    /// <exception cref="ArgumentException">The type is no floating-point type.</exception>
    public static Tensor Uniform(Shape shape, double minval = 0.0, double maxval = 1.0, DType? dtype = null, RandomSeed? seed = null) =>
        Uniform(shape, (Tensor)minval, (Tensor)maxval, dtype, seed);

    /// <summary>Numbers spread evenly over intervals, one for each element. Gradients flow to the ends.</summary>
    /// <inheritdoc cref="Uniform(Shape, double, double, DType?, RandomSeed?)"/>
    public static Tensor Uniform(Shape shape, Tensor minval, Tensor maxval, DType? dtype = null, RandomSeed? seed = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        DType type = Floating(nameof(Uniform), dtype), computing = Computing(type);
        Tensor low = Parameter(nameof(Uniform), nameof(minval), minval, shape, computing), high = Parameter(nameof(Uniform), nameof(maxval), maxval, shape, computing);
        Tensor unit = Unit(shape, RandomSeed.Draw(seed, nameof(Uniform), shape), type);
        Tensor width = PrimitiveOps.Binary(ElementwiseFunction.Subtract, high, low);
        Tensor result = PrimitiveOps.Convert(Plus(low, Times(unit, width)), type);
        // Rounding may reach the upper end.
        Tensor isEnd = PrimitiveOps.Binary(ElementwiseFunction.Equal, result, PrimitiveOps.Convert(high, type));
        return PrimitiveOps.Where(isEnd, PrimitiveOps.Convert(low, type), result);
    }

    /// <summary>Normally distributed numbers.</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="stddev">The standard deviation.</param>
    /// <param name="dtype">A floating-point type; <see cref="Config.Floatx"/> if omitted.</param>
    /// <param name="seed">Where randomness comes from; the program's global sequence if omitted.</param>
    /// <exception cref="ArgumentException">The type is no floating-point type.</exception>
    public static Tensor Normal(Shape shape, double mean = 0.0, double stddev = 1.0, DType? dtype = null, RandomSeed? seed = null) =>
        Normal(shape, (Tensor)mean, (Tensor)stddev, dtype, seed);

    /// <summary>Normally distributed numbers with a mean and a standard deviation for each element, to which gradients flow.</summary>
    /// <inheritdoc cref="Normal(Shape, double, double, DType?, RandomSeed?)"/>
    public static Tensor Normal(Shape shape, Tensor mean, Tensor stddev, DType? dtype = null, RandomSeed? seed = null) =>
        Scaled(nameof(Normal), shape, mean, stddev, dtype, seed, (key, type) =>
        {
            // Box and Muller, 1958. 1 - u is in (0, 1], where the logarithm is finite.
            Tensor[] keys = Split(key, 2);
            Tensor place = Unit(shape, keys[0], type), rest = PrimitiveOps.Binary(ElementwiseFunction.Subtract, PrimitiveOps.ScalarLike(place, 1), place);
            Tensor radius = PrimitiveOps.Unary(ElementwiseFunction.Sqrt, Times(PrimitiveOps.Unary(ElementwiseFunction.Log, rest), -2));
            return Times(radius, PrimitiveOps.Unary(ElementwiseFunction.Cos, Times(Unit(shape, keys[1], type), 2 * Math.PI)));
        });

    /// <summary>Normally distributed numbers within two standard deviations of the mean.</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="stddev">The standard deviation before truncation; 0.88 of it remains.</param>
    /// <param name="dtype">A floating-point type; <see cref="Config.Floatx"/> if omitted.</param>
    /// <param name="seed">Where randomness comes from; the program's global sequence if omitted.</param>
    /// <exception cref="ArgumentException">The type is no floating-point type.</exception>
    public static Tensor TruncatedNormal(Shape shape, double mean = 0.0, double stddev = 1.0, DType? dtype = null, RandomSeed? seed = null) =>
        TruncatedNormal(shape, (Tensor)mean, (Tensor)stddev, dtype, seed);

    /// <summary>Truncated normal numbers with a mean and a standard deviation for each element, to which gradients flow.</summary>
    /// <inheritdoc cref="TruncatedNormal(Shape, double, double, DType?, RandomSeed?)"/>
    public static Tensor TruncatedNormal(Shape shape, Tensor mean, Tensor stddev, DType? dtype = null, RandomSeed? seed = null) =>
        Scaled(nameof(TruncatedNormal), shape, mean, stddev, dtype, seed, (key, type) =>
        {
            // The inverse of the distribution function at evenly spread places: erf(x / √2) runs over ±erf(√2) for x in ±2.
            const double ErfAtBound = 0.95449973610364158;
            Tensor unit = Unit(shape, key, type), place = Plus(Times(unit, 2 * ErfAtBound), PrimitiveOps.ScalarLike(unit, -ErfAtBound));
            Tensor normal = Times(PrimitiveOps.Unary(ElementwiseFunction.Erfinv, place), Math.Sqrt(2));
            return new Elementwise(ElementwiseFunction.Clip).Apply(normal, PrimitiveOps.ScalarLike(normal, -2), PrimitiveOps.ScalarLike(normal, 2));
        });

    /// <summary>Numbers of the gamma distribution with scale 1. Gradients flow to <paramref name="alpha"/>.</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="alpha">The distribution's shape: positive numbers, which stretch to <paramref name="shape"/>; 0 gives 0.</param>
    /// <param name="dtype">The type; <see cref="Config.Floatx"/> if omitted.</param>
    /// <param name="seed">Where randomness comes from; the program's global sequence if omitted.</param>
    /// <exception cref="ArgumentException"><paramref name="alpha"/> is negative, or does not stretch to the shape. Within a compiled function, negative ones give NaN.</exception>
    public static Tensor Gamma(Shape shape, Tensor alpha, DType? dtype = null, RandomSeed? seed = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Tensor a = Parameter(nameof(Gamma), nameof(alpha), alpha, shape, DType.Float64, v => v >= 0, "takes positive numbers");
        Tensor key = RandomSeed.Draw(seed, nameof(Gamma), shape);
        return PrimitiveOps.Convert(new RandomGamma(new IntList(shape.Dims), Logarithm: false).Apply(key, Stretched(a, shape)), dtype ?? Config.Floatx());
    }

    /// <summary>Numbers of the beta distribution, from 0 to 1. Gradients flow to the parameters.</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="alpha">The first parameter: positive numbers, which stretch to <paramref name="shape"/>.</param>
    /// <param name="beta">The second parameter, likewise.</param>
    /// <param name="dtype">The type; <see cref="Config.Floatx"/> if omitted.</param>
    /// <param name="seed">Where randomness comes from; the program's global sequence if omitted.</param>
    /// <exception cref="ArgumentException">A parameter is not positive, or does not stretch to the shape. Within a compiled function, the former gives NaN.</exception>
    public static Tensor Beta(Shape shape, Tensor alpha, Tensor beta, DType? dtype = null, RandomSeed? seed = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Tensor a = Parameter(nameof(Beta), nameof(alpha), alpha, shape, DType.Float64, v => v > 0, "takes positive numbers");
        Tensor b = Parameter(nameof(Beta), nameof(beta), beta, shape, DType.Float64, v => v > 0, "takes positive numbers");
        Tensor[] keys = Split(RandomSeed.Draw(seed, nameof(Beta), shape), 2);
        // G(a) / (G(a) + G(b)), by logarithms: with small parameters both would become zero.
        RandomGamma gamma = new(new IntList(shape.Dims), Logarithm: true);
        Tensor odds = PrimitiveOps.Binary(ElementwiseFunction.Subtract, gamma.Apply(keys[0], Stretched(a, shape)), gamma.Apply(keys[1], Stretched(b, shape)));
        return PrimitiveOps.Convert(PrimitiveOps.Unary(ElementwiseFunction.Sigmoid, odds), dtype ?? Config.Floatx());
    }

    /// <summary>Numbers of a standard distribution, moved and scaled.</summary>
    private static Tensor Scaled(string function, Shape shape, Tensor mean, Tensor stddev, DType? dtype, RandomSeed? seed, Func<Tensor, DType, Tensor> standard)
    {
        ArgumentNullException.ThrowIfNull(shape);
        DType type = Floating(function, dtype), computing = Computing(type);
        Tensor center = Parameter(function, nameof(mean), mean, shape, computing), scale = Parameter(function, nameof(stddev), stddev, shape, computing);
        Tensor drawn = standard(RandomSeed.Draw(seed, function, shape), computing);
        return PrimitiveOps.Convert(Plus(center, Times(drawn, scale)), type);
    }
}
