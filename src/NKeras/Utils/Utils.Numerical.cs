using NKeras.Core;

namespace NKeras;

public static partial class Utils
{
    /// <summary>Scales vectors to length one; those of length zero stay (<c>keras.utils.normalize</c>).</summary>
    /// <param name="x">The numbers. Integers become floating point.</param>
    /// <param name="axis">The axis along which vectors lie; null takes all of the tensor as one.</param>
    /// <param name="order">How length is measured: 2 for Euclid's, 1 for the sum of absolute values, infinity for the greatest, or any other p.</param>
    public static Tensor Normalize(Tensor x, int? axis = -1, double order = 2)
    {
        ArgumentNullException.ThrowIfNull(x);
        using WideScope scope = WideScope.Of(x);
        Tensor values = Promotion.ToFloating(x), sizes = Ops.Absolute(values);
        Ints? along = axis is { } one ? [one] : null;
        if (double.IsInfinity(order)) return values / OneForZero(order > 0 ? Ops.Max(sizes, along, keepdims: true) : Ops.Min(sizes, along, keepdims: true));
        if (order == 0) return values / OneForZero(Ops.Sum(Ops.Cast(Ops.NotEqual(values, 0), values.DType), along, keepdims: true));
        // A root of zero has no gradient, and is not needed.
        Tensor sum = OneForZero(Ops.Sum(order == 2 ? Ops.Square(values) : Ops.Power(sizes, order), along, keepdims: true));
        return values / (order == 2 ? Ops.Sqrt(sum) : Ops.Power(sum, 1 / order));

        static Tensor OneForZero(Tensor length) => Ops.Where(Ops.Equal(length, 0), 1, length);
    }

    /// <summary>Class numbers as rows with a one at the class's place and zeros elsewhere, in float64 (<c>keras.utils.to_categorical</c>).</summary>
    /// <param name="x">Integers from 0; negative ones count from the last class. A last axis of one element disappears.</param>
    /// <param name="numClasses">The number of classes; one more than the greatest number if omitted.</param>
    /// <returns>The shape of <paramref name="x"/> with an axis for the classes behind it.</returns>
    /// <exception cref="ArgumentException">A number is out of range, or the number of classes is not known.</exception>
    public static Tensor ToCategorical(Tensor x, int? numClasses = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor numbers = x.Rank > 1 && x.Shape[-1] == 1 ? Ops.Squeeze(x, -1) : x;
        if (x is not Engine.ConcreteTensor)
            return Ops.OneHot(numbers, numClasses ?? throw new ArgumentException("ToCategorical: numClasses is needed where the numbers are not known yet.", nameof(numClasses)), dtype: DType.Float64);
        long[] classes = Ops.Cast(numbers, DType.Int64).ToArray<long>();
        if (numClasses is null or 0 && classes.Length == 0) throw new ArgumentException("ToCategorical: without numbers, numClasses is needed.", nameof(numClasses));
        long count = numClasses is null or 0 ? classes.Max() + 1 : numClasses.Value;
        double[] rows = new double[checked(classes.Length * (int)count)];
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i] < -count || classes[i] >= count) throw new ArgumentOutOfRangeException(nameof(x), $"ToCategorical: element {i} is {classes[i]}, which is none of {count} classes.");
            rows[(i * count) + (classes[i] < 0 ? classes[i] + count : classes[i])] = 1;
        }

        return Tensor.From<double>(rows, new Shape([.. numbers.Shape.Dims, (int)count]));
    }
}
