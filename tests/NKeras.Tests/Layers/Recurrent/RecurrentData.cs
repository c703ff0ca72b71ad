using NKeras.Layers;

namespace NKeras.Tests.Layers.Recurrent;

/// <summary>Sequences, weights and comparisons for the tests of recurrent layers.</summary>
internal static class RecurrentData
{
    /// <summary>Numbers of a normal distribution.</summary>
    public static Tensor Numbers(Shape shape, int seed = 0, DType? dtype = null) => RandomOps.Normal(shape, dtype: dtype, seed: new SeedGenerator(seed));

    /// <summary>A layer with weights that are nothing special: biases are not zero.</summary>
    public static T WithWeights<T>(T layer, Shape inputShape)
        where T : Layer
    {
        _ = layer.ApplyTo(new NKeras.Core.CallArguments([Numbers(inputShape)]));
        int seed = 10;
        layer.SetWeights([.. layer.Weights.Select(w => Ops.Cast(Numbers(w.Shape, seed++) * 0.5, w.DType))]);
        if (layer is RecurrentLayer { States: not null } stateful) stateful.ResetState();
        return layer;
    }

    /// <summary>Compares values.</summary>
    public static void AssertClose(Tensor expected, Tensor actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        double[] e = Ops.Cast(expected, DType.Float64).ToArray<double>(), a = Ops.Cast(actual, DType.Float64).ToArray<double>();
        for (int i = 0; i < e.Length; i++) Assert.True(Math.Abs(e[i] - a[i]) <= tolerance, $"element {i} is {a[i]}, expected {e[i]}");
    }

    /// <summary>A mask: a row of ones and zeros for each sequence.</summary>
    public static Tensor Mask(params string[] rows) => Ops.Reshape(Tensor.From([.. rows.SelectMany(r => r).Select(c => c == '1')]), [rows.Length, rows[0].Length]);

    /// <summary>A step of sequences.</summary>
    public static Tensor At(Tensor sequences, int step) => Ops.Take(sequences, step, axis: 1);
}
