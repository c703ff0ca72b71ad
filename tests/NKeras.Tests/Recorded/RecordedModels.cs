using NKeras.Conformance.Models;
using NKeras.Constraints;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Metrics;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;
using NKeras.Regularizers;

namespace NKeras.Tests.Recorded;

/// <summary>Models that Keras was recorded with, built here by hand as they were built there.</summary>
internal static class RecordedModels
{
    private static readonly Dictionary<string, Func<Model>> s_written = new()
    {
        ["bidirectional_gru"] = BidirectionalGru,
        ["conv_autoencoder"] = ConvAutoencoder,
        ["logistic_regression"] = LogisticRegression,
        ["lstm_masked"] = LstmMasked,
        ["mlp_functional"] = MlpFunctional,
        ["multi_io_dict"] = MultiIoDict,
        ["nested_models"] = NestedModels,
        ["regularized_constrained"] = RegularizedConstrained,
        ["resnet_small"] = ResnetSmall,
        ["sequential_convnet"] = SequentialConvnet,
        ["siamese_shared"] = SiameseShared,
        ["transformer_block"] = TransformerBlock,
    };

    /// <summary>The names of the models.</summary>
    public static IReadOnlyCollection<string> Names => s_written.Keys;

    /// <summary>A model, compiled, with the names that it gets in a new program.</summary>
    public static Model Build(string name)
    {
        Utils.ClearSession();
        return s_written[name]();
    }

    /// <summary>What was recorded of a model.</summary>
    public static RecordedModel Record(string name) => RecordedModel.ReadAll(RecordedModel.OwnModels, name).Single();

    private static Model BidirectionalGru()
    {
        Sequential model = new(
        [
            new Input([9, 5]),
            new Bidirectional(new GRU(6, returnSequences: true)),
            new Bidirectional(new LSTM(4), mergeMode: "sum"),
            new Dense(2),
        ]);
        model.Compile(new Adamax(0.01), "huber");
        return model;
    }

    private static Model LstmMasked()
    {
        Input x = new([12], dtype: "int32");
        KerasTensor y = new LSTM(10).Apply(new Embedding(30, 8, maskZero: true).Apply(x));
        Model model = new(x, new Dense(1, activation: "sigmoid").Apply(y));
        model.Compile(new Nadam(0.005), "binary_crossentropy", metrics: ["accuracy", new AUC()]);
        return model;
    }

    private static Model LogisticRegression()
    {
        Input x = new([32]);
        Model model = new(x, new Dense(16, activation: "softmax").Apply(x));
        model.Compile(
            new SGD(0.1, momentum: 0.9, nesterov: true),
            "sparse_categorical_crossentropy",
            metrics: ["sparse_categorical_accuracy", new SparseTopKCategoricalAccuracy(k: 3)]);
        return model;
    }

    private static Model MlpFunctional()
    {
        Input x = new([37]);
        KerasTensor hidden = new Dense(32, activation: "relu").Apply(x);
        Model model = new(x, new Dense(5, activation: "softmax").Apply(hidden));
        model.Compile(new Adam(1e-3), "categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }

    private static Model MultiIoDict()
    {
        Input numeric = new([12], name: "numeric"), codes = new([6], dtype: "int32", name: "codes");
        KerasTensor code = new GlobalAveragePooling1D().Apply(new Embedding(20, 4, name: "code_embedding").Apply(codes));
        KerasTensor joined = new LayerNormalization().Apply(new Concatenate().Apply(new Dense(8, activation: "gelu").Apply(numeric), code));
        KerasTensor score = new Dense(1, name: "score").Apply(joined), label = new Dense(3, activation: "softmax", name: "label").Apply(joined);
        Model model = new(
            new() { ["numeric"] = numeric, ["codes"] = codes },
            new() { ["score"] = score, ["label"] = label },
            name: "multi_io");
        model.Compile(
            new AdamW(0.003, weightDecay: 0.01),
            new() { ["score"] = "mse", ["label"] = "sparse_categorical_crossentropy" },
            lossWeights: new() { ["score"] = 0.5, ["label"] = 1.0 },
            metrics: new() { ["score"] = ["mae"], ["label"] = ["accuracy"] });
        return model;
    }

    private static Model NestedModels()
    {
        Input image = new([8, 8, 3], name: "image");
        Model encoder = new(image, new GlobalMaxPooling2D().Apply(new Conv2D(6, 3, activation: "silu").Apply(image)), name: "encoder");
        Input code = new([6]);
        Model decoder = new(code, new Dense(3).Apply(new Dense(5, activation: "leaky_relu").Apply(code)), name: "decoder");
        Input x = new([8, 8, 3]);
        Model model = new(x, decoder.Apply(encoder.Apply(x)), name: "outer");
        model.Compile("adadelta", "mean_squared_error");
        return model;
    }

    private static Model RegularizedConstrained()
    {
        Input x = new([20]);
        KerasTensor y = new Dense(
            16, activation: "elu", kernelRegularizer: new L1L2(l1: 1e-3, l2: 1e-2), biasRegularizer: "l2", kernelConstraint: new MaxNorm(1.5)).Apply(x);
        y = new BatchNormalization(momentum: 0.9).Apply(y);
        y = new Dense(8, activation: "selu", kernelInitializer: "lecun_normal", activityRegularizer: new L2(1e-3)).Apply(y);
        Model model = new(x, new Dense(1).Apply(y));
        model.Compile(new Adagrad(0.05), new LogCosh(), metrics: ["mae", "mse", new RootMeanSquaredError()], weightedMetrics: ["mape"]);
        return model;
    }

    private static Model ConvAutoencoder()
    {
        Input x = new([12, 12, 1]);
        KerasTensor code = new Conv2D(8, 3, 2, "same", activation: "relu").Apply(x);
        code = new Conv2D(4, 3, 2, "same", activation: "relu").Apply(code);
        KerasTensor image = new Conv2DTranspose(8, 3, 2, "same", activation: "relu").Apply(code);
        image = new Conv2DTranspose(8, 3, 2, "same", activation: "relu").Apply(image);
        Model model = new(x, new Conv2D(1, 3, padding: "same", activation: "sigmoid").Apply(image), name: "autoencoder");
        model.Compile(new Adamax(), "mse");
        return model;
    }

    private static Model ResnetSmall()
    {
        Input x = new([16, 16, 3]);
        KerasTensor entry = new Activation("relu").Apply(Normalized(x, 8));
        KerasTensor first = new ReLU().Apply(Normalized(entry, 8));
        first = new ReLU().Apply(new Add().Apply(entry, Normalized(first, 8)));
        KerasTensor second = new ReLU().Apply(Normalized(first, 16, strides: 2));
        second = new Conv2D(16, 3, padding: "same", useBias: false).Apply(second);
        KerasTensor shortcut = new Conv2D(16, 1, strides: 2).Apply(first);
        second = new ReLU().Apply(new Add().Apply(shortcut, new BatchNormalization().Apply(second)));
        Model model = new(x, new Dense(4).Apply(new GlobalAveragePooling2D().Apply(second)), name: "resnet_small");
        model.Compile(new SGD(new CosineDecay(0.05, decaySteps: 20)), new NKeras.Losses.SparseCategoricalCrossentropy(fromLogits: true), metrics: ["accuracy"]);
        return model;

        static KerasTensor Normalized(KerasTensor x, int filters, int strides = 1) =>
            new BatchNormalization().Apply(new Conv2D(filters, 3, strides, padding: "same", useBias: false).Apply(x));
    }

    private static Model SequentialConvnet()
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
            ],
            name: "convnet");
        model.Compile("rmsprop", "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }

    private static Model SiameseShared()
    {
        Sequential tower = new([new Input([10]), new Dense(16, activation: "tanh"), new Dense(8)], name: "tower");
        Input left = new([10], name: "left"), right = new([10], name: "right");
        Model model = new([left, right], new Dot(axes: 1, normalize: true).Apply(tower.Apply(left), tower.Apply(right)));
        model.Compile(new Adam(0.01, clipnorm: 1.0), "mae");
        return model;
    }

    private static Model TransformerBlock()
    {
        Input x = new([10], dtype: "int32");
        KerasTensor words = new Embedding(40, 16).Apply(x);
        KerasTensor mixed = new Add().Apply(words, new MultiHeadAttention(4, 4).Apply(words, words, useCausalMask: true));
        mixed = new LayerNormalization(epsilon: 1e-6).Apply(mixed);
        KerasTensor y = new Dense(32, activation: "gelu").Apply(mixed);
        y = new LayerNormalization(epsilon: 1e-6).Apply(mixed + new Dense(16).Apply(y));
        Model model = new(x, new Dense(40).Apply(y), name: "mini_gpt");
        model.Compile(new Adam(1e-3, beta2: 0.98), new NKeras.Losses.SparseCategoricalCrossentropy(fromLogits: true));
        return model;
    }
}
