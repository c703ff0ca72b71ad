using NKeras.Engine.Cpu;
using NKeras.Engine.Primitives;
using F = NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Tests.Primitives;

internal static partial class PrimitiveCases
{
    /// <summary>What the compiler makes of several nodes; random programs have tests of their own.</summary>
    private static IEnumerable<PrimitiveCase> Fused()
    {
        ElementwiseType f = ElementwiseType.Float32, b = ElementwiseType.Bool;
        // relu(x * y) and whether it is above y; the difference of squares; x scaled and shifted by rows.
        ElementwiseProgram two = new([f, f], [new Instruction(F.Multiply, 0, 1), new Instruction(F.Relu, 2), new Instruction(F.Greater, 3, 1)], [3, 4]);
        ElementwiseProgram squares = new([f, f], [new Instruction(F.Subtract, 0, 1), new Instruction(F.Square, 2)], [3]);
        ElementwiseProgram choice = new([b, f, f], [new Instruction(F.Select, 0, 1, 2)], [3]);
        foreach ((Shape left, Shape right) in s_broadcasts)
        {
            Operand x = new(left, DType.Float32, Fill.NonFinite), y = new(right, DType.Float32);
            yield return Close(Tolerance.Ulps(1), new FusedElementwise(two), x, y);
            yield return Exact(new FusedElementwise(choice), new Operand(right, DType.Bool), x, y);
            Shape result = Broadcasting.Result("test", [new(left, DType.Float32), new(right, DType.Float32)]);
            for (int axis = 0; axis < result.Rank; axis++)
                yield return Close(Tolerance.Ulps(64), new FusedReduce(squares, new Reduce(ReductionKind.Sum, [axis])), x, y);
        }

        foreach (int size in s_sizes) yield return Close(Tolerance.Ulps(1), new FusedElementwise(two), new Operand(new([size]), DType.Float32, Fill.Special), new Operand(new([size]), DType.Float32));
        ElementwiseProgram tail = new([f, f], [new Instruction(F.Add, 0, 1), new Instruction(F.Maximum, 2, 0)], [3]);
        foreach ((int m, int k, int n) in new[] { (2, 3, 5), (7, 17, 16), (17, 33, 49), (97, 31, 113) })
        {
            Operand x = new(new([m, k]), DType.Float32), w = new(new([k, n]), DType.Float32), bias = new(new([n]), DType.Float32), other = new(new([m, n]), DType.Float32);
            MatMul product = new(false, false);
            yield return Close(Tolerance.Accumulated(16), new FusedProduct(product, true, false, null), x, w, bias);
            yield return Close(Tolerance.Accumulated(16), new FusedProduct(product, true, true, null), x, w, bias);
            yield return Close(Tolerance.Accumulated(16), new FusedProduct(product, false, false, tail), x, w, other);
            yield return Close(Tolerance.Accumulated(16), new FusedProduct(product, true, false, tail), x, w, bias, other);
        }

        foreach (PrimitiveCase pooled in Pooled()) yield return pooled;
    }

    /// <summary>Convolutions of every kind, with one and three spatial axes among them, pooled over windows that move in several ways.</summary>
    private static IEnumerable<PrimitiveCase> Pooled()
    {
        foreach ((int[] input, int[] window, int filters, int groups, SlidingWindow moves) in s_convolutions)
        {
            int rank = window.Length;
            IntList ones = new([.. Enumerable.Repeat(1, rank)]), twos = new([.. Enumerable.Repeat(2, rank)]), zeros = new(new int[rank]);
            Operand x = new([Math.Min(input[0], 1) * 19, .. input[1..]], DType.Float32), w = new([.. window, input[^1] / groups, filters], DType.Float32);
            Operand bias = new([filters], DType.Float32);
            NKeras.Engine.Primitives.Convolution convolution = new(moves, groups);
            Pooling disjoint = new(true, new SlidingWindow(twos, ones, zeros, zeros), twos), mean = new(false, new SlidingWindow(ones, ones, ones, zeros), twos);
            foreach (bool isKept in new[] { false, true })
            {
                yield return Close(Tolerance.Accumulated(16), new PooledConvolution(new FusedProduct(convolution, true, true, null), disjoint, isKept), x, w, bias);
                yield return Close(Tolerance.Accumulated(16), new PooledConvolution(new FusedProduct(convolution, false, false, null), mean, isKept), x, w);
            }

            if (groups > 1) continue;
            Operand y = new(convolution.Infer([new(x.Shape, DType.Float32), new(w.Shape, DType.Float32)])[0].Shape, DType.Float32);
            foreach (Pooling pooling in new[] { disjoint, mean with { Max = true } })
            {
                Operand pooled = new(pooling.Infer([new(y.Shape, DType.Float32)])[0].Shape, DType.Float32);
                PooledFilterGradient gradient = new(
                    new ConvolutionBackwardFilter(moves, groups, new IntList(window)), new MaxPoolingBackward(pooling.Window, pooling.WindowDims));
                yield return Close(Tolerance.Accumulated(16), gradient, x, pooled, y, pooled) with { Prepare = a => [a[0], a[1], a[2], Evaluate(pooling, a[2])] };
            }
        }
    }
}
