namespace NKeras;

/// <summary>What <c>Fit</c> takes as <c>validationData</c>: <c>(x, y)</c> or <c>(x, y, sampleWeight)</c>.</summary>
/// <param name="x">The inputs.</param>
/// <param name="y">The targets.</param>
/// <param name="sampleWeight">How much each sample counts.</param>
public sealed class ValidationData(Tensors x, Tensors y, Tensors? sampleWeight = null)
{
    /// <summary>The inputs.</summary>
    public Tensors X { get; } = x;

    /// <summary>The targets.</summary>
    public Tensors Y { get; } = y;

    /// <summary>How much each sample counts; null for all the same.</summary>
    public Tensors? SampleWeight { get; } = sampleWeight;

    /// <summary>Inputs and targets.</summary>
    public static implicit operator ValidationData((Tensors X, Tensors Y) data) => new(data.X, data.Y);

    /// <summary>Inputs, targets and weights.</summary>
    public static implicit operator ValidationData((Tensors X, Tensors Y, Tensors SampleWeight) data) => new(data.X, data.Y, data.SampleWeight);
}
