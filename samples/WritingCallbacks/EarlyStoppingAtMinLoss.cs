using NKeras;
using NKeras.Callbacks;

namespace Samples.WritingCallbacks;

/// <summary>Stops when the loss has not become less for some epochs, and puts the weights of the best one back.</summary>
/// <param name="patience">How many epochs it waits.</param>
public sealed class EarlyStoppingAtMinLoss(int patience = 0) : Callback
{
    private Tensor[]? _bestWeights;
    private double _best;
    private int _wait;

    public int Patience { get; } = patience;

    /// <summary>The epoch after which training was stopped; null if it was not.</summary>
    public int? StoppedEpoch { get; private set; }

    public override void OnTrainBegin(IDictionary<string, double>? logs = null) => (_best, _wait, _bestWeights, StoppedEpoch) = (double.PositiveInfinity, 0, null, null);

    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null)
    {
        double loss = logs!["loss"];
        if (loss < _best)
        {
            (_best, _wait, _bestWeights) = (loss, 0, Model.GetWeights());
            return;
        }

        if (++_wait < Patience) return;
        StoppedEpoch = epoch;
        Model.StopTraining = true;
        Model.SetWeights(_bestWeights!);
    }
}
