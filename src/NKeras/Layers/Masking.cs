namespace NKeras.Layers;

/// <summary>
/// Masks the steps of a sequence whose features all have one value (<c>keras.layers.Masking</c>): layers that follow leave
/// them out. The result has the input's shape, with zeros at the masked steps.
/// </summary>
/// <remarks>Input (batch, steps, features), or any shape with features along the last axis; the mask has all axes but the last.</remarks>
/// <example><code>
/// KerasTensor sequences = new Masking(maskValue: -1).Apply(new Input([null, 8]));
/// </code></example>
public sealed class Masking : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="maskValue">The value that marks a step: a number, or one for each feature; 0 if omitted.</param>
    /// <param name="name">The name; <c>masking</c>, <c>masking_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    public Masking(Tensor? maskValue = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        MaskValue = maskValue ?? 0.0;
        InputSpec = new InputSpec(minNdim: 1);
        Built = true;
    }

    /// <summary>The value that marks a step.</summary>
    public Tensor MaskValue { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) =>
        Ops.Where(Ops.Any(Ops.NotEqual(inputs, MaskValue), -1, keepdims: true), inputs, 0);

    /// <summary>The steps that have a feature of another value.</summary>
    public override Tensor? ComputeMask(Tensor inputs, Tensor? previousMask = null) => Ops.Any(Ops.NotEqual(inputs, MaskValue), -1);
}
