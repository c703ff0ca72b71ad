using NKeras.Engine.Compiler;
using NKeras.Engine.Cpu;
using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras.Engine.Tests.Compiler;

/// <summary>Random functions with state give the same as they are, optimised, and on the processor's kernels.</summary>
public sealed class RandomGraphTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(200)]
    [InlineData(300)]
    public void OptimisedGraphsComputeTheSame(int first)
    {
        for (int seed = first; seed < first + 100; seed++)
        {
            try
            {
                Compare(seed);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}\n{GraphOptimizer.Optimize(new RandomGraphs(seed).Create())}", e);
            }
        }
    }

    private static void Compare(int seed)
    {
        Tensor[] inputs = [.. RandomGraphs.Inputs.Select((spec, i) => Passes.Random(spec, (seed * 31) + i))];
        RandomGraphs plain = new(seed), optimised = new(seed), cpu = new(seed);
        Tensor[][] expected = Run(new ReferenceBackend(), plain, plain.Create(), inputs);
        Tensor[][] reference = Run(new ReferenceBackend(), optimised, GraphOptimizer.Optimize(optimised.Create()), inputs);
        Tensor[][] actual = Run(new CpuBackend(), cpu, cpu.Create(), inputs);
        for (int run = 0; run < expected.Length; run++)
        {
            for (int i = 0; i < expected[run].Length; i++)
            {
                Near(expected[run][i], reference[run][i], 1e-4, $"optimised, run {run}, tensor {i}");
                Near(expected[run][i], actual[run][i], 1e-3, $"cpu, run {run}, tensor {i}");
            }
        }
    }

    /// <summary>Results and the state after each of two runs.</summary>
    private static Tensor[][] Run(IBackend backend, RandomGraphs graphs, Graph graph, Tensor[] inputs)
    {
        Executable executable = backend.Compile(graph);
        return [.. Enumerable.Range(0, 2).Select(_ => (Tensor[])[.. executable.Run(inputs), .. graphs.Cells.Select(c => c.Value)])];
    }

    private static void Near(Tensor expected, Tensor actual, double tolerance, string what)
    {
        ElementView x = ElementView.Of(expected), y = ElementView.Of(actual);
        int differing = 0;
        for (int i = 0; i < x.Size; i++)
        {
            double a = x.Number(i), b = y.Number(i);
            if (!a.Equals(b) && !(Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Abs(a)))) differing++;
        }

        Assert.True(differing == 0, $"{what}: {differing} of {x.Size} elements differ: {expected} and {actual}");
    }
}
