using NKeras.Core;

namespace NKeras.Layers;

/// <summary>Applies a layer to each step of sequences (<c>keras.layers.TimeDistributed</c>).</summary>
/// <remarks>Input (batch, time, …), of which the layer gets (batch, …) for each step; the result has the time in the same place.</remarks>
/// <example><code>
/// TimeDistributed layer = new(new Conv2D(64, kernelSize: 3));
/// Tensor frames = layer.Apply(RandomOps.Normal([4, 10, 32, 32, 3])); // (4, 10, 30, 30, 64)
/// </code></example>
public sealed class TimeDistributed : Wrapper
{
    /// <summary>Creates the layer.</summary>
    /// <param name="layer">What is applied to each step, with the same weights.</param>
    /// <param name="name">The name; <c>time_distributed</c>, <c>time_distributed_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    public TimeDistributed(Layer layer, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(layer, name, trainable, dtype)
    {
        SupportsMasking = false;
        InputSpec = new InputSpec(minNdim: 3);
    }

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        InputSpec!.Check(Name, inputShape);
        base.Build(new Shape([inputShape.Dims[0], .. inputShape.Dims[2..]]));
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training, Tensor? mask)
    {
        LayerArguments.MaskFits(this, mask, inputs.Shape, rank: null);
        bool masks = mask is not null && Layer.TakesMask;
        Tensors steps = masks ? [SwapTime(inputs), SwapTime(mask!)] : [SwapTime(inputs)];
        (_, Tensors? results) = Loops.Scan($"Layer '{Name}'", (_, x) => ([], Step(x!)), [], steps, null, reverse: false);
        return SwapTime(results![0]);

        Tensors Step(Tensors x)
        {
            using CallScope scope = new(Layer, training);
            return Layer.CallWith(new CallArguments([x[0]], masks ? [new("mask", x[1])] : []), training);
        }
    }

    private static Tensor SwapTime(Tensor x) => Ops.Transpose(x, [1, 0, .. Enumerable.Range(2, x.Rank - 2)]);
}
