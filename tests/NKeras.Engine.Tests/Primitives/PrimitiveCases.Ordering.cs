using NKeras.Engine.Primitives;

namespace NKeras.Engine.Tests.Primitives;

internal static partial class PrimitiveCases
{
    /// <summary>Sorting, searching and running totals, in every type; lengths on both sides of where sorting by bytes begins.</summary>
    private static IEnumerable<PrimitiveCase> Ordering()
    {
        foreach (DType type in DType.All)
        {
            foreach (bool other in (bool[])[false, true])
            {
                foreach (int[] dims in (int[][])[[0], [1], [17], [3, 0], [0, 3], [5, 33], [2, 3, 4], [2, 700]])
                    yield return Exact(new Sort(other), Special(dims, type));
                foreach ((int sorted, int[] values) in new (int, int[])[] { (0, [3]), (1, [5]), (17, [2, 33]), (300, [5003]), (33, [0]), (33, []) })
                    yield return Exact(new SearchSorted(other), Special(new([sorted]), type), Special(values, type)) with { Prepare = a => [new Sort(false).ApplyAll(a[0])[0], a[1]] };
            }

            // Running sums of special values overflow or not depending on the order.
            foreach ((int[] dims, int axis) in new (int[], int)[] { ([1], 0), ([17], 0), ([0, 3], 0), ([3, 0], 1), ([5, 33], 1), ([33, 5], 0), ([3, 17, 4], 1), ([2, 70, 301], 1) })
            {
                foreach (bool reverse in (bool[])[false, true])
                {
                    yield return Close(type.IsFloating ? Tolerance.Accumulated(4) : Tolerance.Exact, new Cumulative(false, axis, reverse), new Operand(dims, type, Fill.NonFinite));
                    yield return Close(type.IsFloating ? Tolerance.Accumulated(4) : Tolerance.Exact, new Cumulative(true, axis, reverse), new Operand(dims, type, Fill.NonFinite));
                }
            }
        }

        foreach (DType type in (DType[])[DType.Float32, DType.Int32, DType.Float64])
            yield return Exact(new Sort(false), new Operand(new([20_011]), type));
    }
}
