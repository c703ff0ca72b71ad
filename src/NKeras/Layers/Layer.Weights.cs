using System.Runtime.CompilerServices;
using NKeras.Constraints;
using NKeras.Core;
using NKeras.Initializers;
using NKeras.Regularizers;
using NKeras.Saving.Files;

namespace NKeras.Layers;

public abstract partial class Layer
{
    private readonly List<Variable> _added = [];
    private readonly List<SeedGenerator> _seedGenerators = [];
    private bool _trainable;

    /// <summary>Weights of a build that failed; fields may still hold them.</summary>
    private readonly HashSet<Variable> _discarded = [];

    /// <summary>Whether optimizers change the weights. Setting it sets it for the layers inside and for all weights made to be trained.</summary>
    public bool Trainable
    {
        get => _trainable;
        set
        {
            foreach (Layer layer in AllSubLayers.Prepend(this))
            {
                layer._trainable = value;
                foreach (Variable variable in layer.OwnWeights.Where(v => v.MadeTrainable)) variable.Trainable = value;
            }
        }
    }

    /// <summary>All weights, each layer's trainable ones first; the states of random generators and metrics are not among them.</summary>
    public IReadOnlyList<Variable> Weights => [.. AllSubLayers.Prepend(this).SelectMany(l => l.OwnWeights).Distinct()];

    /// <summary>The weights that optimizers change; none if the layer is frozen.</summary>
    public IReadOnlyList<Variable> TrainableWeights => Trainable ? [.. Weights.Where(w => w.Trainable)] : [];

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
    public IReadOnlyList<Variable> Variables =>
        [.. AllSubLayers.Prepend(this).SelectMany(l => l.OwnWeights.Concat(l.SeedGenerators.Select(g => g.State))).Distinct()];

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

    /// <summary>The layer's own weights: those that a constructor put into fields, then those of Build; the ones made to be trained before the others.</summary>
    internal IEnumerable<Variable> OwnWeights => FieldVariables.Concat(_added).OrderBy(v => v.MadeTrainable ? 0 : 1);

    /// <summary>What a layer that learns otherwise than by weights has learned; compiled programs hold it, so that they are stale once this is another object.</summary>
    internal virtual object? Learned => null;

    /// <summary>Freezes the variables that a layer which was made frozen keeps in fields.</summary>
    // Keras: does so as a variable is assigned. The layers inside are not touched there either.
    private void FreezeOwnIfFrozen()
    {
        if (Trainable) return;
        foreach (Variable variable in OwnWeights) variable.Trainable = false;
    }

    /// <summary>Variables in fields that <c>AddWeight</c> did not make.</summary>
    private IEnumerable<Variable> FieldVariables => InnerState.Of<Variable>(this).Where(v => !_discarded.Contains(v)).Except(_added);

    /// <summary>The layer's own random generators.</summary>
    internal IEnumerable<SeedGenerator> SeedGenerators => _seedGenerators.Concat(InnerState.Of<SeedGenerator>(this)).Distinct();

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

    /// <summary>The name of Python's attribute for a field, where it is not that of the field in snake case.</summary>
    internal virtual string AttributeName(string field) => field;

    /// <summary>The layer's own variables that files keep, in the order in which they do.</summary>
    internal virtual IReadOnlyList<Variable> FileVariables => [.. OwnWeights];

    /// <summary>Puts the layer's own variables into what a file keeps of it. Override it, with <see cref="LoadOwnVariables"/>, for a layer whose files look different.</summary>
    /// <param name="store">Gets a value for each key; keys are the variables' numbers, "0", "1", ….</param>
    public virtual void SaveOwnVariables(IDictionary<string, Tensor> store)
    {
        ArgumentNullException.ThrowIfNull(store);
        foreach (Variable variable in FileVariables) store[$"{store.Count}"] = variable.Value;
    }

    /// <summary>Sets the layer's own variables to what a file keeps of it.</summary>
    /// <param name="store">What <see cref="SaveOwnVariables"/> gave.</param>
    /// <exception cref="ArgumentException">The number of values, a key or a shape does not fit. Nothing is changed then.</exception>
    public virtual void LoadOwnVariables(IReadOnlyDictionary<string, Tensor> store)
    {
        ArgumentNullException.ThrowIfNull(store);
        IReadOnlyList<Variable> own = FileVariables;
        if (own.Count != store.Count)
        {
            throw new ArgumentException(own.Count == 0 && !Built
                ? $"Layer '{Name}' is not built, so it has no variables; the store has {store.Count}. Build it first, or override BuildFromConfig."
                : $"Layer '{Name}' has {own.Count} variables ({string.Join(", ", own.Select(v => v.Name))}); the store has {store.Count}.", nameof(store));
        }

        if (store is StoredVariables file)
        {
            // Of a file, shapes are known before anything is read.
            file.AssignTo(own);
            return;
        }

        for (int i = 0; i < own.Count; i++)
        {
            if (!store.TryGetValue($"{i}", out Tensor? value)) throw new ArgumentException($"Layer '{Name}': the store has no variable '{i}'; its keys are {string.Join(", ", store.Keys)}.", nameof(store));
            if (value.Shape != own[i].Shape) throw new ArgumentException($"Variable '{own[i].Path}' has shape {own[i].Shape}; its value in the store has shape {value.Shape}.", nameof(store));
        }

        for (int i = 0; i < own.Count; i++) own[i].Assign(store[$"{i}"]);
    }

    /// <summary>Puts files that belong to the layer, such as a vocabulary, into what a model's archive keeps. Most layers have none.</summary>
    /// <param name="assets">Gets the content of each file under its name, which has no folder in it.</param>
    // Keras: save_assets and load_assets get a folder on the disk; here nothing is unpacked.
    public virtual void SaveAssets(IDictionary<string, byte[]> assets)
    {
    }

    /// <summary>Takes in what <see cref="SaveAssets"/> put into an archive.</summary>
    /// <param name="assets">The content of each file under its name; read when it is asked for.</param>
    /// <exception cref="ArgumentException">A file is missing or not valid.</exception>
    public virtual void LoadAssets(IReadOnlyDictionary<string, byte[]> assets)
    {
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
        Variable variable = new(initializer ?? (dtype.IsFloating ? "glorot_uniform" : "zeros"), shape, dtype, trainable, name)
        {
            Trainable = trainable && Trainable,
            // A weight that comes after the build, outside any call, is named like those of the build.
            Path = $"{(CallContext.Current == null && Path != null ? Path : CallContext.PathOf(this))}/{name}",
            Autocast = autocast,
            Regularizer = regularizer,
            Constraint = constraint,
        };
        _added.Add(variable);
        // Keras: wraps build to note that it was called. Without this, a Build that a user calls would be repeated by Apply.
        if (madeIn == nameof(Build)) Built = true;
        return variable;
    }

    /// <summary>Creates a weight whose name does not matter, or is given last as in Keras.</summary>
    /// <inheritdoc cref="AddWeight(string, Shape?, Initializer?, bool, DType?, bool, Regularizer?, Constraint?, string)"/>
    [OverloadResolutionPriority(-1)] // With a name in front, or with arguments by name only, the other one is meant.
    protected Variable AddWeight(
        Shape? shape = null,
        Initializer? initializer = null,
        DType? dtype = null,
        bool trainable = true,
        bool autocast = true,
        Regularizer? regularizer = null,
        Constraint? constraint = null,
        string? name = null,
        [CallerMemberName] string madeIn = "") =>
        AddWeight(name ?? Naming.AutoName("variable"), shape, initializer, trainable, dtype, autocast, regularizer, constraint, madeIn);

    /// <summary>Makes the state of a random generator part of the layer's.</summary>
    // Keras: its path does not begin with the layer's, because the layer makes it before it has a scope.
    protected SeedGenerator AddSeedGenerator(int? seed)
    {
        SeedGenerator generator = new(seed);
        _seedGenerators.Add(generator);
        return generator;
    }
}
