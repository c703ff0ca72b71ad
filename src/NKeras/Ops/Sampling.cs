using NKeras.Engine.Primitives;

namespace NKeras;

/// <summary>Looks elements up at places between them.</summary>
/// <param name="Order">0 for the nearest element, 1 for linear interpolation.</param>
/// <param name="FillMode">What is beyond the border: one of <see cref="FillModes"/>.</param>
/// <param name="FillValue">The number there, where it is constant.</param>
internal sealed record Sampling(int Order, string FillMode, double FillValue)
{
    /// <summary>What can be beyond the border.</summary>
    public static readonly IReadOnlyList<string> FillModes = ["constant", "nearest", "wrap", "mirror", "reflect"];

    /// <summary>The sampling with an interpolation that goes by a name.</summary>
    /// <exception cref="ArgumentException">The interpolation or the mode is unknown.</exception>
    public static Sampling Of(string function, string interpolation, string fillMode, double fillValue)
    {
        if (interpolation is not ("nearest" or "bilinear")) throw new ArgumentException($"{function}: unknown interpolation '{interpolation}'. {Suggestion.For(interpolation, ["nearest", "bilinear"])}", nameof(interpolation));
        CheckFillMode(function, fillMode);
        return new(interpolation == "nearest" ? 0 : 1, fillMode, fillValue);
    }

    /// <summary>Refuses unknown fill modes.</summary>
    /// <exception cref="ArgumentException">The mode is unknown.</exception>
    public static void CheckFillMode(string function, string fillMode)
    {
        if (!FillModes.Contains(fillMode)) throw new ArgumentException($"{function}: unknown fillMode '{fillMode}'. {Suggestion.For(fillMode, FillModes)}", nameof(fillMode));
    }

    /// <summary>The same for elements of a type: beyond integers lies an integer.</summary>
    public Sampling For(DType type) => type.IsInteger ? this with { FillValue = Math.Truncate(FillValue) } : this;

    /// <summary>Images [batch, height, width, channels] looked up at places, in their type.</summary>
    /// <param name="images">The images.</param>
    /// <param name="y">Rows, [batch or 1, height, width].</param>
    /// <param name="x">Columns, in the same shape.</param>
    public Tensor Apply(Tensor images, Tensor y, Tensor x)
    {
        ReadOnlySpan<int> dims = images.Shape.Dims;
        Tensor pixels = PrimitiveOps.Reshape(Order == 0 ? images : PrimitiveOps.Convert(images, y.DType), new Shape([dims[0] * dims[1] * dims[2], dims[3]]));
        return Rounded(For(images.DType).Apply(pixels, [y, x], [dims[1], dims[2]], Images.Count(DType.Int32, 3, 0, dims[0])), images.DType);
    }

    /// <summary>Looks up elements of an array.</summary>
    /// <param name="values">The array, flat; or with one more axis, of what is looked up together.</param>
    /// <param name="places">For each axis of the array where to look, in floating point.</param>
    /// <param name="sizes">The lengths of the axes.</param>
    /// <param name="array">Which of several arrays, one behind the other; the only one if omitted.</param>
    public Tensor Apply(Tensor values, IReadOnlyList<Tensor> places, int[] sizes, Tensor? array = null)
    {
        Tap[][] taps = [.. places.Select((p, i) => Taps(p, sizes[i]))];
        Tensor fill = PrimitiveOps.ScalarLike(values, FillValue);
        return Sum(0, new Tap(array, null, null));

        // The sum over all combinations of neighbours along the axes.
        Tensor Sum(int axis, Tap at)
        {
            if (axis < taps.Length) return taps[axis].Select(next => Sum(axis + 1, at.Along(next, sizes[axis]))).Aggregate((a, b) => a + b);
            Tensor taken = new Gather(0).Apply(values, at.Index!);
            if (at.Inside is { } inside) taken = Ops.Where(Spread(inside), taken, fill);
            return at.Weight is { } weight ? taken * Spread(weight) : taken;
        }

        Tensor Spread(Tensor x) => values.Rank == 1 ? x : PrimitiveOps.Reshape(x, new Shape([.. x.Shape.Dims, 1]));
    }

    /// <summary>Interpolated numbers in a type: to integers rounded, halves away from zero.</summary>
    public static Tensor Rounded(Tensor values, DType type)
    {
        if (type.IsInteger && values.DType.IsFloating)
            values = PrimitiveOps.Unary(ElementwiseFunction.Sign, values) * PrimitiveOps.Unary(ElementwiseFunction.Floor, Ops.Absolute(values) + 0.5);
        return Images.Back(values, type);
    }

    private Tap[] Taps(Tensor places, int size)
    {
        if (Order == 0) return [TapAt(PrimitiveOps.Unary(ElementwiseFunction.Round, places), null)];
        Tensor lower = PrimitiveOps.Unary(ElementwiseFunction.Floor, places);
        Tensor share = places - lower;
        return [TapAt(lower, 1.0 - share), TapAt(lower + 1.0, share)];

        Tap TapAt(Tensor place, Tensor? weight) => new(
            PrimitiveOps.Convert(Inside(place, size), DType.Int32),
            FillMode == "constant" ? (place >= 0.0) & (place <= size - 1.0) : null,
            weight);
    }

    /// <summary>The place within an axis that one beyond it stands for. All in floating point: integers could overflow.</summary>
    private Tensor Inside(Tensor place, int size) => FillMode switch
    {
        "wrap" => place % (double)size,
        "mirror" when size > 1 => Folded(place % ((2.0 * size) - 2), (2.0 * size) - 2),
        "reflect" => Folded(place % (2.0 * size), (2.0 * size) - 1),
        _ => Ops.Clip(place, 0.0, size - 1.0),
    };

    private static Tensor Folded(Tensor place, double sum) => Ops.Minimum(place, sum - place);

    /// <summary>An element that is looked up: its position among all, whether it is in the array, and how much it counts (wholly if null).</summary>
    private readonly record struct Tap(Tensor? Index, Tensor? Inside, Tensor? Weight)
    {
        public Tap Along(Tap next, int size) => new(
            Index is null ? next.Index : (Index * size) + next.Index!,
            Inside is null ? next.Inside : next.Inside is null ? Inside : Inside & next.Inside,
            Weight is null ? next.Weight : next.Weight is null ? Weight : Weight * next.Weight);
    }
}
