using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// Brings numbers into another range (<c>keras.layers.Rescaling</c>): <c>inputs * scale + offset</c>, in training and afterwards. Any shape; the result has the
/// input's, and is of the type the layer computes in, whatever the type of the input.
/// </summary>
/// <example><code>
/// KerasTensor y = new Rescaling(1.0 / 127.5, offset: -1).Apply(images); // from 0…255 to -1…1
/// </code></example>
public sealed class Rescaling : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="scale">What inputs are multiplied by: a number, or an array that is broadcast. With <c>channels_first</c> as the global format, a vector is for the channels of images.</param>
    /// <param name="offset">What is added then: a number or an array; 0 if omitted.</param>
    /// <param name="name">The name; <c>rescaling</c>, <c>rescaling_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">Scale or offset are no numbers.</exception>
    public Rescaling(Tensor scale, Tensor? offset = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        ArgumentNullException.ThrowIfNull(scale);
        Scale = GivenNumbers.Checked(this, scale, nameof(scale))!;
        Offset = GivenNumbers.Checked(this, offset, nameof(offset)) ?? 0.0;
        SupportsMasking = true;
    }

    /// <summary>What inputs are multiplied by.</summary>
    public Tensor Scale { get; }

    /// <summary>What is added then.</summary>
    public Tensor Offset { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        Tensor scale = Ops.Cast(Scale, ComputeDType), offset = Ops.Cast(Offset, ComputeDType);
        if (scale.Rank is 1 or 2 && Config.ImageDataFormat() == "channels_first") scale = Ops.Reshape(scale, [.. scale.Shape, .. Enumerable.Repeat((int?)1, 3 - scale.Rank)]);
        return Ops.Add(Ops.Multiply(Ops.Cast(LayerArguments.Numbers(this, inputs), ComputeDType), scale), offset);
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        (config["scale"], config["offset"]) = (GivenNumbers.Write(Scale), GivenNumbers.Write(Offset));
        return config;
    }

    internal static Rescaling FromConfig(JsonObject config) => (Rescaling)AutoConfig.Create(typeof(Rescaling), GivenNumbers.Read(config, "scale", "offset"));
}
