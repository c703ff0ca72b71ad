using System.Runtime.CompilerServices;
using NKeras.Constraints;
using NKeras.Core;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

public abstract partial class Layer
{
    private readonly List<Variable> _ownTrainable = [];
    private readonly List<Variable> _ownFixed = [];
    private readonly List<SeedGenerator> _seedGenerators = [];
    private bool _trainable;

    /// <summary>Weights of a build that failed; fields may still hold them.</summary>
    private readonly HashSet<Variable> _discarded = [];

    /// <summary>Whether optimizers change the weights, those of layers inside included.</summary>
    public virtual bool Trainable
    {
        get => _trainable;
        set
        {
            _trainable = value;
            foreach (Variable variable in _ownTrainable) variable.Trainable = value;
            foreach (Layer layer in Nesting.Inside(this)) layer.Trainable = value;
        }
    }

    /// <summary>All weights, each layer's trainable ones first; the states of random generators and metrics are not among them.</summary>
    public IReadOnlyList<Variable> Weights => [.. OwnWeights.Concat(Nesting.Inside(this).SelectMany(l => l.Weights)).Distinct()];

    /// <summary>The weights that optimizers change; none if the layer is frozen.</summary>
    public IReadOnlyList<Variable> TrainableWeights => Trainable ? [.. Weights.Where(IsTrainable(this))] : [];

    /// <summary>The weights that optimizers do not change; all of them if the layer is frozen.</summary>
    public IReadOnlyList<Variable> NonTrainableWeights
    {
        get
        {
            HashSet<Variable> trainable = [.. TrainableWeights];
            return [.. Weights.Where(v => !trainable.Contains(v))];
        }
    }

    /// <summary>The weights and all other state but that of metrics, layers inside included.</summary>
    public virtual IReadOnlyList<Variable> Variables =>
        [.. OwnWeights.Concat(SeedGenerators.Select(g => g.State)).Concat(Nesting.Inside(this).SelectMany(l => l.Variables)).Distinct()];

    /// <summary>The variables that optimizers change.</summary>
    public IReadOnlyList<Variable> TrainableVariables => TrainableWeights;

    /// <summary>The variables that optimizers do not change.</summary>
    public IReadOnlyList<Variable> NonTrainableVariables
    {
        get
        {
            HashSet<Variable> trainable = [.. TrainableVariables];
            return [.. Variables.Where(v => !trainable.Contains(v))];
        }
    }

    private IEnumerable<Variable> OwnWeights => _ownTrainable.Concat(_ownFixed).Concat(InnerState.Of<Variable>(this).Where(v => !_discarded.Contains(v))).Distinct();

    private IEnumerable<SeedGenerator> SeedGenerators => _seedGenerators.Concat(InnerState.Of<SeedGenerator>(this)).Distinct();

    /// <summary>The number of elements of all weights.</summary>
    /// <exception cref="InvalidOperationException">The weights do not exist yet.</exception>
    public long CountParams() => Built
        ? Weights.Sum(w => (long)w.Shape.Size)
        : throw new InvalidOperationException($"CountParams was called on layer '{Name}', which is not built, so that its weights do not exist. Apply it to an input, or call Build(inputShape).");

    /// <summary>The values of all weights, in order.</summary>
    public Tensor[] GetWeights() => [.. Weights.Select(w => w.Value)];

    /// <summary>Sets all weights, in order.</summary>
    /// <exception cref="ArgumentException">The number of values, or a shape, does not fit. Nothing is changed then.</exception>
    public void SetWeights(IReadOnlyList<Tensor> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        IReadOnlyList<Variable> own = Weights;
        if (weights.Count != own.Count)
            throw new ArgumentException($"Layer '{Name}' has {own.Count} weights; {weights.Count} values were given.", nameof(weights));
        for (int i = 0; i < own.Count; i++)
        {
            if (weights[i] is null or KerasTensor)
                throw new ArgumentException($"The value given for weight '{own[i].Path}' is {(weights[i] is null ? "null" : "symbolic")}; it must be data of shape {own[i].Shape}.", nameof(weights));
            if (weights[i].Shape != own[i].Shape)
                throw new ArgumentException($"Weight '{own[i].Path}' has shape {own[i].Shape}; the value given for it has shape {weights[i].Shape}.", nameof(weights));
        }

        for (int i = 0; i < own.Count; i++) own[i].Assign(weights[i]);
    }

    /// <summary>Creates a weight.</summary>
    /// <param name="name">Its name within the layer, such as <c>kernel</c>.</param>
    /// <param name="shape">The dimensions; all must be known. A scalar's if omitted.</param>
    /// <param name="initializer">Makes the first value; <c>"glorot_uniform"</c> for floating-point weights and <c>"zeros"</c> for others if omitted.</param>
    /// <param name="trainable">Whether optimizers change it.</param>
    /// <param name="dtype">The element type; the layer's variable type if omitted.</param>
    /// <param name="autocast">Whether <c>Call</c> reads it in the type the layer computes in, rather than its own.</param>
    /// <param name="regularizer">A penalty on its values, added to the loss.</param>
    /// <param name="constraint">What its values are made to fulfil after every step of an optimizer.</param>
    /// <param name="madeIn">Filled in by the compiler.</param>
    /// <exception cref="ArgumentException">A dimension is unknown.</exception>
    protected Variable AddWeight(
        string name,
        Shape? shape = null,
        Initializer? initializer = null,
        bool trainable = true,
        DType? dtype = null,
        bool autocast = true,
        Regularizer? regularizer = null,
        Constraint? constraint = null,
        [CallerMemberName] string madeIn = "")
    {
        shape ??= Shape.Scalar;
        if (!shape.IsKnown)
            throw new ArgumentException($"Weight '{name}' of layer '{Name}' was given shape {shape}: every dimension of a weight must be known.", nameof(shape));
        dtype ??= VariableDType;
        WeightSize.Check(this, name, shape, dtype);
        Variable variable = new(initializer ?? (dtype.IsFloating ? "glorot_uniform" : "zeros"), shape, dtype, trainable && Trainable, name)
        {
            Path = $"{CallContext.PathOf(this)}/{name}",
            Autocast = autocast,
            Regularizer = regularizer,
            Constraint = constraint,
        };
        (trainable ? _ownTrainable : _ownFixed).Add(variable);
        // Keras: wraps build to note that it was called. Without this, a Build that a user calls would be repeated by Apply.
        if (madeIn == nameof(Build)) Built = true;
        return variable;
    }

    /// <summary>Makes the state of a random generator part of the layer's.</summary>
    // Keras: its path does not begin with the layer's, because the layer makes it before it has a scope.
    protected SeedGenerator AddSeedGenerator(int? seed)
    {
        SeedGenerator generator = new(seed);
        _seedGenerators.Add(generator);
        return generator;
    }

    /// <summary>Whether a variable of the layer's is trainable where it is kept: in no frozen layer.</summary>
    private static Func<Variable, bool> IsTrainable(Layer layer)
    {
        HashSet<Variable> frozen = [.. layer.AllSubLayers.Where(l => !l.Trainable).SelectMany(l => l.Weights)];
        return v => v.Trainable && !frozen.Contains(v);
    }
}
