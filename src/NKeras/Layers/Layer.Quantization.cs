using NKeras.DTypePolicies;
using NKeras.Initializers;
using NKeras.Quantizers;
using NKeras.Regularizers;

namespace NKeras.Layers;

public abstract partial class Layer
{
    /// <summary>How the weights are quantized: <c>"int8"</c>, <c>"int4"</c>, …; null if they are not.</summary>
    public string? QuantizationMode => Policy.QuantizationMode;

    /// <summary>Quantizes the weights, so that they take less memory. There is no way back.</summary>
    /// <param name="mode"><c>"int8"</c>, <c>"int4"</c>, <c>"ternary"</c> or <c>"float8"</c>; as <paramref name="config"/> says if omitted.</param>
    /// <param name="typeCheck">Whether a subclass of a layer that can be quantized is refused, because it may use the weights in a way of its own.</param>
    /// <param name="config">How; as is usual for the mode if omitted.</param>
    /// <exception cref="ArgumentException">Neither says how, they contradict each other, or the layer cannot be quantized that way.</exception>
    /// <exception cref="InvalidOperationException">The layer is not built, is quantized already, or has no weights that can be quantized.</exception>
    public void Quantize(string? mode = null, bool typeCheck = true, QuantizationConfig? config = null)
    {
        config = QuantizationConfig.Resolve(mode, config);
        if (!QuantizesAs(typeCheck ? GetType() : null)) throw new InvalidOperationException($"Layer '{Name}' ({GetType().Name}) has no weights that can be quantized.");
        if (!Built) throw new InvalidOperationException($"Layer '{Name}' is not built, so that it has no weights to quantize. Apply it to an input, or call Build.");
        if (QuantizationMode != null) throw new InvalidOperationException($"Layer '{Name}' is quantized already; its policy is '{Policy.Name}'.");
        QuantizationModes.CheckType(config.Mode, ComputeDType);
        QuantizeTo(config);
        DTypePolicy policy = $"{config.PolicyMode}_from_{Policy.Name}";
        if (DTypePolicy is DTypePolicyMap map && Path is { } path)
        {
            map.Remove(path);
            map[path] = policy;
        }
        else
        {
            DTypePolicy = policy;
        }
    }

    /// <summary>Whether the layer has weights that can be quantized.</summary>
    /// <param name="type">The layer's class; null if it does not matter that it is a subclass.</param>
    private protected virtual bool QuantizesAs(Type? type) => false;

    /// <summary>Puts quantized weights in the place of the layer's.</summary>
    private protected virtual void QuantizeTo(QuantizationConfig config) => throw UnknownMode(config.Mode);

    /// <summary>The error for a mode that the layer does not have.</summary>
    private protected ArgumentException UnknownMode(string mode) => new($"Layer '{Name}' ({GetType().Name}) cannot be quantized with mode '{mode}'.", nameof(mode));

    /// <summary>Creates a weight for something that looks after some of the layer's weights.</summary>
    internal Variable AddStored(string name, Shape shape, Initializer initializer, DType? dtype = null) => AddWeight(name, shape, initializer, trainable: false, dtype);

    /// <summary>Creates a trainable float32 weight for something that looks after some of the layer's weights.</summary>
    internal Variable AddFactor(string name, Shape shape, Initializer initializer, Regularizer? regularizer) => AddWeight(name, shape, initializer, dtype: DType.Float32, regularizer: regularizer);

    /// <summary>Creates a weight that every step of training replaces.</summary>
    internal Variable AddReplaced(string name, Shape shape, Initializer initializer)
    {
        Variable variable = AddWeight(name, shape, initializer, dtype: DType.Float32, autocast: false);
        variable.OverwriteWithGradient = true;
        return variable;
    }

    /// <summary>Removes a weight that others take the place of.</summary>
    private protected void Remove(Variable weight)
    {
        _added.Remove(weight);
        _discarded.Add(weight);
    }
}
