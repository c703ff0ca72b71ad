using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    private static readonly string[] s_padModes =
        ["constant", "edge", "reflect", "symmetric", "wrap", "circular", "linear_ramp", "maximum", "minimum", "mean", "median", "empty"];

    /// <summary>Adds elements at the ends of axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="padWidth">How many: a number, a pair (before, after), or a list of pairs, one for each axis.</param>
    /// <param name="mode">
    /// Which: <c>constant</c>, <c>edge</c> (the last one), <c>reflect</c> and <c>symmetric</c> (mirrored, without and with the last one),
    /// <c>wrap</c> or <c>circular</c> (from the other end), <c>linear_ramp</c> (down to zero), <c>maximum</c>, <c>minimum</c>, <c>mean</c> or
    /// <c>median</c> (of the axis), or <c>empty</c> (any; they are zeros).
    /// </param>
    /// <param name="constantValues">The constant, 0 if omitted: a number, or a tensor that can be broadcast to a pair for each axis.</param>
    /// <exception cref="ArgumentException">Widths or mode are not valid, or there is nothing to repeat, or a constant where the mode takes none.</exception>
    public static Tensor Pad(Tensor x, PadWidth padWidth, string mode = "constant", Tensor? constantValues = null)
    {
        ArgumentNullException.ThrowIfNull(padWidth);
        if (!s_padModes.Contains(mode)) throw new ArgumentException($"Pad: there is no mode '{mode}'. {Suggestion.For(mode, s_padModes)}", nameof(mode));
        if (constantValues is not null && mode != "constant") throw new ArgumentException($"Pad: constantValues are for the mode 'constant', not '{mode}'.", nameof(constantValues));
        return OpDispatch.CallWith("Pad", new CallArguments([x], [KeyValuePair.Create("constant_values", (object?)constantValues)]), c =>
        {
            Tensor from = (Tensor)c.Positional[0]!;
            (int Before, int After)[] widths = padWidth.For(from.Shape);
            if (mode is "constant" or "empty" || !from.Shape.IsKnown) return Constants(from, widths, c["constant_values"] as Tensor);
            for (int axis = 0; axis < widths.Length; axis++)
            {
                if (widths[axis] != (0, 0)) from = Padded(from, axis, widths[axis].Before, widths[axis].After, mode);
            }

            return from;
        }, ("pad_width", padWidth.Form), ("mode", mode));
    }

    private static Tensor Constants(Tensor x, (int Before, int After)[] widths, Tensor? values)
    {
        Tensor constants = values is null ? PrimitiveOps.ScalarLike(x, 0) : Promotion.As(values, x.DType);
        if (constants.Rank == 0)
        {
            int[] zeros = new int[widths.Length];
            return new Pad([.. widths.Select(w => w.Before)], [.. widths.Select(w => w.After)], new IntList(zeros)).Apply(x, constants);
        }

        // One axis after the other, as NumPy does: the corners belong to the last.
        Tensor pairs = PrimitiveOps.BroadcastTo(constants, new Shape([widths.Length, 2]));
        for (int axis = 0; axis < widths.Length; axis++)
        {
            (int before, int after) = widths[axis];
            x = new Concatenate(axis).Apply(Constant(pairs[axis, 0], x, axis, before), x, Constant(pairs[axis, 1], x, axis, after));
        }

        return x;
    }

    private static Tensor Constant(Tensor value, Tensor like, int axis, int width) => PrimitiveOps.BroadcastTo(value, like.Shape.With(axis, width));

    private static Tensor Padded(Tensor x, int axis, int before, int after, string mode)
    {
        int length = x.Shape.Dims[axis];
        if (length == 0) throw new ArgumentException($"Pad: axis {axis} of shape {x.Shape} is empty, so that '{mode}' has nothing to repeat.");
        return mode switch
        {
            "edge" => At(i => Math.Clamp(i, 0, length - 1)),
            "wrap" or "circular" => At(i => Modulo(i, length)),
            "symmetric" => At(i => Math.Min(Modulo(i, 2L * length), (2L * length) - 1 - Modulo(i, 2L * length))),
            "reflect" => At(i => length == 1 ? 0 : length - 1 - Math.Abs(Modulo(i, 2L * (length - 1)) - (length - 1))),
            "linear_ramp" => new Concatenate(axis).Apply(Ramp(0, before, false), x, Ramp(length - 1, after, true)),
            "maximum" => Around(Max(x, axis, keepdims: true)),
            "minimum" => Around(Min(x, axis, keepdims: true)),
            "mean" => Around(Rounded(Mean(x, axis, keepdims: true))),
            _ => Around(Rounded(Median(x, axis, keepdims: true))),
        };

        Tensor At(Func<long, long> position) =>
            new Gather(axis).Apply(x, Tensor.From<int>([.. Enumerable.Range(0, before + length + after).Select(i => (int)position(i - (long)before))]));

        Tensor Around(Tensor value) => new Concatenate(axis).Apply(Constant(value, x, axis, before), x, Constant(value, x, axis, after));

        Tensor Rounded(Tensor value) => PrimitiveOps.Convert(x.DType.IsFloating ? value : PrimitiveOps.Unary(ElementwiseFunction.Round, value), x.DType);

        Tensor Ramp(int edge, int width, bool down)
        {
            Tensor steps = Counting(width, axis, x.Rank, DType.Float64);
            if (down) steps = PrimitiveOps.Binary(ElementwiseFunction.Subtract, PrimitiveOps.ScalarLike(steps, width - 1), steps);
            Tensor slope = PrimitiveOps.Divide(PrimitiveOps.Convert(Between(x, axis, edge, edge + 1), DType.Float64), PrimitiveOps.ScalarLike(steps, Math.Max(1, width)));
            Tensor ramp = PrimitiveOps.Binary(ElementwiseFunction.Multiply, steps, slope);
            return PrimitiveOps.Convert(x.DType.IsFloating ? ramp : PrimitiveOps.Unary(ElementwiseFunction.Floor, ramp), x.DType);
        }
    }

    private static long Modulo(long i, long n) => ((i % n) + n) % n;
}
