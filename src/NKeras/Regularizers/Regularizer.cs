using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Regularizers;

/// <summary>What a layer adds to the loss for its weights or its output (<c>keras.Regularizer</c>). A Keras name converts implicitly.</summary>
[DynamicallyAccessedMembers(AutoConfig.Needed)]
public abstract class Regularizer : IConfigurable
{
    /// <summary>The penalty: a scalar.</summary>
    /// <param name="x">The weight, or the output.</param>
    // Keras: regularizers are called like functions; C# has no call operator.
    public abstract Tensor Apply(Tensor x);

    /// <summary>The regularizer with a Keras name, such as <c>"l2"</c>.</summary>
    /// <exception cref="ArgumentException">There is no such regularizer; the message suggests the nearest name.</exception>
    public static implicit operator Regularizer(string name) => RegularizerNames.Get(name);

    /// <summary>A function of one's own, which gives a scalar. Files can name it if it is registered (<c>Utils.RegisterKerasSerializable</c>).</summary>
    public static implicit operator Regularizer(TensorFunction function) => new FunctionRegularizer(function);

    /// <summary>A factor, which is finite and not negative.</summary>
    private protected static double Checked(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be a finite number of 0 or more.");

    /// <summary>What it was made with, by Keras's names: unless overridden the constructor's parameters, each read from the property of the same name.</summary>
    public virtual JsonObject GetConfig() => AutoConfig.Read(GetType(), this);

    /// <summary>Class and settings.</summary>
    public override string ToString() => Description.Of(this);
}
