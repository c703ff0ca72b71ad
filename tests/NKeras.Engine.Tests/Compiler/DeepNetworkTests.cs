using System.Diagnostics;
using NKeras.Engine.Compiler;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using static NKeras.Engine.Primitives.PrimitiveOps;
using F = NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Tests.Compiler;

/// <summary>The passes on a graph as large as those of deep networks.</summary>
public sealed class DeepNetworkTests
{
    private const int Layers = 100;

    [Fact]
    public void AreOptimisedInReasonableTime()
    {
        Graph graph = Deep();
        GraphOptimizer.Optimize(graph);
        Stopwatch watch = Stopwatch.StartNew();
        Graph optimised = GraphOptimizer.Optimize(graph);
        double seconds = watch.Elapsed.TotalSeconds;
        Assert.True(optimised.Nodes.Count < 23 * Layers, $"{graph.Nodes.Count} nodes became {optimised.Nodes.Count}");
        Assert.True(seconds < 5, $"{graph.Nodes.Count} nodes took {seconds} s");
    }

    /// <summary>Residual blocks, each normalising, multiplying and activating, with momentum and Adam-like slots.</summary>
    private static Graph Deep()
    {
        const int Width = 8;
        StateCell[] weights = [.. Enumerable.Range(0, Layers).Select(i => new StateCell(Passes.Random(Passes.Float(Width, Width), i)))];
        StateCell[] biases = [.. Enumerable.Range(0, Layers).Select(i => new StateCell(Passes.Random(Passes.Float(Width), i)))];
        StateCell[] trained = [.. weights, .. biases];
        StateCell[] momenta = [.. trained.Select(c => new StateCell(Filled(c.Spec, 0)))], velocities = [.. trained.Select(c => new StateCell(Filled(c.Spec, 0)))];
        return Graphs.Trace.Function([Passes.Float(16, Width)], a =>
        {
            Tensor x = a[0];
            for (int i = 0; i < Layers; i++)
            {
                Tensor mean = 0.125 * Sum(x, 1), centred = x - Reshape(mean, [16, 1]);
                Tensor variance = 0.125 * Sum(centred * centred, 1);
                Tensor normal = centred * Unary(F.Rsqrt, Reshape(variance, [16, 1]) + 1e-3);
                x += Unary(F.Sigmoid, MatMul(normal, weights[i].Value) + biases[i].Value);
            }

            Tensor[] w = [.. trained.Select(c => c.Value)], gradients = Differentiation.Gradients(Sum(x * x, 0, 1), w);
            for (int i = 0; i < w.Length; i++)
            {
                Tensor g = gradients[i], m = momenta[i].Value + 0.1 * (g - momenta[i].Value), v = velocities[i].Value + 0.001 * (g * g - velocities[i].Value);
                momenta[i].Assign(m);
                velocities[i].Assign(v);
                trained[i].Assign(w[i] - Divide(0.01 * m, Unary(F.Sqrt, v) + 1e-7));
            }

            return [];
        });
    }
}
