using NKeras.Engine.Compiler;
using NKeras.Engine.Cpu;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using NKeras.Engine.Runtime;
using static NKeras.Engine.Primitives.PrimitiveOps;
using static NKeras.Engine.Tests.Compiler.Passes;
using F = NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Tests.Compiler;

/// <summary>What is fused into one kernel, and that it computes the same, by the plain kernels and by the fast ones.</summary>
public sealed class FusionTests
{
    private static readonly SlidingWindow s_window = new([1, 1], [1, 1], [1, 1], [1, 1]);
    private static readonly SlidingWindow s_halves = new([2, 2], [1, 1], [0, 0], [0, 0]);

    private static readonly Dictionary<string, (string Left, TensorSpec[] Inputs, Func<Tensor[], Tensor[]> Function)> s_cases = new()
    {
        ["bias"] = ("MatMul+Bias", [Float(7, 5), Float(5, 33), Float(33)], a => [MatMul(a[0], a[1]) + a[2]]),
        ["bias that is a row"] = ("Reshape MatMul+Bias", [Float(7, 5), Float(5, 33), Float(1, 33)], a => [a[2] + MatMul(a[0], a[1])]),
        ["bias and relu"] = ("MatMul+Bias+Relu", [Float(7, 5), Float(5, 33), Float(33)], a => [Unary(F.Relu, MatMul(a[0], a[1]) + a[2])]),
        ["relu"] = ("MatMul+Relu", [Float(7, 5), Float(5, 33)], a => [Unary(F.Relu, MatMul(a[0], a[1]))]),
        ["batches"] = ("MatMul+Bias+Relu", [Float(3, 7, 5), Float(3, 5, 33), Float(33)], a => [Unary(F.Relu, MatMul(a[0], a[1]) + a[2])]),
        ["product read twice"] = ("MatMul+Tail", [Float(7, 5), Float(5, 33), Float(33)], a => [MatMul(a[0], a[1]) + a[2], MatMul(a[0], a[1])]),
        ["product read before its tail"] = ("MatMul ReduceMax FusedElementwise", [Float(7, 5), Float(5, 33)], a => Centred(MatMul(a[0], a[1]))),
        ["column is no bias"] = ("MatMul+Tail", [Float(7, 5), Float(5, 33), Float(7, 1)], a => [MatMul(a[0], a[1]) + a[2]]),
        ["tail with two results"] = ("MatMul+Bias+Tail", [Float(7, 5), Float(5, 33), Float(33)], a => Gelu(MatMul(a[0], a[1]) + a[2])),
        ["tail with operands of every kind"] =
            ("FusedElementwise MatMul+Tail", [Float(2, 7, 5), Float(2, 5, 33), Float(2, 7, 33), Float(33), Float(2, 7, 1), Float(), new(new Shape([2, 7, 33]), DType.Bool)],
            a => [Where(a[6], MatMul(a[0], a[1]) * a[2] + a[3], a[4] * a[5])]),
        ["tail whose first result is boolean"] = ("MatMul+Tail", [Float(7, 5), Float(5, 33)], a => Mask(MatMul(a[0], a[1]))),
        ["operand of another batch is none of a tail"] =
            ("MatMul FusedElementwise", [Float(2, 7, 5), Float(2, 5, 33), Float(7, 33)], a => [Unary(F.Exp, MatMul(a[0], a[1])) + a[2]]),
        ["convolution"] = ("Convolution+Bias+Relu", [Float(2, 6, 5, 3), Float(3, 3, 3, 8), Float(8)], a => [Unary(F.Relu, Convolve(a) + a[2])]),
        ["convolution with a tail"] =
            ("Convolution+Bias+Tail", [Float(2, 6, 5, 3), Float(3, 3, 3, 40), Float(40), Float(2, 6, 5, 40), Float(2, 6, 5, 1)],
            a => [Unary(F.Tanh, Convolve(a) + a[2]) + a[3] * a[4]]),
        ["convolution to few channels has no tail"] = ("Convolution+Bias FusedElementwise", [Float(2, 6, 5, 3), Float(3, 3, 3, 8), Float(8)], a => [Unary(F.Tanh, Convolve(a) + a[2])]),
        ["pooled convolution"] =
            ("Convolution+Bias+Relu+MaxPooling", [Float(8, 6, 5, 3), Float(3, 3, 3, 8), Float(8)], a => [Pool(Unary(F.Relu, Convolve(a) + a[2]))]),
        ["pooled convolution that is read twice"] =
            ("Convolution+MaxPooling ReduceSum", [Float(8, 6, 5, 3), Float(3, 3, 3, 8)], a => [Sum(Convolve(a), 1, 2), Pool(Convolve(a))]),
        ["pooled convolution of few images"] = ("Convolution MaxPooling", [Float(2, 6, 5, 3), Float(3, 3, 3, 8)], a => [Pool(Convolve(a))]),
        ["filter's gradient under a pooling"] =
            ("MaxPooling MaxPoolingBackward+ConvolutionBackwardFilter", [Float(8, 6, 5, 3), Float(8, 3, 2, 8), Float(8, 6, 5, 8)], a =>
            [
                new ConvolutionBackwardFilter(s_window, 1, [3, 3]).Apply(
                    a[0], new MaxPoolingBackward(s_halves, [2, 2]).Apply(a[1], a[2], Pool(a[2]))),
            ]),
        ["chain"] = ("FusedElementwise", [Float(6, 5), Float(5), Float(6, 1)], a => [Unary(F.Tanh, a[0] * a[1] + a[2]) - 2.0]),
        ["several results"] = ("FusedElementwise", [Float(6, 5), Float(5)], a => Gelu(a[0] + a[1])),
        ["siblings"] = ("FusedElementwise", [Float(6, 5), Float(5)], a => [a[0] + a[1], a[0] * 2.0]),
        ["scalars"] = ("FusedElementwise", [Float(), Float(), Float()], a => [a[0] + 1.0, a[1] * a[2]]),
        ["number whose shape the result has"] = ("Divide", [Float()], a => [Binary(F.Divide, Passes.Random(Float(1), 1), a[0])]),
        ["conversions"] =
            ("FusedElementwise FusedElementwise", [new(new Shape([6, 5]), DType.Bool), new(new Shape([6, 5]), DType.Int32), Float(6, 5)],
            a => [Convert(a[0], DType.Float32) * Convert(a[1], DType.Float32), Convert(a[2], DType.Bool)]),
        ["integers compared with small constants"] =
            ("FusedElementwise", [new(new Shape([6, 5]), DType.Int32), Float(6, 5)], a => [Where(Binary(F.Greater, a[0], ScalarLike(a[0], 2)), a[1], ScalarLike(a[1], 0))]),
        ["integers compared with each other"] =
            ("Greater FusedElementwise", [new(new Shape([6, 5]), DType.Int32), new(new Shape([6, 5]), DType.Int32), Float(6, 5)], a => [Where(Binary(F.Greater, a[0], a[1]), a[2], ScalarLike(a[2], 0))]),
        ["way out of a cluster and back"] =
            ("FusedElementwise ReduceSum FusedElementwise", [Float(6, 5)], a => Normalised(Unary(F.Exp, a[0]))),
        ["reduction"] = ("FusedReduceSum", [Float(6, 5), Float(5)], a => [Sum(Unary(F.Square, a[0] - a[1]), 0, 1)]),
        ["reduction of a result that is kept"] = ("FusedElementwise ReduceMax", [Float(6, 5)], a => Reduced(Unary(F.Exp, a[0]))),
        ["reduction of what can be computed again"] =
            ("FusedElementwise FusedReduceSum", [Float(6, 5), Float(6, 1)], a => Variance(a[0] - a[1])),
        ["reduction of booleans"] = ("FusedReduceAny", [Float(6, 5)], a => [new Reduce(ReductionKind.Any, [1]).Apply(Unary(F.IsNan, a[0]))]),
        ["reduction of broadcast operands"] = ("FusedReduceMax", [Float(6, 1), Float(5)], a => [new Reduce(ReductionKind.Max, [0]).Apply(a[0] * a[1])]),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Leaves(string name)
    {
        (string left, TensorSpec[] specs, var function) = s_cases[name];
        Graph graph = Graphs.Trace.Function(specs, function), optimised = GraphOptimizer.Optimize(graph);
        Assert.Equal(left, Names(optimised));
        Checked(graph, optimised, awkward: false);

        Executable reference = new ReferenceBackend().Compile(graph), cpu = new CpuBackend().Compile(graph);
        Tensor[] inputs = [.. specs.Select((s, i) => Passes.Random(s, i))];
        Tensor[] expected = reference.Run(inputs), actual = cpu.Run(inputs);
        for (int i = 0; i < expected.Length; i++) Same(expected[i], actual[i], 1e-3, signsOfZeros: false);
    }

    [Fact]
    public void LongChainsAreCut()
    {
        Graph graph = Trace([Float(6, 5), Float(6, 5)], a =>
        {
            Tensor x = a[0];
            for (int i = 0; i < 50; i++) x = Unary(F.Sin, x * a[1]);
            return x;
        });
        Assert.Equal("FusedElementwise FusedElementwise", Names(Checked(graph, GraphOptimizer.Optimize(graph), awkward: false)));
    }

    [Fact]
    public void LoopsWithManyOperandsAreCut()
    {
        Graph graph = Trace([.. Enumerable.Repeat(Float(6, 5), 60)], a => a.Aggregate((x, y) => x + y));
        Graph optimised = Checked(graph, GraphOptimizer.Optimize(graph), awkward: false);
        Assert.All(optimised.Nodes, n => Assert.True(n.Inputs.Length + n.Outputs.Length <= 24));
        Assert.Equal(3, optimised.Nodes.Count);
    }

    [Fact]
    public void StateIsWrittenInPlaceAfterItsOtherReaders()
    {
        StateCell w = new(Passes.Random(Float(5, 5), 1));
        Tensor x = Passes.Random(Float(6, 5), 2);
        Graph graph = Graphs.Trace.Function([x.Spec], a =>
        {
            Tensor old = w.Value;
            w.Assign(0.5 * old + 1.0);
            return [MatMul(a[0], old)];
        });
        Assert.Equal("MatMul FusedElementwise", Names(GraphOptimizer.Optimize(graph)));
        Assert.DoesNotContain(ExecutionPlan.Create(GraphOptimizer.Optimize(graph)).Kernels, k => k is CopyKernel);
        Tensor expected = new ReferenceBackend().Compile(Graphs.Trace.Function([x.Spec], a => [MatMul(a[0], w.Snapshot)])).Run(x)[0];
        Same(expected, new CpuBackend().Compile(graph).Run(x)[0], 1e-5);
    }

    [Fact]
    public void StateOfTwoCellsIsSwappedInOneLoop()
    {
        StateCell a = new(Passes.Random(Float(300, 170), 1)), b = new(Passes.Random(Float(300, 170), 2));
        Tensor oldA = a.Value, oldB = b.Value;
        Executable run = new CpuBackend().Compile(Graphs.Trace.Function([], _ =>
        {
            Tensor x = a.Value, y = b.Value;
            a.Assign(y + 1.0);
            b.Assign(x + 1.0);
            return [];
        }));
        run.Run();
        Same(oldB + 1.0, a.Value, 1e-6);
        Same(oldA + 1.0, b.Value, 1e-6);
    }

    private static Tensor Pool(Tensor x) => new Pooling(true, s_halves, [2, 2]).Apply(x);

    private static Tensor Convolve(Tensor[] a) => new NKeras.Engine.Primitives.Convolution(s_window, 1).Apply(a[0], a[1]);

    private static Tensor[] Gelu(Tensor x) => [x * (0.5 * (Unary(F.Erf, 0.70710678 * x) + 1.0)), x];

    private static Tensor[] Mask(Tensor x) => [Binary(F.Greater, x, ScalarLike(x, 0)), Unary(F.Exp, x)];

    private static Tensor[] Variance(Tensor centred) => [centred, Sum(centred * centred, 1)];

    private static Tensor[] Centred(Tensor x) => [x - new Reduce(ReductionKind.Max, [0]).Apply(x)];

    private static Tensor[] Normalised(Tensor x) => [Divide(x, Sum(x, 0))];

    private static Tensor[] Reduced(Tensor x) => [x, new Reduce(ReductionKind.Max, [1]).Apply(x)];
}
