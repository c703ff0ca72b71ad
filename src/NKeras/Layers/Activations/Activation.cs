using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>Applies an activation function (<c>keras.layers.Activation</c>). Any shape; the result has the input's.</summary>
/// <example><code>
/// Tensor y = new Activation("relu").Apply(x);
/// </code></example>
public sealed class Activation : Layer
{
    private readonly ActivationFunction _activation;

    /// <summary>Creates the layer.</summary>
    /// <param name="activation">The function: a Keras name, a member of <see cref="Activations"/>, or one's own.</param>
    /// <param name="name">The name; <c>activation</c>, <c>activation_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    public Activation(ActivationFunction activation, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        ArgumentNullException.ThrowIfNull(activation);
        _activation = activation;
        SupportsMasking = true;
        Built = true;
    }

    /// <summary>Creates the layer with a function of one's own: <c>new Activation(x =&gt; x * 2)</c>.</summary>
    /// <param name="activation">The function, written with <see cref="Ops"/> and operators.</param>
    /// <param name="name">The name; <c>activation</c>, <c>activation_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    public Activation(TensorFunction activation, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : this(new ActivationFunction(activation), name, trainable, dtype)
    {
    }

    // Keras: the property is called activation; in C# a member cannot have its class's name.

    /// <summary>The function.</summary>
    public ActivationFunction Function => _activation;

    private protected override bool TakesRagged => true;

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => _activation.Apply(inputs);

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        config["activation"] = KerasSerializer.Serialize(_activation);
        return config;
    }
}
