using NKeras.Engine.Primitives;

namespace NKeras.Engine.Tests.Primitives;

internal static partial class PrimitiveCases
{
    private static IEnumerable<PrimitiveCase> Indexing()
    {
        foreach (DType type in SomeTypes)
        {
            // Sums of special values overflow or not depending on the order; copies do not care.
            Operand Addend(params int[] dims) => new(dims, type, Fill.NonFinite);
            Tolerance sum = type.IsFloating ? Tolerance.Accumulated(4) : Tolerance.Exact;
            yield return Exact(new Gather(0), Special(new([5]), type), Positions(new([17]), 5));
            yield return Exact(new Gather(0), Special(new([7, 16]), type), Positions(new([33]), 7));
            yield return Exact(new Gather(0), Special(new([7, 3]), type), Positions(new([2, 5]), 7));
            yield return Exact(new Gather(0), Special(new([7, 3]), type), Positions(Shape.Scalar, 7));
            yield return Exact(new Gather(0), Special(new([7, 3]), type), Positions(new([0]), 7));
            yield return Exact(new Gather(0), Special(new([0, 3]), type), Positions(new([4]), 1));
            yield return Exact(new Gather(0), Special(new([7, 3]), type), Special(new([9]), DType.Int32));
            yield return Close(sum, new ScatterAdd(0, 7), Special(new([9]), DType.Int32), Addend(9, 3));
            yield return Exact(new Gather(1), Special(new([3, 5]), type), Positions(new([4]), 5));
            yield return Exact(new Gather(1), Special(new([2, 5, 17]), type), Positions(new([3, 2]), 5));
            yield return Close(sum, new ScatterAdd(0, 5), Positions(new([17]), 5), Addend(17));
            yield return Close(sum, new ScatterAdd(0, 7), Positions(new([33]), 7), Addend(33, 17));
            yield return Close(sum, new ScatterAdd(0, 7), Positions(new([2, 5]), 7), Addend(2, 5, 3));
            yield return Close(sum, new ScatterAdd(0, 7), Positions(Shape.Scalar, 7), Addend(3));
            yield return Close(sum, new ScatterAdd(0, 7), Positions(new([0]), 7), Addend(0, 3));
            yield return Close(sum, new ScatterAdd(0, 0), Positions(new([4]), 1), Addend(4, 3));
            yield return Close(sum, new ScatterAdd(1, 5), Positions(new([4]), 5), Addend(3, 4));
            yield return Close(sum, new ScatterAdd(1, 5), Positions(new([3, 2]), 5), Addend(2, 3, 2, 17));
            foreach (ScatterMode mode in Enum.GetValues<ScatterMode>())
            {
                yield return Exact(new Scatter(mode, 0), Addend(5), Positions(new([17]), 5), Addend(17));
                yield return Exact(new Scatter(mode, 0), Addend(5), Special(new([9]), DType.Int32), Addend(9));
                yield return Exact(new Scatter(mode, 0), Addend(7, 17), Positions(new([2, 5]), 7), Addend(2, 5, 17));
                yield return Exact(new Scatter(mode, 0), Addend(7, 3), Positions(Shape.Scalar, 7), Addend(3));
                yield return Exact(new Scatter(mode, 0), Addend(7, 3), Positions(new([0]), 7), Addend(0, 3));
                yield return Exact(new Scatter(mode, 0), Addend(0, 3), Positions(new([4]), 1), Addend(4, 3));
                yield return Exact(new Scatter(mode, 1), Addend(3, 5), Positions(new([4]), 5), Addend(3, 4));
                yield return Exact(new Scatter(mode, 1), Addend(2, 5, 9), Positions(new([3, 2]), 5), Addend(2, 3, 2, 9));
                yield return Exact(new Scatter(mode, 1), Addend(2, 5, 0), Positions(new([3]), 5), Addend(2, 3, 0));
            }
        }

        yield return Exact(new Gather(0), Special(new([1000, 64]), DType.Float32), Positions(new([50, 33]), 1000));
        yield return Close(Tolerance.Accumulated(4), new ScatterAdd(0, 97), Positions(new([1003]), 97), new Operand(new([1003, 64]), DType.Float32));
        yield return Exact(new ScatterAdd(0, 97), Positions(new([103]), 97), new Operand(new([103, 17]), DType.Int32));
        foreach (ScatterMode mode in Enum.GetValues<ScatterMode>())
        {
            yield return Exact(new Scatter(mode, 0), new Operand(new([97, 64]), DType.Float32), Positions(new([1003]), 97), Operand.Between(0.9, 1.1, new([1003, 64]), DType.Float32));
            yield return Exact(new Scatter(mode, 0), Special(new([97, 4]), DType.Int32), Positions(new([203]), 97), Special(new([203, 4]), DType.Int32));
            yield return Exact(new Scatter(mode, 1), Special(new([3, 7]), DType.UInt64), Positions(new([20]), 7), Special(new([3, 20]), DType.UInt64));
        }
    }

    private static readonly (int[] Dims, int[] Axes)[] s_reductions =
    [
        ([], []), ([17], []), ([0], [0]), ([1], [0]), ([17], [0]), ([33], [0]), ([3, 17], [1]), ([3, 17], [0]), ([3, 17], [0, 1]), ([17, 3], [0]),
        ([3, 0], [0]), ([3, 0], [1]), ([0, 3], [0]), ([2, 3, 16], [1]), ([2, 3, 16], [0, 2]), ([2, 3, 5, 7], [0, 2, 3]), ([2, 3, 5, 7], [1, 2]), ([2, 3, 5, 7], [3, 1]),
    ];

    private static IEnumerable<PrimitiveCase> Reductions()
    {
        foreach (ReductionKind kind in Enum.GetValues<ReductionKind>())
        {
            bool logical = kind is ReductionKind.Any or ReductionKind.All;
            foreach (DType type in DType.All.Where(t => t == DType.Bool || !logical))
            {
                foreach ((int[] dims, int[] axes) in s_reductions) yield return Reduction(kind, dims, axes, type, Fill.NonFinite);
            }

            if (logical) continue;
            foreach ((int[] dims, int[] axes) in new (int[], int[])[] { ([50_021], [0]), ([301, 211], [0]), ([301, 211], [1]), ([13, 37, 129], [0, 2]), ([13, 129, 37], [1]), ([20_011, 2], [1]), ([7001, 5], [1]) })
            {
                // Products of many numbers must stay within the type.
                PrimitiveCase test = Reduction(kind, dims, axes, DType.Float32, Fill.Plain);
                yield return kind == ReductionKind.Product ? test with { Operands = [Operand.Between(0.9, 1.1, dims, DType.Float32)], Tolerance = Tolerance.Accumulated(64) } : test;
                if (kind == ReductionKind.Product) continue;
                foreach (DType type in (DType[])[DType.Float32, DType.Float64, DType.Float16, DType.Int32, DType.Int64]) yield return Reduction(kind, dims, axes, type, Fill.NonFinite);
            }
        }

        foreach (bool max in (bool[])[true, false])
        {
            foreach (DType type in SomeTypes)
            {
                foreach ((int[] dims, int axis) in new (int[], int)[] { ([1], 0), ([17], 0), ([0, 3], 1), ([5, 33], 1), ([33, 5], 0), ([3, 17, 4], 1), ([7, 10], 1) })
                    yield return Exact(new ArgReduce(max, axis), Special(dims, type));
            }

            yield return Exact(new ArgReduce(max, 1), new Operand(new([2003, 37]), DType.Float32));
        }
    }

    private static PrimitiveCase Reduction(ReductionKind kind, int[] dims, int[] axes, DType type, Fill fill) => Close(
        type.IsFloating && kind is ReductionKind.Sum or ReductionKind.Product ? Tolerance.Accumulated(16) : Tolerance.Exact,
        new Reduce(kind, new IntList(axes)),
        new Operand(dims, type, fill));

    private static IEnumerable<PrimitiveCase> Products()
    {
        (int M, int K, int N)[] sizes = [(1, 1, 1), (0, 3, 2), (3, 0, 2), (3, 2, 0), (2, 3, 5), (7, 17, 16), (16, 8, 48), (17, 33, 15), (1, 65, 33), (33, 65, 1)];
        foreach (DType type in (DType[])[DType.Float32, DType.Float64, DType.Int32, DType.BFloat16, DType.Float16, DType.Bool])
        {
            Tolerance tolerance = type.IsFloating ? Tolerance.Accumulated(type.Size < 4 ? 2 : 16) : Tolerance.Exact;
            for (int transposes = 0; transposes < 4; transposes++)
            {
                bool a = (transposes & 1) != 0, b = (transposes & 2) != 0;
                foreach ((int m, int k, int n) in sizes) yield return Product(m, k, n, []);
                yield return Product(5, 7, 3, [2]);
                yield return Product(3, 4, 5, [2, 3]);
                yield return Product(3, 4, 5, [0]);
                if (type == DType.Float32) yield return Product(97, 131, 113, []);

                PrimitiveCase Product(int m, int k, int n, int[] batch) => Close(
                    tolerance,
                    new MatMul(a, b),
                    new Operand((int[])[.. batch, .. a ? (int[])[k, m] : [m, k]], type, Fill.NonFinite),
                    new Operand((int[])[.. batch, .. b ? (int[])[n, k] : [k, n]], type, Fill.Plain));
            }
        }
    }

    private static IEnumerable<PrimitiveCase> Conversions()
    {
        foreach (DType from in DType.All)
        {
            foreach (DType to in DType.All)
            {
                foreach (int size in (int[])[0, 1, 17, 131])
                    yield return Exact(new NKeras.Engine.Primitives.Convert(to), Special(new([size]), from)) with { Group = $"Convert {from}" };
            }
        }

        foreach ((DType from, DType to) in new[] { (DType.UInt8, DType.Float32), (DType.Float32, DType.Int32), (DType.Int32, DType.Float32), (DType.Bool, DType.Float32) })
            yield return Exact(new NKeras.Engine.Primitives.Convert(to), Special(new([40_009]), from)) with { Group = $"Convert {from}" };
    }

    private static IEnumerable<PrimitiveCase> Rows()
    {
        // exp's argument is rounded in the type itself, so that small probabilities are relatively less exact.
        Tolerance tolerance = new(16, 2);
        foreach (DType type in DType.All.Where(t => t.IsFloating))
        {
            foreach ((int rows, int columns) in new[] { (0, 3), (3, 0), (1, 1), (5, 2), (4, 10), (3, 15), (3, 16), (3, 17), (9, 33), (2, 1003) })
            {
                foreach (Fill fill in (Fill[])[Fill.Plain, Fill.NonFinite])
                {
                    Operand logits = new(new([rows, columns]), type, fill);
                    yield return Close(tolerance, new Softmax(false), logits);
                    yield return Close(tolerance, new Softmax(true), logits);
                    yield return Close(tolerance, new SparseCrossEntropy(), logits, Positions(new([rows]), columns));
                }
            }

            yield return Close(tolerance, new Softmax(false), new Operand(new([17]), type));
            yield return Close(tolerance, new Softmax(true), new Operand(new([2, 3, 5]), type));
            yield return Close(new Tolerance(128, 2), new Softmax(false), Operand.Between(-100, 100, new([7, 19]), type));
            yield return Close(tolerance, new Softmax(true), Operand.Between(-100, 100, new([7, 19]), type));
            yield return Close(new Tolerance(128, 2), new SparseCrossEntropy(), Operand.Between(-100, 100, new([7, 19]), type), Positions(new([7]), 19));
        }

        yield return Close(tolerance, new Softmax(false), new Operand(new([2003, 37]), DType.Float32));
        yield return Close(tolerance, new SparseCrossEntropy(), new Operand(new([2003, 37]), DType.Float32), Positions(new([2003]), 37));
    }

    private static IEnumerable<PrimitiveCase> Generators()
    {
        foreach (DType type in DType.All)
        {
            yield return Exact(new Iota(type, [17], 0)) with { Group = $"Iota {type}" };
            yield return Exact(new Iota(type, [0], 0)) with { Group = $"Iota {type}" };
            yield return Exact(new Iota(type, [2, 3, 5], 1)) with { Group = $"Iota {type}" };
            yield return Exact(new Iota(type, [3, 300], 1)) with { Group = $"Iota {type}" };
            yield return Exact(new Iota(type, [300, 3], 0)) with { Group = $"Iota {type}" };
        }

        foreach (int size in s_sizes) yield return Exact(new RandomBits([size]), Special(new([2]), DType.UInt32));
        yield return Exact(new RandomBits([]), Special(new([2]), DType.UInt32));
        yield return Exact(new RandomBits([3, 5, 7]), Special(new([2]), DType.UInt32));

        Operand key = Special(new([2]), DType.UInt32);
        foreach (int[] dims in (int[][])[[], [0], [1], [17], [3, 5, 7], [5003]])
        {
            // A parameter is one number for all, or one for each.
            foreach (Shape shape in (Shape[])[Shape.Scalar, new(dims)])
            {
                foreach (bool logarithm in (bool[])[false, true])
                {
                    yield return Exact(new RandomGamma(new IntList(dims), logarithm), key, Operand.Between(0.01, 5, shape, DType.Float64));
                    yield return Exact(new RandomGamma(new IntList(dims), logarithm), key, Special(shape, DType.Float64));
                }

                yield return Exact(new RandomBinomial(new IntList(dims)), key, Operand.Between(0, 100, shape, DType.Float64), Operand.Between(0, 1, shape, DType.Float64));
                yield return Exact(new RandomBinomial(new IntList(dims)), key, Special(shape, DType.Float64), Special(new(dims), DType.Float64));
                yield return Exact(new RandomIntegers(new IntList(dims)), key, Special(shape, DType.Int64), Special(new(dims), DType.Int64));
            }
        }

        foreach (int length in (int[])[0, 1, 2, 17, 1000]) yield return Exact(new RandomPermutation(length), key);
        foreach ((int rows, int classes, int samples) in new[] { (0, 3, 2), (2, 0, 2), (3, 1, 2), (2, 17, 5), (3, 5, 0), (2, 1000, 1000) })
        {
            yield return Exact(new RandomCategorical(samples), key, new Operand(new([rows, classes]), DType.Float64));
            yield return Exact(new RandomCategorical(samples), key, Special(new([rows, classes]), DType.Float64));
        }
    }
}
