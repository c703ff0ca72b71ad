using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>What layers have in common that combine the elements under a moving window.</summary>
public abstract class BasePooling : Layer
{
    private readonly bool _max;
    private readonly int[] _poolSize;
    private readonly int[] _strides;

    private protected BasePooling(bool max, int[] poolSize, int[]? strides, string padding, string? dataFormat, string? name, bool trainable, DTypePolicy? dtype)
        : base(name, trainable, dtype)
    {
        _max = max;
        _poolSize = LayerArguments.Positive(this, poolSize);
        strides ??= poolSize;
        _strides = LayerArguments.Positive(this, strides);
        Padding = LayerArguments.OneOf(this, ["valid", "same"], padding);
        DataFormat = LayerArguments.DataFormat(this, dataFormat);
        InputSpec = new InputSpec(ndim: poolSize.Length + 2);
        Built = true;
    }

    /// <summary>The window's size along each spatial axis.</summary>
    public IReadOnlyList<int> PoolSize => _poolSize;

    /// <summary>The window's steps along each spatial axis.</summary>
    public IReadOnlyList<int> Strides => _strides;

    /// <summary><c>"valid"</c>, or <c>"same"</c> for a result as large as the input (over the strides).</summary>
    public string Padding { get; }

    /// <summary>Where the channels are.</summary>
    public string DataFormat { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        if (Padding == "valid") LayerArguments.WindowFits(this, "poolSize", inputs.Shape, DataFormat == "channels_first" ? 2 : 1, _poolSize, null);
        return LayerArguments.Naming(this, inputs.Shape, () => _max
            ? Ops.MaxPool(inputs, _poolSize, _strides, Padding, DataFormat)
            : Ops.AveragePool(inputs, _poolSize, _strides, Padding, DataFormat));
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => base.GetConfig().Moved("padding", before: "strides");
}
