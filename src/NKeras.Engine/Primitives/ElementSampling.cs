using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>Looks elements of arrays up at places between them.</summary>
/// <param name="Order">0 for the nearest element, 1 for linear interpolation.</param>
/// <param name="Border">What is beyond the border.</param>
/// <param name="Fill">The number there, where it is constant.</param>
internal readonly record struct ElementSampling(int Order, BorderMode Border, double Fill)
{
    /// <summary>Looks up elements of an array, with other primitives.</summary>
    /// <param name="values">The array, flat; or with one more axis, of what is looked up together.</param>
    /// <param name="places">For each axis of the array where to look, in the type of the values if there is interpolation.</param>
    /// <param name="sizes">The lengths of the axes.</param>
    /// <param name="array">Which of several arrays, one behind the other; the only one if omitted.</param>
    public Tensor Compose(Tensor values, IReadOnlyList<Tensor> places, int[] sizes, Tensor? array = null)
    {
        ElementSampling sampling = this;
        Tap[][] taps = [.. places.Select((p, i) => sampling.Taps(p, sizes[i]))];
        Tensor fill = ScalarLike(values, Fill);
        return Sum(0, new Tap(array, null, null));

        // The sum over all combinations of neighbours along the axes.
        Tensor Sum(int axis, Tap at)
        {
            if (axis < taps.Length) return taps[axis].Select(next => Sum(axis + 1, at.Along(next, sizes[axis]))).Aggregate((a, b) => a + b);
            Tensor taken = new Gather(0).Apply(values, at.Index!);
            if (at.Inside is { } inside) taken = Where(Spread(inside), taken, fill);
            return at.Weight is { } weight ? taken * Spread(weight) : taken;
        }

        Tensor Spread(Tensor x) => values.Rank == 1 ? x : Reshape(x, new Shape([.. x.Shape.Dims, 1]));
    }

    /// <summary>The position within an axis that a whole number stands for; below zero for none.</summary>
    public int Position(double place, int size)
    {
        if (Border == BorderMode.Constant) return place >= 0 && place < size ? (int)place : -1;
        double inside = Border switch
        {
            BorderMode.Wrap => ScalarMath.FloorRemainder(place, size),
            BorderMode.Mirror when size > 1 => Folded(ScalarMath.FloorRemainder(place, (2.0 * size) - 2), (2.0 * size) - 2),
            BorderMode.Reflect => Folded(ScalarMath.FloorRemainder(place, 2.0 * size), (2.0 * size) - 1),
            _ => Math.Clamp(place, 0, size - 1.0),
        };
        return inside >= 0 && inside < size ? (int)inside : -1; // Not a number is nowhere.

        static double Folded(double place, double sum) => Math.Min(place, sum - place);
    }

    private Tap[] Taps(Tensor places, int size)
    {
        if (Order == 0) return [TapAt(this, Unary(ElementwiseFunction.Round, places), null)];
        Tensor lower = Unary(ElementwiseFunction.Floor, places), share = places - lower;
        return [TapAt(this, lower, 1.0 - share), TapAt(this, lower + 1.0, share)];

        Tap TapAt(ElementSampling sampling, Tensor place, Tensor? weight) => new(
            Convert(sampling.Inside(place, size), DType.Int32),
            sampling.Border == BorderMode.Constant
                ? Binary(ElementwiseFunction.LogicalAnd, Binary(ElementwiseFunction.GreaterEqual, place, ScalarLike(place, 0)), Binary(ElementwiseFunction.LessEqual, place, ScalarLike(place, size - 1.0)))
                : null,
            weight);
    }

    /// <summary>The place within an axis that one beyond it stands for. All in floating point: integers could overflow.</summary>
    private Tensor Inside(Tensor place, int size)
    {
        return Border switch
        {
            BorderMode.Wrap => Remainder(size),
            BorderMode.Mirror when size > 1 => Folded(Remainder((2.0 * size) - 2), (2.0 * size) - 2),
            BorderMode.Reflect => Folded(Remainder(2.0 * size), (2.0 * size) - 1),
            _ => new Elementwise(ElementwiseFunction.Clip).Apply(place, ScalarLike(place, 0), ScalarLike(place, size - 1.0)),
        };

        Tensor Remainder(double period) => Binary(ElementwiseFunction.Remainder, place, ScalarLike(place, period));

        static Tensor Folded(Tensor place, double sum) => Binary(ElementwiseFunction.Minimum, place, sum - place);
    }

    /// <summary>An element that is looked up: its position among all, whether it is in the array, and how much it counts (wholly if null).</summary>
    private readonly record struct Tap(Tensor? Index, Tensor? Inside, Tensor? Weight)
    {
        public Tap Along(Tap next, int size) => new(
            Index is null ? next.Index : (Index * ScalarLike(Index, size)) + next.Index!,
            Inside is null ? next.Inside : next.Inside is null ? Inside : Binary(ElementwiseFunction.LogicalAnd, Inside, next.Inside),
            Weight is null ? next.Weight : next.Weight is null ? Weight : Weight * next.Weight);
    }
}
