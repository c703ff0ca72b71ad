using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras.Tests.Operations.Control;

/// <summary>Functions of tensors at once, as optimised programs, and by the plain kernels without any optimisation.</summary>
internal static class Programs
{
    /// <summary>The results of a compiled function.</summary>
    public static Tensor[] Compiled(Func<Tensor[], IReadOnlyList<Tensor>> function, params Tensor[] inputs) =>
        Jit.Compile([.. inputs.Select(x => x.Spec)], function).Run(inputs);

    /// <summary>The results of a function by the plain kernels.</summary>
    public static Tensor[] Reference(Func<Tensor[], IReadOnlyList<Tensor>> function, params Tensor[] inputs) =>
        new ReferenceBackend().Compile(Trace.Function([.. inputs.Select(x => x.Spec)], function)).Run(inputs);

    /// <summary>Checks a function's float32 results at once, compiled, and by the plain kernels.</summary>
    public static void Check(float[][] expected, Func<Tensor[], IReadOnlyList<Tensor>> function, params Tensor[] inputs)
    {
        foreach (IReadOnlyList<Tensor> results in (IReadOnlyList<Tensor>[])[function(inputs), Compiled(function, inputs), Reference(function, inputs)])
        {
            Assert.Equal(expected.Length, results.Count);
            for (int i = 0; i < expected.Length; i++) Close(expected[i], Ops.Cast(results[i], DType.Float32).ToArray<float>());
        }
    }

    /// <summary>Gradients of the sum of a function's result, compiled.</summary>
    public static Tensor[] Gradients(Func<Tensor[], Tensor> function, params Tensor[] inputs) =>
        Compiled(a => Differentiation.Gradients(Ops.Sum(function(a)), a), inputs);

    /// <summary>Compares gradients with central differences, and those of optimised programs with those of plain kernels.</summary>
    public static void CheckGradients(Func<Tensor[], Tensor[]> function, params Tensor[] inputs)
    {
        GradientCheck.Of(function, inputs);
        using Core.WideScope scope = Core.WideScope.Wanted();
        IReadOnlyList<Tensor> Back(Tensor[] a) => Differentiation.Gradients(function(a).Where(t => t.DType.IsFloating).Select(t => Ops.Sum(Ops.Square(t))).Aggregate((x, y) => x + y), a);
        foreach ((Tensor fast, Tensor plain) in Compiled(Back, inputs).Zip(Reference(Back, inputs)))
            Close(Ops.Cast(plain, DType.Float32).ToArray<float>(), Ops.Cast(fast, DType.Float32).ToArray<float>());
    }

    public static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5 * (1 + Math.Abs(expected[i])) || expected[i].Equals(actual[i]), $"Element {i}: {actual[i]:R}, expected {expected[i]:R}.");
    }

    /// <summary>Numbers between -1 and 1.</summary>
    public static Tensor Random(int seed, params int[] dims)
    {
        Random random = new(seed);
        return Tensor.From([.. Enumerable.Range(0, dims.Aggregate(1, (a, b) => a * b)).Select(_ => (random.NextDouble() * 2) - 1)], dims);
    }
}
