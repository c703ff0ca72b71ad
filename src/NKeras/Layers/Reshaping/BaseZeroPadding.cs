namespace NKeras.Layers;

/// <summary>What layers have in common that put zeros before and after the elements along the spatial axes.</summary>
public abstract class BaseZeroPadding : MarginLayer
{
    private protected BaseZeroPadding(Ints2[] padding, string? dataFormat, string? name, bool trainable, DTypePolicy? dtype)
        : base(padding, nameof(padding), dataFormat, name, trainable, dtype) => DataFormat = LayerArguments.DataFormat(this, dataFormat);

    /// <summary>Where the channels are.</summary>
    public string DataFormat { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        (int Before, int After)[] widths = new (int, int)[inputs.Rank];
        for (int i = 0; i < Margins.Length; i++) widths[FirstAxis + i] = (Margins[i].First, Margins[i].Second);
        return Ops.Pad(inputs, widths);
    }
}
