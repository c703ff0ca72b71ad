namespace NKeras.Layers;

/// <summary>What layers have in common that add something to the ends of the spatial axes, or cut something off.</summary>
public abstract class MarginLayer : Layer
{
    private protected MarginLayer(Ints2[] margins, string argument, string? dataFormat, string? name, bool trainable, DTypePolicy? dtype)
        : base(name, trainable, dtype)
    {
        LayerArguments.Positive(this, [.. margins.SelectMany(m => m)], allowZero: true, argument);
        FirstAxis = LayerArguments.DataFormat(this, dataFormat) == "channels_first" ? 2 : 1;
        Margins = margins;
        InputSpec = new InputSpec(ndim: margins.Length + 2);
    }

    /// <summary>How much, before and after each spatial axis.</summary>
    private protected Ints2[] Margins { get; }

    /// <summary>The first spatial axis.</summary>
    private protected int FirstAxis { get; }
}
