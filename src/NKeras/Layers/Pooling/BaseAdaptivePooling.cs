namespace NKeras.Layers;

/// <summary>What layers have in common that combine the elements of each of a given number of parts of the spatial axes.</summary>
public abstract class BaseAdaptivePooling : Layer
{
    private readonly bool _max;
    private readonly int[] _outputSize;

    private protected BaseAdaptivePooling(bool max, int[] outputSize, string? dataFormat, string? name, bool trainable, DTypePolicy? dtype)
        : base(name, trainable, dtype)
    {
        _max = max;
        _outputSize = LayerArguments.Positive(this, outputSize);
        DataFormat = LayerArguments.DataFormat(this, dataFormat);
        InputSpec = new InputSpec(ndim: outputSize.Length + 2);
    }

    /// <summary>The number of parts along each spatial axis.</summary>
    public IReadOnlyList<int> OutputSize => _outputSize;

    /// <summary>Where the channels are.</summary>
    public string DataFormat { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => LayerArguments.Naming(this, inputs.Shape, () => _max
        ? Ops.AdaptiveMaxPool(inputs, _outputSize, DataFormat)
        : Ops.AdaptiveAveragePool(inputs, _outputSize, DataFormat));
}
