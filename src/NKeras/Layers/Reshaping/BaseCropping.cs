namespace NKeras.Layers;

/// <summary>What layers have in common that cut elements off both ends of the spatial axes.</summary>
public abstract class BaseCropping : MarginLayer
{
    private protected BaseCropping(Ints2[] cropping, string? dataFormat, string? name, bool trainable, DTypePolicy? dtype)
        : base(cropping, nameof(cropping), dataFormat, name, trainable, dtype)
    {
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        TensorIndex[] kept = [.. Enumerable.Repeat(TensorIndex.Slice(), inputs.Rank)];
        for (int i = 0; i < Margins.Length; i++)
        {
            int axis = FirstAxis + i;
            (int before, int after) = Margins[i];
            if (inputs.Shape[axis] is { } length && (long)before + after >= length)
                throw new ArgumentException($"Layer '{Name}': cropping {Margins[i]} takes all {length} elements along axis {axis} of the input (shape {inputs.Shape}); it has to leave one at least.", nameof(inputs));
            kept[axis] = TensorIndex.Slice(before, after == 0 ? null : -after);
        }

        return inputs[kept];
    }
}
