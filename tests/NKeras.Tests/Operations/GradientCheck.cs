using NKeras.Core;
using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras.Tests.Operations;

/// <summary>Compares the engine's gradients with central differences, in float64.</summary>
internal static class GradientCheck
{
    private const double Step = 1e-5;

    // What is left of a difference after cancellation is about 1e-16 / Step of the values; its own error is about Step² of the third derivative.
    private const double Tolerance = 1e-7;

    /// <inheritdoc cref="Of(Func{Tensor[], Tensor[]}, Tensor[])"/>
    public static void Of(Func<Tensor, Tensor> function, Tensor x) => Of(t => [function(t[0])], x);

    /// <inheritdoc cref="Of(Func{Tensor[], Tensor[]}, Tensor[])"/>
    public static void Of(Func<Tensor, Tensor, Tensor> function, Tensor x1, Tensor x2) => Of(t => [function(t[0], t[1])], x1, x2);

    /// <summary>Checks Σ result · weight, with fixed uneven weights, with respect to every element of every float64 tensor.</summary>
    /// <param name="function">Smooth around the values. Results that are not float64 have no weight.</param>
    /// <param name="x">What it takes. Tensors of other types, such as positions, are held fixed.</param>
    public static void Of(Func<Tensor[], Tensor[]> function, params Tensor[] x)
    {
        using WideScope scope = WideScope.Wanted();
        Executable program = Jit.Compile([.. x.Select(t => t.Spec)], arguments =>
        {
            Tensor[] results = [.. function(arguments).Where(r => r.DType == DType.Float64)];
            Assert.NotEmpty(results);
            Tensor?[] gradients = Differentiation.Pullback(results, [.. results.Select(r => Tensor.From(Weights(r.Shape.Size), r.Shape))], arguments);
            return [.. gradients.Select((g, i) => g ?? Ops.Zeros(x[i].Shape, DType.Float64)), .. results];
        });
        Tensor[] gradients = program.Run(x)[..x.Length];
        for (int k = 0; k < x.Length; k++)
        {
            if (x[k].DType != DType.Float64) continue;
            double[] gradient = gradients[k].ToArray<double>();
            for (int i = 0; i < gradient.Length; i++)
            {
                double step = Step * Math.Max(1, Math.Abs(x[k].ToArray<double>()[i]));
                double expected = (WeightedSum(program, x, k, i, step) - WeightedSum(program, x, k, i, -step)) / (2 * step);
                Assert.True(
                    Math.Abs(gradient[i] - expected) <= Tolerance * Math.Max(1, Math.Abs(expected)),
                    $"argument {k}, element {i}: the gradient is {gradient[i]:R}, the difference {expected:R}");
            }
        }
    }

    /// <summary>The weighted sum of the results with one element shifted.</summary>
    private static double WeightedSum(Executable program, Tensor[] x, int argument, int element, double shift)
    {
        double[] values = x[argument].ToArray<double>();
        values[element] += shift;
        Tensor[] shifted = [.. x];
        shifted[argument] = Tensor.From(values, x[argument].Shape);
        return program.Run(shifted)[x.Length..].Sum(r => r.ToArray<double>().Zip(Weights(r.Shape.Size), (v, w) => v * w).Sum());
    }

    private static double[] Weights(int count) => [.. Enumerable.Range(0, count).Select(i => 1.2 + Math.Cos(2.3 * i))];
}
