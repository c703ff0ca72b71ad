using NKeras.Engine.Primitives;
using F = NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Tests.Primitives;

/// <summary>Points, away from kinks and poles, at which a primitive's gradient is compared with differences.</summary>
internal static class GradientCases
{
    private static readonly (F Function, double Low, double High)[] s_unary =
    [
        (F.Negate, -2, 2), (F.Abs, 0.2, 2), (F.Abs, -2, -0.2), (F.Square, -2, 2), (F.Sqrt, 0.3, 3), (F.Rsqrt, 0.3, 3), (F.Reciprocal, 0.3, 2), (F.Reciprocal, -2, -0.3),
        (F.Exp, -2, 2), (F.Exp2, -2, 2), (F.Expm1, -2, 2), (F.Log, 0.3, 3), (F.Log2, 0.3, 3), (F.Log10, 0.3, 3), (F.Log1p, -0.6, 3),
        (F.Sin, -3, 3), (F.Cos, -3, 3), (F.Tan, -1.2, 1.2), (F.Asin, -0.8, 0.8), (F.Acos, -0.8, 0.8), (F.Atan, -2, 2), (F.Sinh, -2, 2), (F.Cosh, -2, 2),
        (F.Tanh, -2, 2), (F.Asinh, -2, 2), (F.Acosh, 1.3, 3), (F.Atanh, -0.8, 0.8), (F.Sigmoid, -3, 3), (F.Softplus, -3, 3), (F.Erf, -1.5, 1.5), (F.Erfc, -1.5, 1.5),
        (F.Erfinv, -0.8, 0.8), (F.Lgamma, 0.3, 4), (F.Lgamma, -0.8, -0.2), (F.Digamma, 0.3, 4), (F.Digamma, -0.8, -0.2), (F.BesselI0, -3, 3), (F.BesselI1, -3, 3), (F.BesselI1, 0, 0),
        (F.Cbrt, 0.3, 2), (F.Cbrt, -2, -0.3),
        (F.Relu, 0.2, 2), (F.Relu, -2, -0.2),
    ];

    private static readonly (F Function, double Low, double High)[] s_binary =
    [
        (F.Add, -2, 2), (F.Subtract, -2, 2), (F.Multiply, -2, 2), (F.Divide, 0.4, 2), (F.Power, 0.4, 2), (F.Atan2, 0.3, 2), (F.Atan2, -2, -0.3), (F.Hypot, -2, -0.3), (F.Gammainc, 0.4, 2),
    ];

    private static readonly (Shape A, Shape B)[] s_shapes =
    [
        (new([3]), new([3])), (new([2, 3]), new([3])), (new([2, 1]), new([1, 3])), (Shape.Scalar, new([3])), (new([1, 1, 2]), new([3, 1])), (new([0, 2]), new([1, 2])),
    ];

    private static readonly Lazy<PrimitiveCase[]> s_all = new(() => [.. Elementwise(), .. Structure(), .. Sums(), .. Windows(), .. Matrices(), .. Control()]);

    public static IReadOnlyList<PrimitiveCase> All => s_all.Value;

    /// <summary>Primitives that no gradient flows through, those that exist only after gradients have been taken, and the one whose gradient is the user's.</summary>
    public static IReadOnlyList<Type> WithoutGradient { get; } =
    [
        typeof(ArgReduce), typeof(BitCast), typeof(SearchSorted), typeof(Iota), typeof(RandomBits), typeof(StopGradient), typeof(CustomGradient), typeof(MaxPoolingBackward), typeof(MaxPoolingTake), typeof(CtcLossBackward), typeof(CtcCollapse), typeof(CtcBeamSearch),
        typeof(RandomBinomial), typeof(RandomIntegers), typeof(RandomPermutation), typeof(RandomCategorical),
        typeof(RandomGamma), // Its gradient is none of the function that draws: RandomSampleTests.
        typeof(FusedElementwise), typeof(FusedReduce), typeof(FusedProduct), typeof(PooledConvolution), typeof(PooledFilterGradient),
    ];

    /// <summary>Functions that are flat wherever they have a slope: steps, tests, and those of bits.</summary>
    public static IReadOnlyList<F> FlatFunctions { get; } =
    [
        F.Sign, F.Floor, F.Ceiling, F.Round, F.Truncate, F.LogicalNot, F.BitwiseNot, F.IsNan, F.IsInf, F.IsFinite, F.FloorDivide,
        F.Equal, F.NotEqual, F.Less, F.LessEqual, F.Greater, F.GreaterEqual, F.LogicalAnd, F.LogicalOr, F.LogicalXor,
        F.BitwiseAnd, F.BitwiseOr, F.BitwiseXor, F.LeftShift, F.RightShift, F.Gcd,
    ];

    /// <summary>Functions that arise as derivatives of others; <see cref="GradientTests"/> has cases of their own.</summary>
    public static IReadOnlyList<F> DerivedFunctions { get; } = [F.Polygamma, F.GammaincSlope];

    private static Operand X(params int[] dims) => new(dims, DType.Float64);

    private static Operand Distinct(params int[] dims) => new(dims, DType.Float64, Fill.Distinct);

    private static Operand Positions(int length, params int[] dims) => Operand.Between(0, length, dims, DType.Int32);

    /// <summary>A matrix of floats with as many zeros in each row as rows are above it, from the second column on.</summary>
    private static Tensor WithZeros(Tensor x)
    {
        double[] values = x.ToArray<double>();
        int columns = x.Shape.Dims[1];
        for (int row = 0; row < x.Shape.Dims[0]; row++) values.AsSpan((row * columns) + 1, row).Clear();
        return Tensor.From(values, x.Shape);
    }

    /// <summary>A mask of keys in which the first counts always: where none does, the mask hides the logits from differences, but not from gradients.</summary>
    private static Tensor WithFirstKey(Tensor mask)
    {
        bool[] counts = mask.ToArray<bool>();
        for (int i = 0; i < counts.Length; i += mask.Shape.Dims[^1]) counts[i] = true;
        return Tensor.From(counts, mask.Shape);
    }

    private static PrimitiveCase At(Primitive primitive, params Operand[] operands) => new(primitive.Name, primitive, operands, default);

    private static IEnumerable<PrimitiveCase> Elementwise()
    {
        foreach ((F function, double low, double high) in s_unary)
            yield return At(new Elementwise(function), Operand.Between(low, high, new([2, 3]), DType.Float64));

        foreach ((Shape a, Shape b) in s_shapes)
        {
            foreach ((F function, double low, double high) in s_binary)
                yield return At(new Elementwise(function), Operand.Between(low, high, a, DType.Float64), Operand.Between(low, high, b, DType.Float64));

            // Remainders within one period: 7 to 7.9 modulo 2 to 2.2 is 7 minus three times the divisor.
            foreach (F function in (F[])[F.Remainder, F.Fmod])
                yield return At(new Elementwise(function), Operand.Between(7, 7.9, a, DType.Float64), Operand.Between(2, 2.2, b, DType.Float64));
            foreach (F function in (F[])[F.Maximum, F.Minimum])
            {
                yield return At(new Elementwise(function), Operand.Between(-1, -0.2, a, DType.Float64), Operand.Between(0.2, 1, b, DType.Float64));
                yield return At(new Elementwise(function), Operand.Between(0.2, 1, a, DType.Float64), Operand.Between(-1, -0.2, b, DType.Float64));
            }

            yield return At(new Elementwise(F.Select), new Operand(a, DType.Bool), new Operand(b, DType.Float64), new Operand(a, DType.Float64));
            yield return At(new Elementwise(F.MultiplyAdd), new Operand(a, DType.Float64), new Operand(b, DType.Float64), new Operand(b, DType.Float64));
            foreach (double low in (double[])[-3, -0.5, 2])
                yield return At(new Elementwise(F.Clip), Operand.Between(low, low + 0.9, a, DType.Float64), Operand.Between(-2, -1, b, DType.Float64), Operand.Between(1, 2, b, DType.Float64));
        }

        // Powers of zero and of negative numbers with whole exponents have a slope too; the exponent's is not asked for there.
        yield return At(new Elementwise(F.Power), Operand.Between(0, 0, new([1]), DType.Float64), Operand.Between(2, 2, new([1]), DType.Float64));
    }

    private static IEnumerable<PrimitiveCase> Structure() =>
    [
        At(new Reshape([3, 2]), X(2, 3)),
        At(new Transpose([2, 0, 1]), X(2, 3, 4)),
        At(new Transpose([1, 0]), X(2, 0)),
        At(new BroadcastTo([2, 3, 4]), X(3, 1)),
        At(new BroadcastTo([2, 3]), X(2, 3)),
        At(new BroadcastTo([5]), new Operand(Shape.Scalar, DType.Float64)),
        At(new Slice([1, 0], [3, 4], [1, 1]), X(3, 4)),
        At(new Slice([1, 1], [5, 4], [3, 2]), X(6, 4)),
        At(new Slice([2], [2], [1]), X(4)),
        At(new Pad([1, 0], [0, 2], [0, 0]), X(2, 3), X()),
        At(new Pad([1, 2], [3, 0], [2, 1]), X(2, 3), X()),
        At(new Pad([1], [1], [2]), X(0), X()),
        At(new Concatenate(1), X(2, 1), X(2, 0), X(2, 3)),
        At(new Concatenate(0), X(2, 3)),
        At(new Gather(0), X(4), Positions(4, 3)),
        At(new Gather(1), X(2, 4, 3), Positions(4, 2, 3)),
        At(new Gather(0), X(4, 2), Positions(4)),
        .. Enum.GetValues<BorderMode>().SelectMany(border => (PrimitiveCase[])
        [
            // Between the same pixels wherever differences are taken.
            At(new SampleImages(new(1, border, 0.5)), X(2, 3, 4, 2), Operand.Between(0.2, 0.8, new([2, 2, 3]), DType.Float64), Operand.Between(2.2, 2.8, new([2, 2, 3]), DType.Float64)),
            At(new SampleImages(new(1, border, 0.5)), X(2, 3, 4, 1), Operand.Between(-2.8, -2.2, new([1, 2, 3]), DType.Float64), Operand.Between(4.2, 4.8, new([1, 2, 3]), DType.Float64)),
            At(new SampleImages(new(0, border, 0.5)), X(2, 3, 4, 2), Operand.Between(0.6, 1.4, new([2, 2, 3]), DType.Float64), Operand.Between(3.6, 4.4, new([2, 2, 3]), DType.Float64)),
        ]),
        At(new ScatterAdd(0, 4), Positions(4, 3), X(3)),
        At(new ScatterAdd(1, 4), Operand.Between(-1, 6, new([2, 3]), DType.Int32), X(2, 2, 3, 3)),
        .. Enum.GetValues<ScatterMode>().SelectMany(mode => (PrimitiveCase[])
        [
            At(new Scatter(mode, 0), Distinct(4), Positions(4, 7), Distinct(7)),
            At(new Scatter(mode, 0), Distinct(4, 2), Positions(4), Distinct(2)),
            At(new Scatter(mode, 1), Distinct(2, 4, 3), Operand.Between(-1, 6, new([2, 3]), DType.Int32), Distinct(2, 2, 3, 3)),
            At(new Scatter(mode, 0), Distinct(4), Positions(4, 0), Distinct(0)),
        ]),
        At(new NKeras.Engine.Primitives.Convert(DType.Float64), X(5)),
    ];

    private static IEnumerable<PrimitiveCase> Sums()
    {
        foreach (ReductionKind kind in (ReductionKind[])[ReductionKind.Sum, ReductionKind.Product, ReductionKind.Max, ReductionKind.Min])
        {
            foreach ((int[] dims, int[] axes) in new (int[], int[])[] { ([4], [0]), ([2, 3], [0]), ([2, 3], [1]), ([2, 3, 2], [2, 0]), ([2, 3], []), ([0, 2], [1]), ([2, 2], [0, 1]) })
                yield return At(new Reduce(kind, new IntList(axes)), Distinct(dims));
        }

        foreach ((bool a, bool b) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            yield return At(new MatMul(a, b), a ? X(3, 2) : X(2, 3), b ? X(4, 3) : X(3, 4));
            yield return At(new MatMul(a, b), a ? X(2, 3, 2) : X(2, 2, 3), b ? X(2, 1, 3) : X(2, 3, 1));
        }

        foreach (bool flag in (bool[])[false, true])
        {
            yield return At(new Sort(flag), Distinct(2, 5));
            yield return At(new Sort(flag), Distinct(2, 0));
            yield return At(new Cumulative(flag, 1, false), Distinct(2, 5));
            yield return At(new Cumulative(flag, 0, true), Distinct(3, 2, 2));
            // With no zero, and with one, two and three zeros.
            yield return At(new Cumulative(flag, 1, flag), Distinct(4, 5)) with { Prepare = a => [WithZeros(a[0])] };
        }

        yield return At(new Softmax(false), X(2, 4));
        yield return At(new Softmax(true), X(2, 4));
        yield return At(new Softmax(true), X(3));
        yield return At(new SparseCrossEntropy(), X(3, 4), Positions(4, 3));
        yield return At(new CtcLoss(0), X(3, 7, 4), Positions(4, 3, 3), Operand.Between(0, 4, new([3]), DType.Int32), Operand.Between(6, 8, new([3]), DType.Int32));
        foreach (bool causal in (bool[])[false, true])
        {
            yield return At(new DotAttention(0.7, causal, false, false), X(2, 3, 2, 2), X(2, 4, 1, 2), X(2, 4, 1, 3));
            yield return At(new DotAttention(0.7, causal, true, true), X(1, 3, 2, 2), X(1, 4, 2, 2), X(1, 4, 2, 3), X(1, 2, 3, 1), new Operand(new([1, 1, 3, 4]), DType.Bool)) with { Prepare = a => [.. a[..^1], WithFirstKey(a[^1])] };
            yield return PrimitiveCases.AttentionBackward(default, new DotAttention(0.7, causal, true, false), [1, 3, 2, 4, 1, 2, 2], new([1, 1, 1, 4]), null, DType.Float64, ofLogits: true) with { Group = "DotAttentionBackward" };
        }
    }

    private static IEnumerable<PrimitiveCase> Control()
    {
        Operand index = Operand.Between(-1, 3, Shape.Scalar, DType.Int32);
        foreach (bool reverse in (bool[])[false, true])
        {
            yield return At(InnerGraphCases.Cell(DType.Float64, 4, reverse), X(2, 3), X(), X(4, 2, 3), X(3, 3));
            yield return At(InnerGraphCases.Cell(DType.Float64, 1, reverse), X(2, 3), X(), X(1, 2, 3), X(3, 3));
            yield return At(InnerGraphCases.Cell(DType.Float64, 0, reverse), X(2, 3), X(), X(0, 2, 3), X(3, 3));
        }

        yield return At(InnerGraphCases.Branches(DType.Float64), index, X(3), X(3));
        yield return At(InnerGraphCases.Doubling(DType.Float64, 9), Operand.Between(0.1, 0.2, new([2]), DType.Float64), Operand.Between(3, 4, Shape.Scalar, DType.Float64), X(2));
    }

    private static IEnumerable<PrimitiveCase> Windows()
    {
        foreach ((int[] input, int[] window, int filters, int groups, SlidingWindow moves) in new (int[], int[], int, int, SlidingWindow)[]
        {
            ([2, 5, 2], [3], 3, 1, new([2], [1], [1], [0])),
            ([1, 4, 5, 4], [2, 3], 2, 2, new([1, 2], [1, 1], [1, 0], [0, 2])),
            ([1, 5, 5, 1], [2, 2], 2, 1, new([1, 1], [2, 3], [0, 1], [1, 1])),
        })
        {
            IntList size = new(window), spatial = new(input.AsSpan()[1..^1]);
            Convolution forward = new(moves, groups);
            Operand x = Distinct(input), w = X([.. window, input[^1] / groups, filters]);
            Operand dy = new(forward.Infer([new(x.Shape, x.DType), new(w.Shape, w.DType)])[0].Shape, x.DType);
            yield return At(forward, x, w);
            yield return At(new ConvolutionBackwardInput(moves, groups, spatial), dy, w);
            yield return At(new ConvolutionBackwardFilter(moves, groups, size), x, dy);
            yield return At(new Pooling(true, moves, size), x);
            yield return At(new Pooling(false, moves, size), x);
            yield return At(new AveragePoolingBackward(moves, size, spatial), dy with { Shape = new Pooling(false, moves, size).Infer([new(x.Shape, x.DType)])[0].Shape });
        }
    }

    private static IEnumerable<PrimitiveCase> Matrices()
    {
        yield return At(new Cholesky(), X(3, 3));
        yield return At(new Cholesky(), X(2, 2, 2));
        yield return At(new CholeskyInverse(false), X(2, 3, 3));
        yield return At(new CholeskyInverse(true), X(3, 3));
        yield return At(new Eigh(), X(4, 4));
        yield return At(new Eigh(), X(2, 3, 3));
        yield return At(new Eig(), X(2, 3, 3)) with { Prepare = x => [(0.1 * x[0]) + PrimitiveOps.Convert(MatrixOps.DiagonalMatrix(Tensor.From([3.0, 1, -2])), DType.Float64)] };
        foreach (bool transpose in (bool[])[false, true])
        {
            yield return At(new LinearSolve(transpose), Distinct(3, 3), X(3, 2));
            yield return At(new TriangularSolve(true, transpose), Operand.Between(1, 2, new([2, 3, 3]), DType.Float64), X(2, 3, 1));
            yield return At(new TriangularSolve(false, transpose), Operand.Between(1, 2, new([3, 3]), DType.Float64), X(3, 2));
            yield return At(new TriangularSolve(false, transpose, UnitDiagonal: true), X(3, 3), X(3, 2));
            yield return At(new TriangularSolve(true, transpose, UnitDiagonal: true), X(3, 3), X(3, 2));
        }

        foreach (bool log in (bool[])[false, true])
        {
            yield return At(new Determinant(log), Distinct(3, 3));
            yield return At(new Determinant(log), Distinct(2, 2, 2));
        }

        // Singular, and so that even each minor of one is.
        yield return At(new Determinant(false), Operand.Between(1.5, 1.5, new([2, 2]), DType.Float64));
        yield return At(new Determinant(false), Operand.Between(0, 0, new([3, 3]), DType.Float64));
        foreach (int[] dims in (int[][])[[3, 3], [4, 2], [2, 4], [2, 3, 4]])
        {
            yield return At(new LuFactor(), Distinct(dims));
            yield return At(new Qr(false), Distinct(dims));
            if (dims[^2] <= dims[^1]) yield return At(new Qr(true), Distinct(dims));
            yield return At(new Svd(SvdKind.Values), Distinct(dims));
            yield return At(new Svd(SvdKind.Reduced), Distinct(dims));
            yield return At(new PseudoInverse(1e-9), Distinct(dims));
        }

        yield return At(new Svd(SvdKind.Full), Distinct(3, 3));
        // Where singular values coincide the pseudoinverse has a gradient still.
        yield return At(new PseudoInverse(1e-9), X(2, 2)) with { Prepare = _ => [Tensor.From(new double[,] { { 0, 2 }, { -2, 0 } })] };
        foreach (int n in (int[])[1, 2, 6, 7, 37])
        {
            yield return At(new Fft(false), X(2, n), X(2, n));
            yield return At(new Fft(true), X(n), X(n));
        }
    }
}
