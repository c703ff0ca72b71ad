using System.Text.Json;
using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Training;

/// <summary>Whole unshuffled fits against recorded ones of Keras, from the same weights.</summary>
public sealed class FitRecordingTests
{
    [Fact]
    public void FunctionalMultilayerPerceptronWithAdam()
    {
        Input x = new([37]);
        Model model = new(x, new Dense(5, activation: "softmax").Apply(new Dense(32, activation: "relu").Apply(x)));
        model.Compile(new Adam(1e-3), "categorical_crossentropy", metrics: ["accuracy"]);
        Replay(model, "mlp_functional.json.gz");
    }

    [Fact]
    public void LogisticRegressionWithNesterovMomentum()
    {
        Sequential model = new([new Input([32]), new Dense(16, activation: "softmax")]);
        model.Compile(new SGD(0.1, momentum: 0.9, nesterov: true), "sparse_categorical_crossentropy", metrics: ["sparse_categorical_accuracy"]);
        Replay(model, "logistic_regression.json.gz");
    }

    [Fact]
    public void SequentialConvnetWithRMSprop()
    {
        Sequential model = new(
        [
            new Input([14, 14, 1]),
            new Conv2D(8, kernelSize: 3, activation: "relu"),
            new MaxPooling2D(),
            new Conv2D(12, kernelSize: 3, strides: 2, padding: "same", activation: "relu"),
            new Flatten(),
            new Dropout(0),
            new Dense(10, activation: "softmax"),
        ]);
        model.Compile("rmsprop", "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        Replay(model, "sequential_convnet.json.gz");
    }

    private static void Replay(Model model, string file)
    {
        JsonElement record = RecordedData.Records(file).Single(), fit = record.GetProperty("fit");
        model.SetWeights([.. record.GetProperty("weights").EnumerateArray().Select(w => RecordedData.Tensor(w.GetProperty("value")))]);
        Tensor x = RecordedData.Tensor(record.GetProperty("x")), y = RecordedData.Tensor(record.GetProperty("y")), inputs = RecordedData.Tensor(record.GetProperty("predict_inputs"));
        RecordedData.AssertClose("predictions before", RecordedData.Tensor(record.GetProperty("predict_initial")), model.Predict(inputs, verbose: 0), compareType: false);

        Scores before = model.Evaluate(x, y, batchSize: 16, verbose: 0, returnDict: true);
        foreach (JsonProperty score in record.GetProperty("evaluate_initial").EnumerateObject().Where(s => before.ContainsKey(s.Name)))
            Assert.Equal(score.Value.GetDouble(), before[score.Name], 1e-4);

        History history = model.Fit(x, y, batchSize: fit.GetProperty("batch_size").GetInt32(), epochs: fit.GetProperty("epochs").GetInt32(),
            shuffle: false, validationSplit: fit.GetProperty("validation_split").GetDouble(), verbose: 0);
        JsonProperty[] expected = [.. record.GetProperty("history").EnumerateObject().Where(s => !s.Name.Contains("top_k", StringComparison.Ordinal))];
        Assert.Equal(expected.Select(s => s.Name), history.Logs.Keys);
        foreach (JsonProperty score in expected)
        {
            double[] values = [.. score.Value.EnumerateArray().Select(v => v.GetDouble())];
            for (int i = 0; i < values.Length; i++) Assert.Equal(values[i], history[score.Name][i], 1e-4);
        }

        RecordedData.AssertClose("predictions after", RecordedData.Tensor(record.GetProperty("predict_final")), model.Predict(inputs, verbose: 0), compareType: false);
    }
}
