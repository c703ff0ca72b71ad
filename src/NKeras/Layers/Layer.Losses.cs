using NKeras.Core;
using NKeras.Metrics;

namespace NKeras.Layers;

public abstract partial class Layer
{
    private readonly List<Tensor> _ownLosses = [];

    /// <summary>What training adds to the loss: what <c>Call</c> gave to <see cref="AddLoss"/> last, here and in the layers inside, and the penalties of the weights.</summary>
    public IReadOnlyList<Tensor> Losses =>
    [
        .. LayersInKerasOrder.Prepend(this).SelectMany(l => l.OwnLosses),
        .. TrainableWeights.Where(w => w.Regularizer != null).Select(w => w.Regularizer!.Apply(w)),
    ];

    /// <summary>The metrics that the layer and those inside keep in their fields. <c>Call</c> updates them; <c>Fit</c> resets and reports them.</summary>
    public virtual IReadOnlyList<Metric> Metrics => OwnMetrics;

    /// <summary>The state of all metrics.</summary>
    public IReadOnlyList<Variable> MetricsVariables => [.. Metrics.SelectMany(m => m.Variables)];

    /// <summary>The metrics in the fields, here and inside. Those of models inside are theirs alone; those of the layers in them are not.</summary>
    private protected IReadOnlyList<Metric> OwnMetrics
    {
        get
        {
            Nesting.Check(this);
            return [.. InnerState.Of<Metric>(this).Concat(LayersInKerasOrder.SelectMany(l => l is Model ? [] : l.OwnMetrics)).Distinct()];
        }
    }

    /// <summary>Adds a scalar to what training makes small. To be called within <c>Call</c>.</summary>
    /// <param name="loss">The scalar, computed from the inputs.</param>
    /// <exception cref="ArgumentException">It is symbolic.</exception>
    protected void AddLoss(Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss is KerasTensor symbolic)
            throw new ArgumentException($"Layer '{Name}': AddLoss takes a tensor that Call computes, not the symbolic tensor '{symbolic.Name}'. Call it within Call.", nameof(loss));
        if (SymbolicCall.IsInferring) return; // Those of a call without data mean nothing.
        lock (_ownLosses) _ownLosses.Add(loss);
    }

    /// <summary>Forgets what the last call gave to <see cref="AddLoss"/>.</summary>
    internal void ClearLosses()
    {
        foreach (Layer layer in AllSubLayers.Prepend(this))
        {
            lock (layer._ownLosses) layer._ownLosses.Clear();
        }
    }

    private Tensor[] OwnLosses
    {
        get
        {
            lock (_ownLosses) return [.. _ownLosses];
        }
    }
}
