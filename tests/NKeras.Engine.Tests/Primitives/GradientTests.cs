using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using NKeras.Engine.Runtime;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Tests.Primitives;

/// <summary>Gradient rules against central differences of the reference kernels, in double precision.</summary>
public sealed class GradientTests
{
    public static TheoryData<string> Names => [.. GradientCases.All.Select(c => c.Group).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void GradientAgreesWithDifferences(string name)
    {
        foreach (PrimitiveCase test in GradientCases.All.Where(c => c.Group == name)) Check(test.ToString(), test.Inputs, x => Joined(Results(test.Primitive, x)));
    }

    [Theory]
    [InlineData(ElementwiseFunction.Tanh)]
    [InlineData(ElementwiseFunction.Sigmoid)]
    [InlineData(ElementwiseFunction.Exp)]
    [InlineData(ElementwiseFunction.Sqrt)]
    [InlineData(ElementwiseFunction.Rsqrt)]
    [InlineData(ElementwiseFunction.Log)]
    [InlineData(ElementwiseFunction.Erf)]
    [InlineData(ElementwiseFunction.Softplus)]
    public void SecondDerivativeOfFunctionAgreesWithDifferences(ElementwiseFunction function) =>
        Check($"second derivative of {function}", [Operand.Between(0.4, 2, new([5]), DType.Float64).Make(new Random(3))], x => GradientOf(Unary(function, x[0]), x[0]));

    [Fact]
    public void FurtherDerivativesOfTheGammaFunctionAgreeWithDifferences()
    {
        Tensor x = Tensor.From([0.4, 1.3, 5, 20]);
        for (int n = 0; n < 4; n++) Check($"derivative {n} of digamma", [x], a => Binary(ElementwiseFunction.Polygamma, ScalarLike(a[0], n), a[0]));
        Tensor negative = Tensor.From([-0.3, -2.6]);
        for (int n = 0; n < 4; n++) Check($"derivative {n} of digamma below zero", [negative], a => Binary(ElementwiseFunction.Polygamma, ScalarLike(a[0], n), a[0]));
    }

    [Fact]
    public void TheIncompleteGammaFunctionHasGradientsOnBothSides()
    {
        Check("series", [Tensor.From([0.1, 0.9, 3, 40]), Tensor.From([0.02, 1.0, 2.5, 35])], a => Binary(ElementwiseFunction.Gammainc, a[0], a[1]));
        Check("fraction", [Tensor.From([0.1, 0.9, 3, 40]), Tensor.From([1.2, 3, 5.5, 60])], a => Binary(ElementwiseFunction.Gammainc, a[0], a[1]));
        Check("uniform", [Tensor.From([2e5, 2e5]), Tensor.From([2e5, 1.99e5])], a => Binary(ElementwiseFunction.Gammainc, a[0], a[1]));
        Tensor x = Tensor.From([2.0]);
        Assert.Throws<InvalidOperationException>(() => Pullback([x], a => Binary(ElementwiseFunction.GammaincSlope, a[0], a[0]), 1));
    }

    [Fact]
    public void SecondDerivativesOfStructuredPrimitivesAgreeWithDifferences()
    {
        Tensor x = new Operand(new([2, 4]), DType.Float64).Make(new Random(5)), w = new Operand(new([4, 3]), DType.Float64).Make(new Random(6));
        Check("softmax", [x], a => GradientOf(new Softmax(false).Apply(a[0]), a[0]));
        Check("log-softmax", [x], a => GradientOf(new Softmax(true).Apply(a[0]), a[0]));
        Check("matmul", [x, w], a => GradientOf(MatMul(a[0], a[1]), a[0]));
        Check("power", [Unary(ElementwiseFunction.Exp, x)], a => GradientOf(Binary(ElementwiseFunction.Power, a[0], ScalarLike(x, 3)), a[0]));
        Check("cross-entropy", [x], a => GradientOf(new SparseCrossEntropy().ApplyAll(a[0], Tensor.From([1, 3]))[0], a[0]));
        Check("attention", [Reshape(x, new([1, 4, 1, 2])), Reshape(w, new([1, 6, 1, 2]))], a => GradientOf(new DotAttention(1, true, false, false).ApplyAll(a[0], a[1], a[1])[0], a[1]));
        Check("product", [x], a => GradientOf(new Reduce(ReductionKind.Product, [1]).Apply(a[0]), a[0]));
    }

    [Fact]
    public void HigherDerivativesOfPoolingsAgreeWithDifferences()
    {
        Tensor x = new Operand(new([1, 5, 4, 2]), DType.Float64, Fill.Distinct).Make(new Random(7));
        SlidingWindow moves = new([2, 1], [1, 1], [0, 1], [1, 0]);
        foreach (bool max in (bool[])[true, false])
        {
            Tensor Pool(Tensor a) => new Pooling(max, moves, [2, 3]).Apply(a);
            Check("second", [x], a => GradientOf(Pool(a[0]), a[0]));
            Check("third", [x], a => GradientOf(GradientOf(Pool(a[0]), a[0]), a[0]));
        }

        // The derivative along a direction, by differentiating the gradient with respect to what it is weighted with.
        Check("along", [x, Tensor.From(x.ToArray<double>().Reverse().ToArray(), x.Shape)], a =>
        {
            Tensor y = new Pooling(true, moves, [2, 3]).Apply(StopGradient(a[0]));
            return new MaxPoolingTake(moves, [2, 3]).Apply(a[1], StopGradient(a[0]), y);
        });
    }

    [Fact]
    public void EqualExtremesShareTheGradient()
    {
        Tensor x = Tensor.From([3.0, 1, 3, 2]);
        Assert.Equal([0.5, 0, 0.5, 0], Pullback([x], a => new Reduce(ReductionKind.Max, [0]).Apply(a[0]), 1)[0]!.ToArray<double>());
        Assert.Equal([0.5], Pullback([Tensor.From([2.0]), Tensor.From([2.0])], a => Binary(ElementwiseFunction.Maximum, a[0], a[1]), 1)[0]!.ToArray<double>());
    }

    [Fact]
    public void ProductWithZerosHasTheProductOfTheOthersAsGradient()
    {
        Tensor Gradient(params double[] x) => Pullback([Tensor.From(x)], a => new Reduce(ReductionKind.Product, [0]).Apply(a[0]), 1)[0]!;
        Assert.Equal([12.0, 8, 6], Gradient(2, 3, 4).ToArray<double>());
        Assert.Equal([0.0, 8, 0], Gradient(2, 0, 4).ToArray<double>());
        Assert.Equal([0.0, 0, 0], Gradient(2, 0, 0).ToArray<double>());
    }

    [Fact]
    public void ReluIsFlatAtZeroAndPassesNothingBackForNegatives() =>
        Assert.Equal([0.0, 0, 1], Pullback([Tensor.From([-1.0, 0, 2])], a => Unary(ElementwiseFunction.Relu, a[0]), 1)[0]!.ToArray<double>());

    [Fact]
    public void NothingFlowsWhereThereIsNoGradient()
    {
        Tensor x = Tensor.From([1.0, 2]);
        Assert.Null(Pullback([x], a => new StopGradient().Apply(a[0]), 1)[0]);
        Assert.Null(Pullback([x], a => Unary(ElementwiseFunction.Floor, a[0]), 1)[0]);
        Assert.Null(Pullback([x], a => Convert(new ArgReduce(true, 0).Apply(a[0]), DType.Float64), 1)[0]);
        Assert.Null(Pullback([x], a => Convert(Convert(a[0], DType.Int32), DType.Float64), 1)[0]);
    }

    [Fact]
    public void UsesOfOneValueAddUp()
    {
        Tensor x = Tensor.From([3.0]);
        Assert.Equal([7.0], Pullback([x], a => a[0] * a[0] + a[0], 1)[0]!.ToArray<double>());
    }

    [Fact]
    public void GradientKeepsTheTypeOfItsInput()
    {
        Tensor x = Tensor.From([1f, 2f]);
        Tensor gradient = Pullback([x], a => Convert(a[0], DType.Float64), 1)[0]!;
        Assert.Equal(DType.Float32, gradient.DType);
        Assert.Equal([1f, 1f], gradient.ToArray<float>());
    }

    /// <summary>The results that have a gradient.</summary>
    private static Tensor[] Results(Primitive primitive, Tensor[] x)
    {
        Tensor[] results = primitive.ApplyAll(Fitting(primitive, x));
        return primitive is DotAttention ? results[..1] : results;
    }

    /// <summary>All results as one vector.</summary>
    private static Tensor Joined(Tensor[] results)
    {
        Tensor[] floating = [.. results.Where(r => r.DType.IsFloating)];
        return floating is [Tensor only] ? only : new Concatenate(0).Apply([.. floating.Select(r => Reshape(r, new Shape([r.Shape.Size])))]);
    }

    /// <summary>Symmetric positive definite or triangular matrices for what takes only such ones.</summary>
    private static Tensor[] Fitting(Primitive primitive, Tensor[] x) => primitive switch
    {
        Cholesky or Eigh => [0.5 * (x[0] + MatrixOps.T(x[0])) + 5 * MatrixOps.Identity(x[0], x[0].Shape.Dims[^1])],
        CholeskyInverse { Upper: var upper } => [upper ? MatrixOps.Upper(Shifted(x[0])) : MatrixOps.Lower(Shifted(x[0]))],
        _ => x,
    };

    private static Tensor Shifted(Tensor x) => x + 3 * MatrixOps.Identity(x, x.Shape.Dims[^1]);

    /// <summary>The gradient of the sum of squares, so that a second derivative does not vanish for linear functions.</summary>
    private static Tensor GradientOf(Tensor y, Tensor x)
    {
        int[] axes = [.. Enumerable.Range(0, y.Rank)];
        return Differentiation.Gradients(Sum(y * y, axes), [x])[0];
    }

    private static Tensor StopGradient(Tensor x) => new StopGradient().Apply(x);

    private static Tensor?[] Pullback(Tensor[] inputs, Func<Tensor[], Tensor> function, double cotangent)
    {
        bool[] flows = [];
        Graph graph = Trace.Function([.. inputs.Select(x => x.Spec)], a =>
        {
            Tensor y = function(a);
            Tensor?[] gradients = Differentiation.Pullback([y], [Filled(y.Spec, cotangent)], a);
            flows = [.. gradients.Select(g => g != null)];
            return [.. gradients.OfType<Tensor>()];
        });
        Queue<Tensor> results = new(new ReferenceBackend().Compile(graph).Run(inputs));
        return [.. flows.Select(f => f ? results.Dequeue() : null)];
    }

    private static void Check(string name, Tensor[] inputs, Func<Tensor[], Tensor> function)
    {
        TensorSpec[] specs = [.. inputs.Select(x => x.Spec)];
        Executable forward = new ReferenceBackend().Compile(Trace.Function(specs, a => [function(a)]));
        Tensor weights = new Operand(forward.OutputSpecs[0].Shape, DType.Float64).Make(new Random(11));
        double Weighted(Tensor[] at) => forward.Run(at)[0].ToArray<double>().Zip(weights.ToArray<double>(), (a, b) => a * b).Sum();

        int[] floating = [.. Enumerable.Range(0, inputs.Length).Where(i => inputs[i].DType.IsFloating)];
        Graph graph = Trace.Function(specs, a =>
            [.. Differentiation.Pullback([function(a)], [weights], [.. floating.Select(i => a[i])]).Select((g, i) => g ?? Filled(specs[floating[i]], 0))]);
        Tensor[] gradients = new ReferenceBackend().Compile(graph).Run(inputs);
        for (int k = 0; k < floating.Length; k++)
        {
            double[] x = inputs[floating[k]].ToArray<double>(), gradient = gradients[k].ToArray<double>();
            for (int i = 0; i < x.Length; i++)
            {
                const double Step = 1e-5;
                double Shifted(double by)
                {
                    Tensor[] moved = [.. inputs];
                    double[] values = [.. x];
                    values[i] += by;
                    moved[floating[k]] = Tensor.From(values, inputs[floating[k]].Shape);
                    return Weighted(moved);
                }

                double difference = (Shifted(Step) - Shifted(-Step)) / (2 * Step);
                Assert.True(
                    Math.Abs(difference - gradient[i]) <= 1e-7 * (1 + Math.Abs(difference)),
                    $"{name}: the gradient of element {i} of input {floating[k]} is {gradient[i]:R}, differences give {difference:R}.");
            }
        }
    }
}
