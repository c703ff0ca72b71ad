using NKeras.Engine.Compiler;
using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras.Engine.Tests.Compiler;

/// <summary>What the tests of the passes share: tracing a function, naming the nodes that are left, and comparing results.</summary>
internal static class Passes
{
    public static readonly float[] Awkward =
        [0f, -0f, 1f, -1f, 0.5f, 2.5f, -3.25f, 1e-30f, -1e-30f, 1e30f, float.Epsilon, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 100f, -7f];

    public static TensorSpec Float(params int[] dims) => new(new Shape(dims), DType.Float32);

    public static Graph Trace(TensorSpec[] inputs, Func<Tensor[], Tensor> function) => Graphs.Trace.Function(inputs, a => [function(a)]);

    /// <summary>The names of a graph's primitives, in order.</summary>
    public static string Names(Graph graph) => string.Join(" ", graph.Nodes.Select(n => n.Primitive.Name));

    /// <summary>A tensor of ordinary or awkward numbers, the same for the same seed.</summary>
    public static Tensor Random(TensorSpec spec, int seed, bool awkward = false)
    {
        Random random = new(seed);
        ConcreteTensor result = ConcreteTensor.Allocate(spec);
        ElementView view = ElementView.Of(result);
        for (int i = 0; i < view.Size; i++)
        {
            if (spec.DType == DType.Bool) view.SetLong(i, random.Next(2));
            else if (!spec.DType.IsFloating) view.SetLong(i, random.Next(5));
            else view.SetDouble(i, awkward ? Awkward[random.Next(Awkward.Length)] : (random.NextDouble() * 4) - 2);
        }

        return result;
    }

    /// <summary>Simplifies a graph and checks that it computes the same.</summary>
    public static Graph Simplified(Graph graph, bool signsOfZeros = true) => Checked(graph, GraphOptimizer.Simplify(graph), awkward: true, signsOfZeros);

    /// <summary>Checks with the plain kernels that two graphs compute the same.</summary>
    public static Graph Checked(Graph before, Graph after, bool awkward, bool signsOfZeros = true, double tolerance = 1e-6)
    {
        ReferenceBackend backend = new();
        for (int seed = 0; seed < 4; seed++)
        {
            Tensor[] inputs = [.. before.Inputs.Select((v, i) => Random(v.Spec, (seed * 100) + i, awkward))];
            Tensor[] expected = backend.Compile(before).Run(inputs), actual = backend.Compile(after).Run(inputs);
            for (int i = 0; i < expected.Length; i++) Same(expected[i], actual[i], tolerance, signsOfZeros);
        }

        return after;
    }

    /// <summary>Asserts that two tensors differ by no more than rounding, and agree on NaN, infinities and the signs of zeros.</summary>
    public static void Same(Tensor expected, Tensor actual, double tolerance, bool signsOfZeros = true)
    {
        Assert.Equal(expected.Spec, actual.Spec);
        ElementView x = ElementView.Of(expected), y = ElementView.Of(actual);
        for (int i = 0; i < x.Size; i++)
        {
            double a = x.Number(i), b = y.Number(i);
            bool same = a.Equals(b) && (a != 0 || !signsOfZeros || double.IsNegative(a) == double.IsNegative(b));
            bool near = a == b ? !signsOfZeros || a != 0 || same : Math.Abs(a - b) <= tolerance * Math.Max(1e-30, Math.Max(Math.Abs(a), Math.Abs(b)));
            Assert.True(same || near, $"element {i} is {b:R}, not {a:R}");
        }
    }
}
