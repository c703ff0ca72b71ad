using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using NKeras.Engine.Primitives;
using NKeras.Saving;

namespace NKeras.Optimizers.Schedules;

/// <summary>A learning rate that depends on the number of steps so far (<c>keras.optimizers.schedules.LearningRateSchedule</c>).</summary>
/// <remarks>What <see cref="Apply"/> does is compiled into the training step, so it is written with <c>Ops</c>.</remarks>
/// <example><code>
/// public sealed class Inverse(double initialLearningRate) : LearningRateSchedule
/// {
///     public double InitialLearningRate { get; } = initialLearningRate;
///
///     public override Tensor Apply(Tensor step) =&gt; InitialLearningRate / (Ops.Cast(step, "float32") + 1.0);
/// }
///
/// model.Compile(new SGD(new Inverse(0.1)), "mse");
/// </code></example>
[DynamicallyAccessedMembers(AutoConfig.Needed)]
public abstract class LearningRateSchedule : IConfigurable
{
    /// <summary>The learning rate at a step, of the default floating-point type.</summary>
    /// <param name="step">The number of steps before it.</param>
    // Keras: schedules are called like functions; C# has no call operator.
    public abstract Tensor Apply(Tensor step);

    /// <summary>A number of steps, which is greater than zero.</summary>
    private protected static double Positive(double value, string name) => value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be greater than 0.");

    /// <summary>The step in the type learning rates have.</summary>
    private protected static Tensor ToRate(Tensor step) => Ops.Cast(step, Config.Floatx());

    private protected static Tensor Floor(Tensor x) => PrimitiveOps.Unary(ElementwiseFunction.Floor, x);

    /// <summary>Half a wave of the cosine: from 1 at fraction 0 to 0 at fraction 1.</summary>
    private protected static Tensor HalfWave(Tensor fraction) =>
        Ops.Multiply(Ops.Add(PrimitiveOps.Unary(ElementwiseFunction.Cos, Ops.Multiply(fraction, Math.PI)), 1.0), 0.5);

    /// <summary>What it was made with, by Keras's names: unless overridden the constructor's parameters, each read from the property of the same name.</summary>
    public virtual JsonObject GetConfig() => AutoConfig.Read(GetType(), this);

    /// <summary>Class and settings.</summary>
    public override string ToString() => Description.Of(this);
}
