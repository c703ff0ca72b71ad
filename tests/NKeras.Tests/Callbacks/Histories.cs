using NKeras.Callbacks;

namespace NKeras.Tests.Callbacks;

/// <summary>Histories of training that never took place.</summary>
internal static class Histories
{
    public static History Of(int epochs, Func<int, Dictionary<string, double>> scores)
    {
        History history = new();
        history.OnTrainBegin();
        for (int epoch = 0; epoch < epochs; epoch++) history.OnEpochEnd(epoch, scores(epoch));
        return history;
    }
}
