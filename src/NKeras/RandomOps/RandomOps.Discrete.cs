using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class RandomOps
{
    /// <summary>Whole numbers, each exactly as likely.</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="minval">The least.</param>
    /// <param name="maxval">The end, not included.</param>
    /// <param name="dtype">A type of whole numbers; int32 if omitted.</param>
    /// <param name="seed">Where randomness comes from; the program's global sequence if omitted.</param>
    /// <exception cref="ArgumentException">No number lies between, the type is none of whole numbers, or it does not hold them.</exception>
    public static Tensor Randint(Shape shape, long minval, long maxval, DType? dtype = null, RandomSeed? seed = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        DType type = Whole(dtype);
        if (maxval <= minval) throw new ArgumentException($"Randint: there is no whole number from {minval} up to, not including, {maxval}.", nameof(maxval));
        // Keras: depends on the backend; numbers that the type does not hold wrap around or are refused.
        bool isSigned = type.Kind == DTypeKind.Signed;
        int bits = (type.Size * 8) - (isSigned ? 1 : 0);
        if ((!isSigned && minval < 0) || (bits < 63 && (maxval - 1 > (1L << bits) - 1 || minval < -(1L << bits))))
            throw new ArgumentException($"Randint: the numbers from {minval} to {maxval - 1} do not fit into {type}.", nameof(dtype));
        return Integers(shape, Tensor.From<long>([minval], []), Tensor.From<long>([maxval], []), type, seed);
    }

    /// <summary>Whole numbers from intervals that may differ from element to element; where an interval is empty in a compiled function, its lower end.</summary>
    /// <inheritdoc cref="Randint(Shape, long, long, DType?, RandomSeed?)"/>
    public static Tensor Randint(Shape shape, Tensor minval, Tensor maxval, DType? dtype = null, RandomSeed? seed = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        DType type = Whole(dtype);
        Tensor low = Parameter(nameof(Randint), nameof(minval), minval, shape, DType.Int64), high = Parameter(nameof(Randint), nameof(maxval), maxval, shape, DType.Int64);
        if (PrimitiveOps.Binary(ElementwiseFunction.LessEqual, high, low) is ConcreteTensor empty && empty.ToArray<bool>().Contains(true))
            throw new ArgumentException("Randint: there is no whole number from minval up to, not including, maxval.", nameof(maxval));
        return Integers(shape, Stretched(low, shape), Stretched(high, shape), type, seed);
    }

    /// <summary>For each row of a matrix classes drawn with replacement.</summary>
    /// <param name="logits">A row for each draw: the logarithms of the classes' probabilities up to a constant.</param>
    /// <param name="numSamples">How many classes are drawn for each row.</param>
    /// <param name="dtype">The type of the result; int32 if omitted.</param>
    /// <param name="seed">Where randomness comes from; the program's global sequence if omitted.</param>
    /// <returns>Positions of classes, of shape (rows, <paramref name="numSamples"/>).</returns>
    /// <exception cref="ArgumentException">The logits are no matrix, there are no classes, or the number of samples is negative.</exception>
    public static Tensor Categorical(Tensor logits, int numSamples, DType? dtype = null, RandomSeed? seed = null)
    {
        ArgumentNullException.ThrowIfNull(logits);
        RefuseSymbolic(nameof(Categorical), nameof(logits), logits);
        if (logits.Rank != 2 || logits.Shape.Dims[1] == 0)
            throw new ArgumentException($"Categorical takes logits of shape (rows, classes) with at least one class, not {logits.Shape}.", nameof(logits));
        ArgumentOutOfRangeException.ThrowIfNegative(numSamples);
        Tensor key = RandomSeed.Draw(seed, nameof(Categorical), logits.Shape);
        return PrimitiveOps.Convert(new RandomCategorical(numSamples).Apply(key, PrimitiveOps.Convert(logits, DType.Float64)), dtype ?? DType.Int32);
    }

    /// <summary>How many of a number of trials succeed.</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="counts">The numbers of trials, which stretch to <paramref name="shape"/>; fractions are rounded down.</param>
    /// <param name="probabilities">With what probability each trial succeeds, from 0 to 1, likewise.</param>
    /// <param name="dtype">The type; <see cref="Config.Floatx"/> if omitted.</param>
    /// <param name="seed">Where randomness comes from; the program's global sequence if omitted.</param>
    /// <exception cref="ArgumentException">A parameter is out of range, or does not stretch to the shape. Within a compiled function, the former gives NaN.</exception>
    public static Tensor Binomial(Shape shape, Tensor counts, Tensor probabilities, DType? dtype = null, RandomSeed? seed = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Tensor n = Parameter(nameof(Binomial), nameof(counts), counts, shape, DType.Float64, v => v >= 0 && double.IsFinite(v), "takes numbers that are not negative");
        Tensor p = Parameter(nameof(Binomial), nameof(probabilities), probabilities, shape, DType.Float64, v => v is >= 0 and <= 1, "takes numbers from 0 to 1");
        Tensor key = RandomSeed.Draw(seed, nameof(Binomial), shape);
        return PrimitiveOps.Convert(new RandomBinomial(new IntList(shape.Dims)).Apply(key, Stretched(n, shape), Stretched(p, shape)), dtype ?? Config.Floatx());
    }

    private static Tensor Integers(Shape shape, Tensor low, Tensor high, DType type, RandomSeed? seed)
    {
        Tensor key = RandomSeed.Draw(seed, nameof(Randint), shape);
        return PrimitiveOps.Convert(new RandomIntegers(new IntList(shape.Dims)).Apply(key, low, high), type);
    }

    private static DType Whole(DType? dtype)
    {
        DType type = dtype ?? DType.Int32;
        return type.Kind is DTypeKind.Signed or DTypeKind.Unsigned
            ? type
            : throw new ArgumentException($"Randint gives numbers of a type of whole numbers, not {type}.", nameof(dtype));
    }
}
