using NKeras.Metrics;

namespace NKeras.Layers;

public abstract partial class Layer
{
    private readonly List<Tensor> _ownLosses = [];

    /// <summary>What training adds to the loss: what <c>Call</c> gave to <see cref="AddLoss"/> last, here and in the layers inside, and the penalties of the weights.</summary>
    public IReadOnlyList<Tensor> Losses =>
    [
        .. _ownLosses.Concat(AllSubLayers.SelectMany(l => l._ownLosses)),
        .. TrainableWeights.Where(w => w.Regularizer != null).Select(w => w.Regularizer!.Apply(w)),
    ];

    /// <summary>The metrics that the layer and those inside keep in their fields. <c>Call</c> updates them; <c>Fit</c> resets and reports them.</summary>
    public virtual IReadOnlyList<Metric> Metrics => [.. InnerState.Of<Metric>(this).Concat(Nesting.Inside(this).SelectMany(l => l.Metrics)).Distinct()];

    /// <summary>Adds a scalar to what training makes small. To be called within <c>Call</c>.</summary>
    /// <param name="loss">The scalar, computed from the inputs.</param>
    /// <exception cref="ArgumentException">It is symbolic.</exception>
    protected void AddLoss(Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss is KerasTensor symbolic)
            throw new ArgumentException($"Layer '{Name}': AddLoss takes a tensor that Call computes, not the symbolic tensor '{symbolic.Name}'. Call it within Call.", nameof(loss));
        _ownLosses.Add(loss);
    }

    /// <summary>Forgets what the last call gave to <see cref="AddLoss"/>.</summary>
    internal void ClearLosses()
    {
        _ownLosses.Clear();
        foreach (Layer layer in AllSubLayers) layer._ownLosses.Clear();
    }
}
