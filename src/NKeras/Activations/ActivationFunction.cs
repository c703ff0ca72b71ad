using NKeras.Core;
using NKeras.Layers;

namespace NKeras;

/// <summary>What a layer's <c>activation</c> parameter takes: a Keras name (<c>"relu"</c>), a member of <see cref="Activations"/>, or a function of one's own.</summary>
public sealed class ActivationFunction
{
    private readonly TensorFunction _function;

    /// <summary>Wraps a function of one's own: <c>new ActivationFunction(x =&gt; x * 2)</c>.</summary>
    /// <param name="function">The function, written with <see cref="Ops"/> and operators.</param>
    /// <param name="name">What to call it in configurations and messages.</param>
    // Keras: takes the name from the Python function; a C# lambda has none.
    public ActivationFunction(TensorFunction function, string name = "custom")
    {
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
        Name = ActivationNames.NameOf(function) ?? name;
        IsKeras = ActivationNames.NameOf(function) != null;
    }

    private ActivationFunction(Delegate known, TensorFunction function)
    {
        _function = function;
        Name = ActivationNames.NameOf(known) ?? "custom";
        IsKeras = ActivationNames.NameOf(known) != null;
    }

    /// <summary>A layer without weights, such as <c>LeakyReLU</c>, in a function's place, as files may have it.</summary>
    internal ActivationFunction(Layer layer)
    {
        if (layer is not (ReLU or LeakyReLU or ELU or Layers.Softmax or Activation))
            throw new ArgumentException($"A {layer.ClassName} layer cannot be another layer's activation; supported are ReLU, LeakyReLU, ELU, Softmax and Activation.", nameof(layer));
        _function = x => layer.Apply(x);
        (Name, Layer) = (layer.Name, layer);
    }

    /// <summary>Keras's name of the function, or the one given to the constructor.</summary>
    public string Name { get; }

    /// <summary>Whether it is one of Keras's, which configurations know by its name.</summary>
    internal bool IsKeras { get; }

    /// <summary>The layer whose call it is; null for a function.</summary>
    internal Layer? Layer { get; }

    /// <summary>Whether each element of the result is known to depend on the same element of the argument only.</summary>
    internal bool IsElementwise => IsKeras && Name is not ("softmax" or "log_softmax" or "sparsemax" or "glu");

    /// <summary>The function itself.</summary>
    internal TensorFunction Function => _function;

    /// <summary>The function's value.</summary>
    /// <param name="x">The argument.</param>
    public Tensor Apply(Tensor x) => _function(x);

    /// <summary>The function with a Keras name.</summary>
    /// <exception cref="ArgumentException">There is no such activation; the message suggests the nearest name.</exception>
    public static implicit operator ActivationFunction(string name) => ActivationNames.Get(name);

    /// <summary>A function of <see cref="Activations"/>, or any other delegate of that type.</summary>
    public static implicit operator ActivationFunction(TensorFunction function) => new(function);

    /// <summary><see cref="Activations.Relu"/> with its default slope, limit and threshold.</summary>
    public static implicit operator ActivationFunction(Activations.ReluFunction function) => new(function, x => function(x));

    /// <summary><see cref="Activations.LeakyRelu"/> with its default slope.</summary>
    public static implicit operator ActivationFunction(Activations.LeakyReluFunction function) => new(function, x => function(x));

    /// <summary><see cref="Activations.Elu"/> or <see cref="Activations.Celu"/> with the default scale.</summary>
    public static implicit operator ActivationFunction(Activations.EluFunction function) => new(function, x => function(x));

    /// <summary><see cref="Activations.Gelu"/>, computed exactly.</summary>
    public static implicit operator ActivationFunction(Activations.GeluFunction function) => new(function, x => function(x));

    /// <summary><see cref="Activations.Softmax"/> or <see cref="Activations.LogSoftmax"/> along the last axis.</summary>
    public static implicit operator ActivationFunction(Activations.AxesFunction function) => new(function, x => function(x));

    /// <summary><see cref="Activations.Sparsemax"/> or <see cref="Activations.Glu"/> along the last axis.</summary>
    public static implicit operator ActivationFunction(Activations.AxisFunction function) => new(function, x => function(x));

    /// <summary><see cref="Activations.HardShrink"/> or <see cref="Activations.SoftShrink"/> with the default threshold.</summary>
    public static implicit operator ActivationFunction(Activations.ShrinkFunction function) => new(function, x => function(x));

    /// <summary><see cref="Activations.Squareplus"/> with its default smoothness.</summary>
    public static implicit operator ActivationFunction(Activations.SquareplusFunction function) => new(function, x => function(x));

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
