using NKeras.Engine.Primitives;

namespace NKeras.Engine.Tests.Primitives;

internal static partial class PrimitiveCases
{
    /// <summary>Input, window, filters, groups, and how the window moves; some with one and three spatial axes.</summary>
    private static readonly (int[] Input, int[] Window, int Filters, int Groups, SlidingWindow Moves)[] s_convolutions =
    [
        ([2, 9, 3], [3], 5, 1, new([1], [1], [1], [1])),
        ([1, 17, 4], [4], 6, 2, new([2], [2], [0], [3])),
        ([0, 5, 5, 3], [3, 3], 4, 1, new([1, 1], [1, 1], [1, 1], [1, 1])),
        ([2, 7, 6, 1], [3, 3], 5, 1, new([1, 1], [1, 1], [1, 1], [1, 1])),
        ([2, 8, 9, 3], [3, 2], 16, 1, new([2, 1], [1, 1], [0, 1], [1, 0])),
        ([1, 11, 13, 16], [3, 3], 17, 1, new([1, 1], [2, 3], [2, 2], [2, 2])),
        ([1, 6, 7, 8], [1, 1], 33, 1, new([1, 1], [1, 1], [0, 0], [0, 0])),
        ([2, 6, 5, 6], [3, 3], 6, 6, new([1, 1], [1, 1], [1, 1], [1, 1])),
        ([1, 9, 9, 17], [3, 3], 34, 17, new([2, 2], [1, 1], [1, 0], [0, 1])),
        ([1, 5, 6, 6], [2, 3], 9, 3, new([1, 2], [1, 1], [0, 2], [1, 1])),
        ([1, 6, 19, 16], [3, 3], 16, 4, new([1, 1], [1, 1], [1, 1], [1, 1])),
        ([1, 5, 17, 18], [3, 2], 24, 3, new([2, 1], [1, 2], [1, 0], [1, 1])),
        ([1, 4, 5, 3, 2], [2, 3, 2], 3, 1, new([1, 1, 1], [1, 1, 1], [0, 1, 1], [1, 1, 0])),
    ];

    private static IEnumerable<PrimitiveCase> Windows()
    {
        foreach (DType type in (DType[])[DType.Float32, DType.Float64, DType.BFloat16])
        {
            Tolerance tolerance = Tolerance.Accumulated(type.Size < 4 ? 2 : 16);
            foreach ((int[] input, int[] window, int filters, int groups, SlidingWindow moves) in s_convolutions)
            {
                int[] filter = [.. window, input[^1] / groups, filters];
                Convolution forward = new(moves, groups);
                Operand x = new(input, type, Fill.NonFinite), w = new(filter, type);
                Operand dy = new(forward.Infer([new(x.Shape, type), new(w.Shape, type)])[0].Shape, type);
                yield return Close(tolerance, forward, x, w);
                yield return Close(tolerance, new ConvolutionBackwardInput(moves, groups, new IntList(input.AsSpan()[1..^1])), dy, w);
                yield return Close(tolerance, new ConvolutionBackwardFilter(moves, groups, new IntList(window)), x with { Fill = Fill.Plain }, dy);

                // Pooling over the same windows; average divides, so it is close where the maximum is exact.
                yield return Exact(new Pooling(true, moves, new IntList(window)), x);
                yield return Close(tolerance, new Pooling(false, moves, new IntList(window)), x);
                Pooling pooling = new(true, moves, new IntList(window));
                Operand dp = new(pooling.Infer([new(x.Shape, type)])[0].Shape, type);
                yield return Close(tolerance, new MaxPoolingBackward(moves, new IntList(window)), dp, x with { Fill = Fill.Plain }, dp) with
                {
                    Prepare = a => [a[0], a[1], Evaluate(pooling, a[1])],
                };
                yield return Exact(new MaxPoolingTake(moves, new IntList(window)), x, x with { Fill = Fill.Plain }, dp) with
                {
                    Prepare = a => [a[0], a[1], Evaluate(pooling, a[1])],
                };
                yield return Close(tolerance, new AveragePoolingBackward(moves, new IntList(window), new IntList(input.AsSpan()[1..^1])), dp);
            }
        }
    }

    private static ConcreteTensor Evaluate(Primitive primitive, Tensor x)
    {
        ConcreteTensor y = ConcreteTensor.Allocate(primitive.Infer([x.Spec])[0]);
        primitive.Evaluate([ElementView.Of(x)], [ElementView.Of(y)]);
        return y;
    }
}
