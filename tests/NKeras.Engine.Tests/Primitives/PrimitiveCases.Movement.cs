using NKeras.Engine.Primitives;

namespace NKeras.Engine.Tests.Primitives;

internal static partial class PrimitiveCases
{
    private static readonly (int[] Dims, int[] Permutation)[] s_transposes =
    [
        ([], []), ([5], [0]), ([3, 5], [1, 0]), ([3, 5], [0, 1]), ([17, 33], [1, 0]), ([64, 64], [1, 0]), ([1, 65], [1, 0]), ([0, 3], [1, 0]),
        ([2, 3, 4], [0, 2, 1]), ([2, 3, 4], [1, 0, 2]), ([2, 3, 4], [2, 1, 0]), ([2, 3, 4], [1, 2, 0]), ([7, 15, 16], [2, 0, 1]), ([3, 17, 31], [0, 2, 1]),
        ([2, 3, 4, 5], [0, 3, 1, 2]), ([2, 3, 4, 5], [0, 2, 3, 1]), ([2, 3, 4, 5], [3, 2, 1, 0]), ([2, 7, 3, 16], [0, 2, 1, 3]), ([2, 1, 3, 1, 5], [4, 1, 2, 3, 0]),
        ([2, 3, 2, 3, 2], [1, 3, 0, 4, 2]),
    ];

    private static IEnumerable<PrimitiveCase> Movement()
    {
        foreach (DType type in SomeTypes)
        {
            foreach ((int[] dims, int[] permutation) in s_transposes)
                yield return Exact(new Transpose(new IntList(permutation)), Special(dims, type));
            foreach (PrimitiveCase c in Reshapes(type).Concat(Broadcasts(type)).Concat(Slices(type)).Concat(Pads(type)).Concat(Joins(type))) yield return c;
        }

        foreach ((DType from, DType to) in new[] { (DType.Float32, DType.Int32), (DType.Int16, DType.BFloat16), (DType.UInt8, DType.Bool), (DType.Int64, DType.UInt16), (DType.UInt8, DType.Float64), (DType.Bool, DType.Int32) })
        {
            yield return Exact(new BitCast(to), Special(new([3, 24]), from));
            yield return Exact(new BitCast(to), Special(new([2, 0]), from));
        }

        yield return Exact(new Transpose([1, 0]), Special(new([301, 233]), DType.Float32));
        yield return Exact(new Transpose([0, 3, 1, 2]), Special(new([4, 14, 15, 67]), DType.Float32));
        yield return Exact(new BroadcastTo([301, 133]), Special(new([301, 1]), DType.Float32));
        yield return Exact(new BroadcastTo([3, 7001, 3]), Special(new([3, 7001, 1]), DType.Float32));
        yield return Exact(new Slice([1, 3], [400, 98], [1, 1]), Special(new([401, 99]), DType.Float32));
        yield return Exact(new Pad([1, 2], [2, 1], [0, 0]), Special(new([399, 99]), DType.Float32), Special(Shape.Scalar, DType.Float32));
        yield return Exact(new Concatenate(1), Special(new([299, 33]), DType.Float32), Special(new([299, 101]), DType.Float32));
    }

    private static IEnumerable<PrimitiveCase> Reshapes(DType type) =>
    [
        Exact(new Reshape([6, 4]), Special(new([2, 3, 4]), type)),
        Exact(new Reshape([]), Special(new([1, 1]), type)),
        Exact(new Reshape([-1, 2]), Special(new([17, 2]), type)),
        Exact(new Reshape([-1, 2]), Special(new([0, 2]), type)),
        Exact(new StopGradient(), Special(new([3, 11]), type)),
        Exact(new StopGradient(), Special(new([0]), type)),
    ];

    private static IEnumerable<PrimitiveCase> Broadcasts(DType type) =>
    [
        Exact(new BroadcastTo([]), Special(Shape.Scalar, type)),
        Exact(new BroadcastTo([33]), Special(Shape.Scalar, type)),
        Exact(new BroadcastTo([0]), Special(new([1]), type)),
        Exact(new BroadcastTo([3, 17]), Special(new([17]), type)),
        Exact(new BroadcastTo([3, 17]), Special(new([3, 1]), type)),
        Exact(new BroadcastTo([3, 17]), Special(new([3, 17]), type)),
        Exact(new BroadcastTo([2, 3, 5, 7]), Special(new([3, 1, 7]), type)),
        Exact(new BroadcastTo([2, 3, 5, 7]), Special(new([2, 1, 5, 1]), type)),
        Exact(new BroadcastTo([4, 1, 3]), Special(new([1, 1, 3]), type)),
        Exact(new BroadcastTo([2, 3, 5, 2]), Special(new([2, 3, 5, 1]), type)),
        Exact(new BroadcastTo([2, 3, 5, 4]), Special(new([2, 1, 5, 1]), type)),
    ];

    private static IEnumerable<PrimitiveCase> Slices(DType type) =>
    [
        Exact(new Slice([], [], []), Special(Shape.Scalar, type)),
        Exact(new Slice([2], [15], [1]), Special(new([17]), type)),
        Exact(new Slice([2], [2], [1]), Special(new([17]), type)),
        Exact(new Slice([0], [33], [3]), Special(new([33]), type)),
        Exact(new Slice([1, 0], [3, 7], [1, 1]), Special(new([3, 7]), type)),
        Exact(new Slice([0, 1], [3, 6], [2, 2]), Special(new([3, 7]), type)),
        Exact(new Slice([0, 1, 0], [5, 3, 17], [2, 1, 1]), Special(new([5, 4, 17]), type)),
        Exact(new Slice([0, 1, 2, 0], [2, 3, 5, 4], [1, 1, 2, 3]), Special(new([2, 3, 5, 4]), type)),
        Exact(new Slice([0, 0], [0, 3], [1, 1]), Special(new([0, 3]), type)),
    ];

    private static IEnumerable<PrimitiveCase> Pads(DType type) =>
    [
        Exact(new Pad([], [], []), Special(Shape.Scalar, type), Special(Shape.Scalar, type)),
        Exact(new Pad([2], [3], [0]), Special(new([17]), type), Special(Shape.Scalar, type)),
        Exact(new Pad([0], [0], [0]), Special(new([5]), type), Special(Shape.Scalar, type)),
        Exact(new Pad([2], [3], [4]), Special(new([0]), type), Special(Shape.Scalar, type)),
        Exact(new Pad([0], [1], [2]), Special(new([7]), type), Special(Shape.Scalar, type)),
        Exact(new Pad([1, 0], [0, 2], [0, 0]), Special(new([3, 5]), type), Special(Shape.Scalar, type)),
        Exact(new Pad([1, 2], [2, 1], [0, 0]), Special(new([3, 16]), type), Special(Shape.Scalar, type)),
        Exact(new Pad([1, 2], [2, 1], [1, 2]), Special(new([3, 5]), type), Special(Shape.Scalar, type)),
        Exact(new Pad([0, 1, 1, 0], [0, 1, 1, 0], [0, 0, 0, 0]), Special(new([2, 3, 5, 4]), type), Special(Shape.Scalar, type)),
        Exact(new Pad([0, 1], [0, 1], [3, 0]), Special(new([0, 5]), type), Special(Shape.Scalar, type)),
    ];

    private static IEnumerable<PrimitiveCase> Joins(DType type) =>
    [
        Exact(new Concatenate(0), Special(new([17]), type)),
        Exact(new Concatenate(0), Special(new([17]), type), Special(new([0]), type), Special(new([1]), type)),
        Exact(new Concatenate(0), Special(new([2, 3]), type), Special(new([5, 3]), type)),
        Exact(new Concatenate(1), Special(new([3, 2]), type), Special(new([3, 5]), type), Special(new([3, 1]), type)),
        Exact(new Concatenate(1), Special(new([2, 3, 5]), type), Special(new([2, 1, 5]), type)),
        Exact(new Concatenate(1), Special(new([0, 3]), type), Special(new([0, 1]), type)),
        Exact(new Concatenate(2), Special(new([2, 3, 0]), type), Special(new([2, 3, 0]), type)),
    ];
}
