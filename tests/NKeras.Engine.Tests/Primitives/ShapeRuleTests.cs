using NKeras.Engine.Primitives;

namespace NKeras.Engine.Tests.Primitives;

/// <summary>Shape rules against plain loops, on random shapes.</summary>
public sealed class ShapeRuleTests
{
    private const int Rounds = 2_000;

    [Fact]
    public void BroadcastShapesFollowNumPy()
    {
        Random random = new(1);
        for (int round = 0; round < Rounds; round++)
        {
            int[] a = RandomDims(random, 4), b = RandomDims(random, 4);
            int rank = Math.Max(a.Length, b.Length);
            int[] left = [.. Enumerable.Repeat(1, rank - a.Length), .. a], right = [.. Enumerable.Repeat(1, rank - b.Length), .. b];
            bool fits = Enumerable.Range(0, rank).All(i => left[i] == right[i] || left[i] == 1 || right[i] == 1);
            TensorSpec[] specs = [Float(a), Float(b)];
            if (!fits)
            {
                Assert.Throws<ArgumentException>(() => new Elementwise(ElementwiseFunction.Add).Infer(specs));
                continue;
            }

            Shape expected = new([.. Enumerable.Range(0, rank).Select(i => left[i] == 1 ? right[i] : left[i])]);
            Assert.Equal(expected, new Elementwise(ElementwiseFunction.Add).Infer(specs)[0].Shape);
            Assert.Equal(expected, new BroadcastTo(new IntList(expected.Dims)).Infer([Float(a)])[0].Shape);
        }
    }

    [Fact]
    public void ReshapeKeepsTheSizeOrRefuses()
    {
        Random random = new(2);
        for (int round = 0; round < Rounds; round++)
        {
            int[] from = RandomDims(random, 4), to = RandomDims(random, 4);
            int open = random.Next(3) == 0 && to.Length > 0 ? random.Next(to.Length) : -1;
            int size = Product(from), rest = Product(to.Where((_, i) => i != open));
            bool fits = open < 0 ? size == rest : rest != 0 && size % rest == 0;
            if (open >= 0) to[open] = Shape.Unknown;
            Reshape reshape = new(new IntList(to));
            if (!fits)
            {
                Assert.Throws<ArgumentException>(() => reshape.Infer([Float(from)]));
                continue;
            }

            if (open >= 0) to[open] = size / rest;
            Assert.Equal(new Shape(to), reshape.Infer([Float(from)])[0].Shape);
        }
    }

    [Fact]
    public void SliceCountsTheElementsOfALoop()
    {
        Random random = new(3);
        for (int round = 0; round < Rounds; round++)
        {
            int length = random.Next(0, 9), start = random.Next(0, length + 1), stop = random.Next(start, length + 1), step = random.Next(1, 5);
            int count = 0;
            for (int i = start; i < stop; i += step) count++;
            Slice slice = new([start], [stop], [step]);
            Assert.Equal(new Shape([count]), slice.Infer([Float(length)])[0].Shape);
            Assert.Throws<ArgumentException>(() => new Slice([start], [length + 1], [step]).Infer([Float(length)]));
        }
    }

    [Fact]
    public void PadAndTransposeAndConcatenateAddUp()
    {
        Random random = new(4);
        for (int round = 0; round < Rounds; round++)
        {
            int[] dims = RandomDims(random, 4);
            int[] before = Widths(), after = Widths(), between = Widths();
            int[] padded = [.. dims.Select((d, i) => before[i] + after[i] + d + (Math.Max(0, d - 1) * between[i]))];
            Assert.Equal(new Shape(padded), new Pad(new IntList(before), new IntList(after), new IntList(between)).Infer([Float(dims), Float()])[0].Shape);

            int[] permutation = [.. Enumerable.Range(0, dims.Length)];
            random.Shuffle(permutation);
            Assert.Equal(new Shape([.. permutation.Select(p => dims[p])]), new Transpose(new IntList(permutation)).Infer([Float(dims)])[0].Shape);
            if (dims.Length == 0) continue;

            int axis = random.Next(dims.Length);
            int[][] parts = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => dims.Select((d, i) => i == axis ? random.Next(4) : d).ToArray())];
            int[] joined = [.. dims];
            joined[axis] = parts.Sum(p => p[axis]);
            Assert.Equal(new Shape(joined), new Concatenate(axis).Infer([.. parts.Select(p => Float(p))])[0].Shape);

            int[] Widths() => [.. dims.Select(_ => random.Next(3))];
        }
    }

    /// <summary>Every case of the table with each combination of one or two dimensions hidden.</summary>
    [Fact]
    public void ShapesInferredFromUnknownDimensionsFitTheKnownOnes()
    {
        foreach (IGrouping<string, PrimitiveCase> similar in PrimitiveCases.All.Concat(GradientCases.All).GroupBy(c => $"{c.Primitive} {string.Join(", ", c.Operands.Select(o => o.Shape))}"))
        {
            PrimitiveCase test = similar.First();
            TensorSpec[] known = [.. test.Operands.Select(o => new TensorSpec(o.Shape, o.DType))];
            TensorSpec[] expected = test.Primitive.Infer(known);
            (int Operand, int Axis)[] dims = [.. known.SelectMany((s, k) => Enumerable.Range(0, s.Shape.Rank).Select(axis => (k, axis)))];
            for (int i = 0; i < dims.Length; i++)
            {
                for (int j = i; j < dims.Length; j++)
                {
                    if (test.Primitive is RandomBits or RandomSample<double> or RandomSample<long> or RandomPermutation or RandomCategorical or FusedElementwise or FusedReduce or FusedProduct or PooledConvolution or PooledFilterGradient) continue; // A key has a fixed shape; the compiler knows all dimensions.
                    TensorSpec[] hidden = [.. known];
                    foreach ((int operand, int axis) in new[] { dims[i], dims[j] })
                        hidden[operand] = hidden[operand] with { Shape = hidden[operand].Shape.With(axis, Shape.Unknown) };
                    TensorSpec[] inferred = test.Primitive.Infer(hidden);
                    for (int k = 0; k < expected.Length; k++)
                    {
                        Assert.Equal(expected[k].DType, inferred[k].DType);
                        Assert.True(
                            inferred[k].Shape.IsCompatibleWith(expected[k].Shape),
                            $"{test.Primitive} of {string.Join(", ", hidden)} is inferred as {inferred[k]}, but of {string.Join(", ", known)} it is {expected[k]}.");
                    }
                }
            }
        }
    }

    [Fact]
    public void ShapesThatDoNotFitAreRefusedByName()
    {
        void Refused(Primitive primitive, params TensorSpec[] inputs) =>
            Assert.Contains(primitive.Name, Assert.Throws<ArgumentException>(() => primitive.Infer(inputs)).Message);

        TensorSpec ints = new(new([2]), DType.Int32);
        Refused(new Elementwise(ElementwiseFunction.Add), Float(2), Float(3));
        Refused(new Elementwise(ElementwiseFunction.Add), Float(2), ints);
        Refused(new Elementwise(ElementwiseFunction.Add), Float(2));
        Refused(new Elementwise(ElementwiseFunction.Select), Float(2), Float(2), Float(2));
        Refused(new Reshape([4]), Float(3));
        Refused(new Reshape([-1, -1]), Float(4));
        Refused(new Transpose([0, 0]), Float(2, 3));
        Refused(new Transpose([0]), Float(2, 3));
        Refused(new BroadcastTo([4]), Float(3));
        Refused(new BroadcastTo([3]), Float(2, 3));
        Refused(new Slice([0], [4], [1]), Float(3));
        Refused(new Slice([0], [1], [0]), Float(3));
        Refused(new Pad([-1], [0], [0]), Float(3), Float());
        Refused(new Pad([1], [0], [0]), Float(3), Float(1));
        Refused(new Concatenate(0));
        Refused(new Concatenate(0), Float(2, 3), Float(2, 4));
        Refused(new Concatenate(0), Float(2, Shape.Unknown), Float(2, 3), Float(2, 4));
        Refused(new Gather(0), Float(3), Float(2));
        Refused(new ScatterAdd(0, 3), ints, Float(3));
        Refused(new Reduce(ReductionKind.Sum, [1]), Float(3));
        Refused(new Reduce(ReductionKind.Any, [0]), Float(3));
        Refused(new ArgReduce(true, 0), Float(0));
        Refused(new MatMul(false, false), Float(2, 3), Float(2, 3));
        Refused(new MatMul(false, false), Float(3), Float(3));
        Refused(new MatMul(false, false), Float(2, 2, 3), Float(3, 3, 2));
        Refused(new Softmax(false), Float());
        Refused(new Softmax(true), ints);
        Refused(new SparseCrossEntropy(), Float(3, 2), ints);
        Refused(new SparseCrossEntropy(), new TensorSpec(new([2, 3]), DType.Int32), ints);
        Refused(new RandomBits([3]), ints);
        TensorSpec key = new(new([2]), DType.UInt32), number = new(Shape.Scalar, DType.Float64);
        Refused(new RandomGamma([3], false), key);
        Refused(new RandomGamma([3], false), ints, number);
        Refused(new RandomGamma([3], false), key, new(new([2]), DType.Float64));
        Refused(new RandomGamma([3], false), key, Float());
        Refused(new RandomBinomial([3]), key, number);
        Refused(new RandomIntegers([3]), key, number, number);
        Refused(new RandomPermutation(3), ints);
        Refused(new RandomCategorical(3), key, Float(2, 3));
        Refused(new RandomCategorical(3), key, new(new([3]), DType.Float64));
    }

    private static TensorSpec Float(params int[] dims) => new(new Shape(dims), DType.Float32);

    private static int[] RandomDims(Random random, int maximalRank) => [.. Enumerable.Range(0, random.Next(maximalRank + 1)).Select(_ => random.Next(4))];

    private static int Product(IEnumerable<int> dims) => dims.Aggregate(1, (a, b) => a * b);
}
