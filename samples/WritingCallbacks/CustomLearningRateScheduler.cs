using NKeras.Callbacks;

namespace Samples.WritingCallbacks;

/// <summary>Sets the optimizer's learning rate before each epoch.</summary>
/// <param name="schedule">From the epoch, counted from 0, and the present rate to the new one.</param>
public sealed class CustomLearningRateScheduler(Func<int, double, double> schedule) : Callback
{
    private readonly List<double> _rates = [];

    public IReadOnlyList<double> Rates => _rates;

    public override void OnEpochBegin(int epoch, IDictionary<string, double>? logs = null)
    {
        double rate = schedule(epoch, Model.Optimizer.LearningRate);
        Model.Optimizer.LearningRate = rate;
        _rates.Add(rate);
    }
}
