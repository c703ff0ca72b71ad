using NKeras.Layers;
using NKeras.Losses;
using NKeras.Optimizers;

namespace NKeras.Tests.Training;

/// <summary>Mistakes are refused where they are made, say what is wrong, and leave the model as it was.</summary>
public sealed class BadInputTests
{
    private static readonly float[,] s_x = { { 1, 2 }, { 3, 4 }, { 5, 6 } };

    private static readonly int[] s_labels = [0, 1, 2];

    public static TheoryData<string, Action<Model>, string[]> Mistakes => new()
    {
        { "wrong dimension", m => m.Fit(new float[3, 5], s_labels), ["'features'", "(None, 2)", "(3, 5)"] },
        { "wrong rank", m => m.Fit(new float[3, 2, 2], s_labels), ["'features'", "(None, 2)", "(3, 2, 2)"] },
        { "lengths differ", m => m.Fit(s_x, new int[] { 0, 1 }), ["y has 2 samples", "x has 3"] },
        { "weights' length differs", m => m.Fit(s_x, s_labels, sampleWeight: new float[] { 1, 1 }), ["sampleWeight has 2 samples", "x has 3"] },
        { "weights' shape", m => m.Fit(s_x, s_labels, sampleWeight: new float[3, 3]), ["sampleWeight has shape (3, 3)", "'head'", "(None,)"] },
        { "empty", m => m.Fit(new float[0, 2], Array.Empty<int>()), ["empty"] },
        { "scalar", m => m.Fit((Tensor)1f, s_labels), ["x is a scalar"] },
        { "no targets", m => m.Fit(s_x), ["no targets y"] },
        { "two inputs", m => m.Fit([s_x, s_x], s_labels), ["1 inputs ('features')", "x holds 2 tensors"] },
        { "unknown input", m => m.Fit(new() { ["featurs"] = s_x }, s_labels), ["no input 'featurs'", "Did you mean 'features'?"] },
        { "unknown output", m => m.Fit(s_x, new() { ["heed"] = s_labels }), ["no output 'heed'", "Did you mean 'head'?"] },
        { "label too great", m => m.Fit(s_x, new int[] { 0, 4, 1 }), ["y is 4 at index [1]", "'head' has 4 classes", "0 to 3"] },
        { "label negative", m => m.Fit(s_x, new int[] { 0, 1, -1 }), ["y is -1 at index [2]", "4 classes"] },
        { "label not whole", m => m.Fit(s_x, new float[] { 0, 1.5f, 1 }), ["y is 1.5 at index [1]"] },
        { "label in validation", m => m.Fit(s_x, s_labels, validationData: (s_x, new int[] { 0, 9, 1 })), ["y is 9 at index [1]"] },
        { "label in Evaluate", m => m.Evaluate(s_x, new int[] { 0, 4, 1 }), ["y is 4 at index [1]"] },
        { "targets' shape", m => m.Fit(s_x, new float[3, 4]), ["'head'", "(None, 4)", "(3, 4)", "'sparse_categorical_crossentropy'", "go with categorical_crossentropy"] },
        { "NaN", m => m.Fit(new float[,] { { 1, 2 }, { 3, float.NaN }, { 5, 6 } }, s_labels), ["x is NaN at index [1, 1]"] },
        { "NaN in Evaluate", m => m.Evaluate(new float[,] { { 1, 2 }, { 3, float.NaN }, { 5, 6 } }, s_labels), ["x is NaN at index [1, 1]"] },
        { "too large for float32", m => m.Fit(new double[,] { { 1, 2 }, { 3, 1e300 }, { 5, 6 } }, s_labels), ["x is 1E+300 at index [1, 1]", "float32"] },
        { "null callback", m => m.Fit(s_x, s_labels, callbacks: [null!]), ["callbacks[0]"] },
        { "no weights", m => m.SetWeights(null!), ["weights"] },
        { "symbolic weights", m => m.SetWeights([new float[2, 4], new Input([], batchSize: 4)]), ["bias", "symbolic"] },
        { "validation's shape", m => m.Fit(s_x, s_labels, validationData: (new float[3, 5], s_labels)), ["validationData", "'features'", "(3, 5)"] },
        { "infinity", m => m.Fit(s_x, s_labels, sampleWeight: new float[] { 1, float.PositiveInfinity, 1 }), ["sampleWeight is Infinity at index [1]"] },
        { "epochs", m => m.Fit(s_x, s_labels, epochs: -1), ["epochs is -1"] },
        { "batch size", m => m.Fit(s_x, s_labels, batchSize: 0), ["batchSize is 0"] },
        { "validation split", m => m.Fit(s_x, s_labels, validationSplit: 1), ["validationSplit", "[0, 1)"] },
        { "validation split leaves nothing", m => m.Fit(s_x, s_labels, validationSplit: 0.9), ["3 samples", "0.9"] },
        { "validation frequency", m => m.Fit(s_x, s_labels, validationFreq: 0), ["validationFreq is 0"] },
        { "steps", m => m.Fit(s_x, s_labels, stepsPerEpoch: 0), ["stepsPerEpoch is 0"] },
        { "verbose", m => m.Fit(s_x, s_labels, verbose: 3), ["0, 1 or 2"] },
        { "two kinds of weights", m => m.Fit(s_x, s_labels, classWeight: new Dictionary<int, double>(), sampleWeight: new float[] { 1, 1, 1 }), ["sampleWeight and classWeight"] },
        { "Predict's dimension", m => m.Predict(new float[3, 5]), ["'features'", "(None, 2)", "(3, 5)"] },
        { "symbolic data", m => m.Predict((Tensor)new Input([2], name: "other")), ["symbolic tensor 'other'"] },
        { "NaN on a batch", m => m.TrainOnBatch(new float[,] { { 1, 2 }, { 3, float.NaN }, { 5, 6 } }, s_labels), ["x is NaN at index [1, 1]"] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void DataThatDoesNotFitIsRefused(string what, Action<Model> mistake, string[] said)
    {
        Input x = new([2], name: "features");
        Model model = new(x, new Dense(4, name: "head").Apply(x));
        model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), metrics: ["accuracy"]);
        model.Fit(s_x, s_labels, verbose: 0);
        float[] before = State(model);
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => mistake(model));
        Assert.All(said, s => Assert.True(error.Message.Contains(s, StringComparison.Ordinal), $"{what}: '{error.Message}' does not say '{s}'"));
        Assert.Equal(before, State(model));
        model.Fit(s_x, s_labels, verbose: 0);
    }

    public static TheoryData<string, Action<Model>, string[]> Misspellings => new()
    {
        { "optimizer", m => m.Compile("adm", "mse"), ["'adm'", "Did you mean 'adam'?"] },
        { "loss", m => m.Compile("adam", "sparse_categorical_crossentropi"), ["Did you mean 'sparse_categorical_crossentropy'?"] },
        { "metric", m => m.Compile("adam", "mse", metrics: ["acuracy"]), ["'acuracy'", "Did you mean 'accuracy'?"] },
        { "reduction", m => m.Compile("adam", new MeanSquaredError(reduction: "summ")), ["'summ'", "Did you mean 'sum'?"] },
        { "learning rate", m => m.Compile(new SGD(-1)), ["-1"] },
        { "clipping", m => m.Compile(new SGD(clipnorm: 1, clipvalue: 2)), ["Only one"] },
        { "momentum", m => m.Compile(new SGD(momentum: 2)), ["momentum"] },
        { "output", m => m.CompileAndFit(loss: new() { ["hed"] = "mse" }), ["'hed'", "Did you mean 'head'?"] },
        { "class numbers", m => m.CompileAndFit(loss: "categorical_crossentropy", new int[] { 0, 1, 2 }), ["(3,)", "go with sparse_categorical_crossentropy"] },
        { "too few columns", m => m.CompileAndFit(loss: "mse", new float[3, 1]), ["'head'", "(None, 4)", "(3, 1)", "loss 'mse'"] },
        { "yes or no", m => m.CompileAndFit(loss: "binary_crossentropy", new int[,] { { 0, 1, 1, 0 }, { 1, 2, 0, 0 }, { 0, 0, 0, 0 } }), ["y is 2 at index [1, 1]", "'head'", "0 (no) to 1 (yes)"] },
        { "dtype policy", m => new Dense(2, dtype: "mixed_flot16"), ["Did you mean 'mixed_float16'?"] },
        { "number of losses", m => m.CompileAndFit(loss: ["mse", "mse"]), ["2 entries", "1 outputs ('head')"] },
    };

    [Theory]
    [MemberData(nameof(Misspellings))]
    public void WordsThatMeanNothingAreRefused(string what, Action<Model> mistake, string[] said)
    {
        Input x = new([2]);
        Model model = new(x, new Dense(4, name: "head").Apply(x));
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => mistake(model));
        Assert.All(said, s => Assert.True(error.Message.Contains(s, StringComparison.Ordinal), $"{what}: '{error.Message}' does not say '{s}'"));
    }

    [Fact]
    public void TrainingNeedsCompile()
    {
        Input x = new([2]);
        Model model = new(x, new Dense(4).Apply(x), name: "net");
        foreach (Action action in new Action[] { () => model.Fit(s_x, s_labels), () => model.Evaluate(s_x, s_labels), () => model.TrainOnBatch(s_x, s_labels) })
            Assert.Contains("'net' must be compiled", Assert.Throws<InvalidOperationException>(action).Message);
        model.Predict(s_x, verbose: 0);
    }

    [Fact]
    public void TrainingNeedsALoss()
    {
        Input x = new([2]);
        Model model = new(x, new Dense(1).Apply(x));
        model.Compile("adam");
        Assert.Contains("Give Compile a loss", Assert.Throws<TrainingException>(() => model.Fit(s_x, s_labels, verbose: 0)).Message);
    }

    private static float[] State(Model model) =>
        [.. model.GetWeights().Concat(model.Optimizer.Variables.Select(v => v.Value)).SelectMany(t => Ops.Cast(t, "float32").ToArray<float>())];
}

/// <summary>Compile and Fit in one expression.</summary>
internal static class BadInputModelExtensions
{
    public static void CompileAndFit(this Model model, LossesByOutput loss, Array? y = null)
    {
        model.Compile("adam", loss);
        model.Fit(new float[3, 2], y ?? new float[3, 4], verbose: 0);
    }
}
