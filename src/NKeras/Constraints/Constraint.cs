using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Constraints;

/// <summary>Brings a weight back to where it may be, after each step of an optimizer (<c>keras.constraints.Constraint</c>). A Keras name converts implicitly.</summary>
/// <remarks>The base class changes nothing; a subclass overrides <see cref="Apply"/>.</remarks>
[DynamicallyAccessedMembers(AutoConfig.Needed)]
public class Constraint : IConfigurable
{
    /// <summary>The weight's new value.</summary>
    /// <param name="w">The value the optimizer gave it.</param>
    // Keras: constraints are called like functions; C# has no call operator.
    public virtual Tensor Apply(Tensor w) => w;

    /// <summary>The constraint with a Keras name, such as <c>"non_neg"</c>.</summary>
    /// <exception cref="ArgumentException">There is no such constraint; the message suggests the nearest name.</exception>
    public static implicit operator Constraint(string name) => ConstraintNames.Get(name);

    /// <summary>A function of one's own. Files can name it if it is registered (<c>Utils.RegisterKerasSerializable</c>).</summary>
    public static implicit operator Constraint(TensorFunction function) => new FunctionConstraint(function);

    /// <summary>The lengths of the vectors along axes, which are kept with dimension 1.</summary>
    private protected static Tensor Norms(Tensor w, Ints axis) => Ops.Sqrt(Ops.Sum(Ops.Square(w), axis, keepdims: true));

    /// <summary>A weight whose vectors of given lengths are brought to others.</summary>
    private protected static Tensor Rescale(Tensor w, Tensor norms, Tensor desired) => Ops.Multiply(w, Ops.Divide(desired, Ops.Add(norms, Config.Epsilon())));

    /// <summary>What it was made with, by Keras's names: unless overridden the constructor's parameters, each read from the property of the same name.</summary>
    public virtual JsonObject GetConfig() => AutoConfig.Read(GetType(), this);

    /// <summary>Class and settings.</summary>
    public override string ToString() => Description.Of(this);
}
