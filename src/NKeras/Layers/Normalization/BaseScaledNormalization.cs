using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>What layers have in common that bring values to mean 0 and standard deviation 1, then multiply by gamma and add beta.</summary>
public abstract class BaseScaledNormalization : Layer
{
    private protected BaseScaledNormalization(
        double epsilon,
        bool center,
        bool scale,
        Initializer? betaInitializer,
        Initializer? gammaInitializer,
        Regularizer? betaRegularizer,
        Regularizer? gammaRegularizer,
        Constraint? betaConstraint,
        Constraint? gammaConstraint,
        string? name,
        bool trainable,
        DTypePolicy? dtype)
        : base(name, trainable, dtype)
    {
        (Epsilon, Center, Scale) = (epsilon, center, scale);
        BetaInitializer = betaInitializer ?? "zeros";
        GammaInitializer = gammaInitializer ?? "ones";
        (BetaRegularizer, GammaRegularizer, BetaConstraint, GammaConstraint) = (betaRegularizer, gammaRegularizer, betaConstraint, gammaConstraint);
        SupportsMasking = true;
    }

    /// <summary>Added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>Whether beta is added.</summary>
    public bool Center { get; }

    /// <summary>Whether the result is multiplied by gamma.</summary>
    public bool Scale { get; }

    /// <summary>Makes beta.</summary>
    public Initializer BetaInitializer { get; }

    /// <summary>Makes gamma.</summary>
    public Initializer GammaInitializer { get; }

    /// <summary>The penalty on beta; null for none.</summary>
    public Regularizer? BetaRegularizer { get; }

    /// <summary>The penalty on gamma; null for none.</summary>
    public Regularizer? GammaRegularizer { get; }

    /// <summary>What beta is made to fulfil; null for nothing.</summary>
    public Constraint? BetaConstraint { get; }

    /// <summary>What gamma is made to fulfil; null for nothing.</summary>
    public Constraint? GammaConstraint { get; }

    /// <summary>The factors; null without them or before the layer is built.</summary>
    public Variable? Gamma { get; private set; }

    /// <summary>The offsets; null without them or before the layer is built.</summary>
    public Variable? Beta { get; private set; }

    /// <summary>Creates gamma and beta, those that are wanted.</summary>
    private protected void AddGammaAndBeta(Shape shape, bool scale, bool center)
    {
        if (scale) Gamma = AddWeight("gamma", shape, GammaInitializer, autocast: false, regularizer: GammaRegularizer, constraint: GammaConstraint);
        if (center) Beta = AddWeight("beta", shape, BetaInitializer, autocast: false, regularizer: BetaRegularizer, constraint: BetaConstraint);
    }

    /// <summary>The type in which statistics of numbers of a type are taken: float32 for those of fewer bits, which would overflow, and for integers.</summary>
    private protected static DType Spacious(DType type) => type.IsFloating && type.Size >= 4 ? type : DType.Float32;
}
