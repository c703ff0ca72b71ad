using System.Runtime.CompilerServices;

namespace NKeras;

public static partial class Utils
{
    /// <summary>Inputs alone, as they are (<c>keras.utils.pack_x_y_sample_weight</c>).</summary>
    /// <param name="x">The inputs.</param>
    public static Tensors PackXYSampleWeight(Tensors x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x;
    }

    /// <summary>Inputs and targets as a pair.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    public static (Tensors X, Tensors Y) PackXYSampleWeight(Tensors x, Tensors y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return (x, y);
    }

    /// <summary>Inputs, targets and weights as a triple.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    /// <param name="sampleWeight">The weights of the samples; null for none.</param>
    public static (Tensors X, Tensors Y, Tensors SampleWeight) PackXYSampleWeight(Tensors x, Tensors y, Tensors sampleWeight)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(sampleWeight);
        return (x, y, sampleWeight);
    }

    /// <summary>Inputs, targets and weights of data that holds one to three of them, in this order; null for those it does not hold (<c>keras.utils.unpack_x_y_sample_weight</c>).</summary>
    /// <param name="data">The data, each part a tensor, several, or some by name.</param>
    /// <exception cref="ArgumentException">There are none, or more than three.</exception>
    [OverloadResolutionPriority(1)]
    public static (Tensors X, Tensors? Y, Tensors? SampleWeight) UnpackXYSampleWeight(IReadOnlyList<Tensors?> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Count is 1 or 2 or 3
            ? (data[0] ?? throw new ArgumentException("UnpackXYSampleWeight: the inputs are null.", nameof(data)), data.ElementAtOrDefault(1), data.ElementAtOrDefault(2))
            : throw new ArgumentException($"UnpackXYSampleWeight takes inputs, targets and weights: one to three parts, not {data.Count}.", nameof(data));
    }

    /// <summary>The same where each part is one tensor. A tensor alone, or tensors by name, are inputs.</summary>
    /// <param name="data">The data.</param>
    /// <exception cref="ArgumentException">There are none, or more than three.</exception>
    public static (Tensors X, Tensors? Y, Tensors? SampleWeight) UnpackXYSampleWeight(Tensors data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.IsSingle || data.Names != null ? (data, null, null) : UnpackXYSampleWeight([.. data.AsEnumerable().Select(t => t is null ? null : (Tensors)t)]);
    }
}
