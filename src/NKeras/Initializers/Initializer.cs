using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Initializers;

/// <summary>Makes the first value of a variable (<c>keras.initializers.Initializer</c>). A Keras name converts implicitly.</summary>
[DynamicallyAccessedMembers(AutoConfig.Needed)]
public abstract class Initializer : IConfigurable
{
    /// <summary>A tensor of initial values.</summary>
    /// <param name="shape">The dimensions, all known.</param>
    /// <param name="dtype">The element type; float32 if omitted.</param>
    // Keras: initializers are called like functions; C# has no call operator.
    public abstract Tensor Apply(Shape shape, DType? dtype = null);

    /// <summary>The initializer with a Keras name, such as <c>"glorot_uniform"</c>.</summary>
    /// <exception cref="ArgumentException">There is no such initializer; the message suggests the nearest name.</exception>
    public static implicit operator Initializer(string name) => InitializerNames.Get(name);

    /// <summary>A tensor, or a value for all elements, that is the first value itself.</summary>
    // Keras: a tensor has to have the variable's shape; here it is broadcast to it.
    public static implicit operator Initializer(Tensor value) => new Constant(value);

    /// <summary>A function of one's own. Files can name it if it is registered (<c>Utils.RegisterKerasSerializable</c>).</summary>
    public static implicit operator Initializer(InitializerFunction function) => new FunctionInitializer(function);

    /// <summary>Another of the same settings (<c>Initializer.clone</c>). Without a seed of the user's it draws other numbers.</summary>
    public Initializer Clone() => this is IFunctionObject ? this : (Initializer)((TypeTable.Find(GetType()) ?? CustomTypes.Find(GetType()))?.FromConfig(GetConfig()) ?? AutoConfig.Create(GetType(), GetConfig()));

    /// <summary>What it was made with, by Keras's names: unless overridden the constructor's parameters, each read from the property of the same name.</summary>
    public virtual JsonObject GetConfig() => AutoConfig.Read(GetType(), this);

    /// <summary>Class and settings.</summary>
    public override string ToString() => Description.Of(this);
}
