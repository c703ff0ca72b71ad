using NKeras.Engine;

namespace NKeras.Training;

/// <summary>Turns weights of classes into weights of samples.</summary>
internal static class ClassWeights
{
    /// <summary>One weight per sample; classes without a weight count once.</summary>
    /// <param name="y">Class numbers, shape (n,) or (n, 1), or one-hot rows, shape (n, classes).</param>
    /// <param name="weights">The weight of each class.</param>
    public static Tensor ToSampleWeights(Tensor y, IReadOnlyDictionary<int, double> weights)
    {
        if (y.Rank > 2) throw new ArgumentException($"classWeight is for targets of shape (n,), (n, 1) or (n, classes), not {y.Shape}.", nameof(weights));
        Tensor classes = y.Rank == 2 && y.Shape[1] != 1 ? Ops.Argmax(y, -1) : y;
        ElementView view = ElementView.Of(classes);
        float[] result = new float[view.Size];
        for (int i = 0; i < result.Length; i++) result[i] = (float)weights.GetValueOrDefault((int)view.Number(i), 1);
        return result;
    }
}
