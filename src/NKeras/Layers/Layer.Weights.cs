namespace NKeras.Layers;

public abstract partial class Layer
{
    /// <summary>All weights in order of creation; the states of random generators and metrics are not among them.</summary>
    public IReadOnlyList<Variable> Weights => [.. Variables.Where(v => !IsSeedState(v))];

    /// <summary>The weights that optimizers change; none if the layer is frozen.</summary>
    public IReadOnlyList<Variable> TrainableWeights => TrainableVariables;

    /// <summary>The weights that optimizers do not change; all of them if the layer is frozen.</summary>
    public IReadOnlyList<Variable> NonTrainableWeights
    {
        get
        {
            HashSet<Variable> trainable = [.. TrainableVariables];
            return [.. Weights.Where(v => !trainable.Contains(v))];
        }
    }

    /// <summary>The weights and all other state, layers inside included, in order of creation.</summary>
    public virtual IReadOnlyList<Variable> Variables =>
        [.. _ownVariables.Concat(_seedGenerators.Select(g => g.State)).Concat(SubLayers.SelectMany(l => l.Variables)).Distinct()];

    /// <summary>The variables that optimizers change.</summary>
    public virtual IReadOnlyList<Variable> TrainableVariables => Trainable
        ? [.. _ownVariables.Where(v => v.Trainable).Concat(SubLayers.SelectMany(l => l.TrainableVariables)).Distinct()]
        : [];

    /// <summary>The variables that optimizers do not change.</summary>
    public IReadOnlyList<Variable> NonTrainableVariables
    {
        get
        {
            HashSet<Variable> trainable = [.. TrainableVariables];
            return [.. Variables.Where(v => !trainable.Contains(v))];
        }
    }

    /// <summary>The number of elements of all weights.</summary>
    /// <exception cref="InvalidOperationException">The weights do not exist yet.</exception>
    public int CountParams() => Built
        ? Weights.Sum(w => w.Shape.Size)
        : throw new InvalidOperationException($"Layer '{Name}' has no weights yet: apply it to an input, or call Build.");

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

    private static bool IsSeedState(Variable v) => v.Name == "seed_generator_state";
}
