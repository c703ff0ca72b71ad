using System.Text.Json.Nodes;
using NKeras.Optimizers;

namespace NKeras.Callbacks;

/// <summary>
/// Lets models be judged, and predict, with the running averages of their weights (<c>keras.callbacks.SwapEMAWeights</c>). The optimizer must keep
/// them: <c>useEma: true</c>.
/// </summary>
/// <remarks>While the averages are in the model this keeps the weights, which come back afterwards.</remarks>
/// <example><code>
/// model.Compile(new SGD(0.1, useEma: true), "mse");
/// model.Fit(x, y, validationSplit: 0.1, callbacks: [new SwapEMAWeights()]);
/// </code></example>
/// <param name="swapOnEpoch">
/// Whether the averages are in the model from the end of an epoch to the beginning of the next, too, so that the callbacks after this one, a
/// <c>ModelCheckpoint</c> above all, find them there.
/// </param>
public class SwapEMAWeights(bool swapOnEpoch = false) : Callback
{
    // Keras: swaps the weights with the optimizer's averages, so that Fit, whose end takes the averages for the weights, must not end
    // while they are swapped but in the last epoch. Here the averages stay where they are.
    private List<(Variable Variable, Tensor Weight)>? _weights;

    /// <summary>Whether the averages are in the model from the end of an epoch to the beginning of the next.</summary>
    public bool SwapOnEpoch => swapOnEpoch;

    /// <inheritdoc/>
    // Whatever is in the model now are its weights.
    public override void OnTrainBegin(IDictionary<string, double>? logs = null) => _weights = null;

    /// <inheritdoc/>
    // The averages have become the weights.
    public override void OnTrainEnd(IDictionary<string, double>? logs = null) => _weights = null;

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch, IDictionary<string, double>? logs = null)
    {
        if (SwapOnEpoch) TakeBack();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The optimizer keeps no averages.</exception>
    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null)
    {
        if (SwapOnEpoch) PutIn();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The optimizer keeps no averages.</exception>
    public override void OnTestBegin(IDictionary<string, double>? logs = null) => PutIn();

    /// <inheritdoc/>
    public override void OnTestEnd(IDictionary<string, double>? logs = null) => TakeBack();

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The optimizer keeps no averages.</exception>
    public override void OnPredictBegin(IDictionary<string, double>? logs = null) => PutIn();

    /// <inheritdoc/>
    // Keras: leaves the averages in the model, by mistake.
    public override void OnPredictEnd(IDictionary<string, double>? logs = null) => TakeBack();

    /// <inheritdoc/>
    public override JsonObject GetState() => [];

    internal override void OnAbandoned() => TakeBack();

    /// <summary>The weights, while the averages are in the model.</summary>
    internal override IReadOnlyList<Tensor> StateTensors
    {
        get => [.. (_weights ?? []).Select(w => w.Weight)];
        set => _weights = value.Count == 0 ? null : [.. Model.Optimizer.RunningAverages.Zip(value, (a, weight) => (a.Variable, weight))];
    }

    private void PutIn()
    {
        if (_weights != null) return;
        (Variable Variable, Variable Average)[] averages = [.. Model.Optimizer.RunningAverages];
        if (averages.Length == 0 && !KeepsAverages(Model.Optimizer))
            throw new InvalidOperationException($"SwapEMAWeights needs an optimizer that keeps running averages: create it with useEma: true. Received {Model.Optimizer} with useEma: false.");
        _weights = [.. averages.Select(a => (a.Variable, a.Variable.Value))];
        foreach ((Variable variable, Variable average) in averages) variable.Assign(average);
    }

    private static bool KeepsAverages(Optimizer optimizer) => optimizer switch
    {
        LossScaleOptimizer scaled => KeepsAverages(scaled.InnerOptimizer),
        MultiOptimizer several => several.Optimizers.Any(KeepsAverages),
        _ => optimizer.UseEma,
    };

    private void TakeBack()
    {
        foreach ((Variable variable, Tensor weight) in _weights ?? []) variable.Assign(weight);
        _weights = null;
    }
}
