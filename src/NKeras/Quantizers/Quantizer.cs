using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Quantizers;

/// <summary>Turns numbers into whole numbers with a scale (<c>keras.Quantizer</c>).</summary>
[DynamicallyAccessedMembers(AutoConfig.Needed)]
public abstract class Quantizer : IConfigurable
{
    /// <summary>Sets what all quantizers have.</summary>
    /// <param name="outputDtype">The type of the whole numbers; int8 if omitted.</param>
    protected Quantizer(DType? outputDtype = null) => OutputDtype = outputDtype ?? DType.Int8;

    /// <summary>The type of the whole numbers.</summary>
    public DType OutputDtype { get; }

    /// <summary>The whole numbers, and what the numbers were multiplied by before they were rounded.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="axis">The axes whose elements share a scale; those that the quantizer was made with if omitted.</param>
    // Keras: quantizers are called like functions; C# has no call operator.
    public abstract (Tensor Outputs, Tensor Scale) Apply(Tensor x, Ints? axis = null);

    /// <summary>What it was made with, by Keras's names: unless overridden the constructor's parameters, each read from the property of the same name.</summary>
    public virtual JsonObject GetConfig() => AutoConfig.Read(GetType(), this);

    /// <summary>Class and settings.</summary>
    public override string ToString() => Description.Of(this);
}
