namespace NKeras.Layers;

/// <summary>What layers have in common that combine all positions of each channel.</summary>
public abstract class BaseGlobalPooling : Layer
{
    private readonly int _spatialAxes;

    private protected BaseGlobalPooling(int spatialAxes, string? dataFormat, bool keepdims, string? name, bool trainable, DTypePolicy? dtype)
        : base(name, trainable, dtype)
    {
        _spatialAxes = spatialAxes;
        DataFormat = LayerArguments.DataFormat(this, dataFormat);
        Keepdims = keepdims;
        InputSpec = new InputSpec(ndim: spatialAxes + 2);
        Built = true;
    }

    /// <summary>Where the channels are.</summary>
    public string DataFormat { get; }

    /// <summary>Whether the spatial axes stay, with dimension one.</summary>
    public bool Keepdims { get; }

    /// <summary>The axes of positions.</summary>
    private protected int[] PositionAxes => [.. Enumerable.Range(DataFormat == "channels_first" ? 2 : 1, _spatialAxes)];
}
