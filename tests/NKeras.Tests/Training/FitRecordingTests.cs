using System.Text.Json;
using NKeras.Callbacks;
using NKeras.Tests.Recorded;
using Xunit.Sdk;

namespace NKeras.Tests.Training;

/// <summary>Whole unshuffled fits against recorded ones of Keras, from the same weights.</summary>
[Collection(NamesCollection.Name)]
public sealed class FitRecordingTests
{
    /// <summary>How far from the recorded weights a fit may start: what rounding does to them. It can decide on which side of a kink (of ReLU) a unit lies.</summary>
    private const float Rounding = 1e-6f;

    private const int Starts = 12;

    public static TheoryData<string> Names => [.. RecordedModels.Written];

    [Theory]
    [MemberData(nameof(Names))]
    public void PredictionsAndScoresAreTheRecordedOnes(string name)
    {
        JsonElement record = RecordedModels.Record(name);
        Model model = Start(name, 0);
        CheckPredictions(record.GetProperty("predict_initial"), model.PredictAll(RecordedData.Tensors(record.GetProperty("predict_inputs")), verbose: 0));
        Scores scores = model.Evaluate(RecordedData.Tensors(record.GetProperty("x")), RecordedData.Tensors(record.GetProperty("y")), batchSize: 16, verbose: 0, returnDict: true);
        JsonProperty[] expected = [.. record.GetProperty("evaluate_initial").EnumerateObject()];
        Assert.Equal(expected.Select(s => s.Name).Order(), scores.Keys.Order());
        foreach (JsonProperty score in expected) AssertClose(score.Value.GetDouble(), scores[score.Name]);
    }

    /// <summary>The whole history and the predictions after it are those of one fit, from the recorded weights or from some that rounding cannot tell from them.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void FitIsTheRecordedOne(string name)
    {
        for (int start = 0; start < Starts; start++)
        {
            try
            {
                CheckFit(Start(name, start), RecordedModels.Record(name));
                return;
            }
            catch (XunitException) when (start < Starts - 1)
            {
                // The next start is another rounding of the same weights.
            }
        }
    }

    private static void CheckFit(Model model, JsonElement record)
    {
        JsonElement fit = record.GetProperty("fit");
        History history = model.Fit(
            RecordedData.Tensors(record.GetProperty("x")), RecordedData.Tensors(record.GetProperty("y")), batchSize: fit.GetProperty("batch_size").GetInt32(),
            epochs: fit.GetProperty("epochs").GetInt32(), shuffle: false, validationSplit: fit.GetProperty("validation_split").GetDouble(), verbose: 0);
        JsonProperty[] expected = [.. record.GetProperty("history").EnumerateObject()];
        Assert.Equal(expected.Select(s => s.Name), history.Logs.Keys);
        foreach (JsonProperty score in expected)
        {
            double[] values = [.. score.Value.EnumerateArray().Select(v => v.GetDouble())];
            for (int i = 0; i < values.Length; i++) AssertClose(values[i], history[score.Name][i]);
        }

        CheckPredictions(record.GetProperty("predict_final"), model.PredictAll(RecordedData.Tensors(record.GetProperty("predict_inputs")), verbose: 0));
    }

    /// <summary>The model with the recorded weights, each moved by less than rounding at every start but the first.</summary>
    private static Model Start(string name, int start)
    {
        Model model = RecordedModels.Build(name);
        Random random = new(start);
        Tensor[] weights = [.. RecordedModels.Record(name).GetProperty("weights").EnumerateArray().Select(w => RecordedData.Tensor(w.GetProperty("value")))];
        if (start > 0) weights = [.. weights.Select(w => w.DType == DType.Float32 ? Tensor.From([.. w.ToArray<float>().Select(v => v + (Rounding * ((2 * random.NextSingle()) - 1)))], w.Shape) : w)];
        model.SetWeights(weights);
        return model;
    }

    private static void CheckPredictions(JsonElement recorded, Tensors predictions)
    {
        Tensors expected = RecordedData.Tensors(recorded);
        Assert.Equal(expected.Names, predictions.Names);
        Assert.Equal(expected.Count, predictions.Count);
        for (int i = 0; i < expected.Count; i++) RecordedData.AssertClose($"prediction {i}", expected[i], predictions[i], compareType: false);
    }

    private static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, 1e-4 * Math.Max(1, Math.Abs(expected)));
}
