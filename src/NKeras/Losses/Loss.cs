using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Saving;

namespace NKeras.Losses;

/// <summary>
/// A number that training makes small (<c>keras.losses.Loss</c>). A subclass says in <see cref="Call"/> what each sample
/// contributes; a Keras name such as <c>"mse"</c> converts implicitly.
/// </summary>
[DynamicallyAccessedMembers(AutoConfig.Needed)]
public abstract class Loss : IConfigurable
{
    /// <summary>Sets what all losses have.</summary>
    /// <param name="name">The name; the class name in snake case if omitted.</param>
    /// <param name="reduction">
    /// How the samples' values become one: <c>"sum_over_batch_size"</c> or <c>"mean"</c> (the average), <c>"sum"</c>,
    /// <c>"mean_with_sample_weight"</c> (the sum over that of the sample weights), <c>"none"</c> or null (not at all).
    /// </param>
    /// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
    /// <exception cref="ArgumentException">There is no such reduction.</exception>
    protected Loss(string? name = null, string? reduction = "sum_over_batch_size", DType? dtype = null)
    {
        Name = name ?? Naming.AutoName(GetType().Name);
        Reduction = LossReduction.Check(reduction);
        DType = dtype ?? Config.Floatx();
    }

    /// <summary>The name.</summary>
    public string Name { get; private set; }

    /// <summary>How the samples' values become one.</summary>
    public string? Reduction { get; }

    /// <summary>The type that the loss computes in.</summary>
    public DType DType { get; }

    /// <summary>The loss of predictions: a scalar, or one value per sample where nothing is reduced.</summary>
    /// <param name="yTrue">The targets.</param>
    /// <param name="yPred">The predictions.</param>
    /// <param name="sampleWeight">How much each sample (or each of its elements) counts; shape (batch,) or longer.</param>
    /// <remarks>What a mask leaves out that travels with the predictions does not count: averages are taken over the rest.</remarks>
    /// <exception cref="ArgumentException">Shapes do not belong together, or a class number is no class's.</exception>
    // Keras: losses are called like functions; C# has no call operator.
    public Tensor Apply(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        using WideScope scope = WideScope.Wanted(DType == DType.Float64);
        Tensor? mask = KerasMask.Of(yPred);
        yPred = Ops.Cast(yPred, DType);
        // Class numbers stay integers: float32 holds them only up to 2^24.
        if (!TakesClassNumbers(yTrue.Shape, yPred.Shape) || yTrue.DType.IsFloating) yTrue = Ops.Cast(yTrue, DType);
        Tensor values = Compare(yTrue, yPred);
        mask = LossReduction.MaskFor(values, mask);
        if (KerasMask.Of(values) is { } counts) mask = mask is null ? counts : Ops.LogicalAnd(mask, counts);
        return LossReduction.Reduce(Ops.Cast(values, DType), sampleWeight, mask, Reduction);
    }

    /// <summary>The value of each sample, before weights and reduction.</summary>
    /// <param name="yTrue">The targets, in <see cref="DType"/>.</param>
    /// <param name="yPred">The predictions, in <see cref="DType"/>.</param>
    public abstract Tensor Call(Tensor yTrue, Tensor yPred);

    /// <summary>The loss with a Keras name, such as <c>"sparse_categorical_crossentropy"</c>.</summary>
    /// <exception cref="ArgumentException">There is no such loss; the message suggests the nearest name.</exception>
    public static implicit operator Loss(string name) => LossNames.Get(name);

    /// <summary>A function of one's own, which maps targets and predictions to one value per sample.</summary>
    // Keras: takes the function itself; in C# a method or lambda is wrapped: new LossFunctionWrapper(Mine).
    public static implicit operator Loss(Func<Tensor, Tensor, Tensor> function) => new FunctionLoss(function);

    /// <summary>The name it was given by, if it was; configurations keep it.</summary>
    internal string? GivenAs { get; private set; }

    /// <summary>Notes the name that it was given by. Keras makes of a function's name a loss called so, of a class's name one with the class's own.</summary>
    internal Loss Given(string name)
    {
        GivenAs = name;
        if (name != GetType().Name) Name = name;
        return this;
    }

    /// <summary>Whether the targets are numbers of classes rather than values of the predictions' shape.</summary>
    internal virtual bool TakesClassNumbers(Shape yTrue, Shape yPred) => false;

    /// <summary>Whether the targets are probabilities, from 0 to 1.</summary>
    internal virtual bool TakesProbabilities => false;

    /// <summary>The class number that is allowed though no such class exists.</summary>
    internal virtual int? IgnoredClass => null;

    /// <summary>The axis of the predictions along which the classes lie.</summary>
    internal virtual int ClassAxis => -1;

    /// <summary>The shape of the values that <see cref="Call"/> gives for predictions of a shape; null if it is not known.</summary>
    internal virtual Shape? ValuesShape(Shape yPred) => null;

    /// <summary>Whether targets and predictions of these shapes (dimensions may be unknown) belong together.</summary>
    internal virtual bool Accepts(Shape yTrue, Shape yPred) => true;

    /// <summary>What it was made with, by Keras's names: unless overridden the constructor's parameters, each read from the property of the same name.</summary>
    public virtual JsonObject GetConfig() => AutoConfig.Read(GetType(), this, "dtype");

    private Tensor Compare(Tensor yTrue, Tensor yPred)
    {
        try
        {
            return Call(yTrue, yPred);
        }
        catch (ArgumentException e) when (!Accepts(yTrue.Shape, yPred.Shape))
        {
            throw new ArgumentException($"Loss '{Name}' cannot compare targets of shape {yTrue.Shape} with predictions of shape {yPred.Shape}: {e.Message}", nameof(yTrue), e);
        }
    }

    /// <summary>Class, name and how the samples' values become one.</summary>
    public override string ToString() => $"<{GetType().Name} name={Name}, reduction={Reduction ?? "null"}>";
}
