using System.Text.Json;
using NKeras.Callbacks;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Training;

/// <summary>Whole unshuffled fits against recorded ones of Keras, from the same weights.</summary>
[Collection(NamesCollection.Name)]
public sealed class FitRecordingTests
{
    /// <summary>
    /// Weights that are moved a little first. With those recorded a unit of the model is so near to the kink of ReLU that it is on
    /// the other side in exact arithmetic and here than it was in the recording.
    /// </summary>
    private static readonly Dictionary<string, (string Path, double By)> s_moved = new() { ["resnet_small"] = ("batch_normalization_1/beta", -1e-6) };

    public static TheoryData<string> Names => [.. RecordedModels.Written];

    [Theory]
    [MemberData(nameof(Names))]
    public void FitIsTheRecordedOne(string name)
    {
        Model model = RecordedModels.Build(name);
        JsonElement record = RecordedModels.Record(name), fit = record.GetProperty("fit");
        model.SetWeights([.. record.GetProperty("weights").EnumerateArray().Select(w => RecordedData.Tensor(w.GetProperty("value")))]);
        if (s_moved.TryGetValue(name, out (string Path, double By) move)) model.Weights.Single(w => w.Path == move.Path).AssignAdd(move.By);
        Tensors x = RecordedData.Tensors(record.GetProperty("x")), y = RecordedData.Tensors(record.GetProperty("y")), inputs = RecordedData.Tensors(record.GetProperty("predict_inputs"));
        CheckPredictions("before", record.GetProperty("predict_initial"), model.PredictAll(inputs, verbose: 0));

        Scores before = model.Evaluate(x, y, batchSize: 16, verbose: 0, returnDict: true);
        JsonProperty[] scores = [.. record.GetProperty("evaluate_initial").EnumerateObject()];
        Assert.Equal(scores.Select(s => s.Name).Order(), before.Keys.Order());
        foreach (JsonProperty score in scores) AssertClose(score.Value.GetDouble(), before[score.Name]);

        History history = model.Fit(x, y, batchSize: fit.GetProperty("batch_size").GetInt32(), epochs: fit.GetProperty("epochs").GetInt32(),
            shuffle: false, validationSplit: fit.GetProperty("validation_split").GetDouble(), verbose: 0);
        JsonProperty[] expected = [.. record.GetProperty("history").EnumerateObject()];
        Assert.Equal(expected.Select(s => s.Name), history.Logs.Keys);
        foreach (JsonProperty score in expected)
        {
            double[] values = [.. score.Value.EnumerateArray().Select(v => v.GetDouble())];
            for (int i = 0; i < values.Length; i++) AssertClose(values[i], history[score.Name][i]);
        }

        CheckPredictions("after", record.GetProperty("predict_final"), model.PredictAll(inputs, verbose: 0));
    }

    private static void CheckPredictions(string when, JsonElement recorded, Tensors predictions)
    {
        Tensors expected = RecordedData.Tensors(recorded);
        Assert.Equal(expected.Names, predictions.Names);
        Assert.Equal(expected.Count, predictions.Count);
        for (int i = 0; i < expected.Count; i++) RecordedData.AssertClose($"prediction {i} {when}", expected[i], predictions[i], compareType: false);
    }

    private static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, 1e-4 * Math.Max(1, Math.Abs(expected)));
}
