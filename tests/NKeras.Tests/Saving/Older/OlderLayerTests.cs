using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;
using NKeras.Regularizers;
using NKeras.Saving;

namespace NKeras.Tests.Saving.Older;

/// <summary>Layers and what they hold, in the spelling of older versions. What a setting is called today is in Keras 2's own table of conversions.</summary>
public class OlderLayerTests
{
    [Theory]
    [InlineData("Dense", """{"output_dim": 4, "init": "uniform", "bias": false, "input_dim": 3, "W_regularizer": {"name": "WeightRegularizer", "l1": 0.0, "l2": 0.5}}""", "units", "4")]
    [InlineData("Dense", """{"output_dim": 4, "bias": false}""", "use_bias", "false")]
    [InlineData("TimeDistributedDense", """{"output_dim": 4, "input_length": 7}""", "units", "4")]
    [InlineData("Dropout", """{"p": 0.25}""", "rate", "0.25")]
    [InlineData("GaussianNoise", """{"sigma": 0.5}""", "stddev", "0.5")]
    [InlineData("Convolution1D", """{"nb_filter": 4, "filter_length": 3, "border_mode": "same", "subsample_length": 2}""", "kernel_size", "[3]")]
    [InlineData("Convolution1D", """{"nb_filter": 4, "filter_length": 3, "border_mode": "same", "subsample_length": 2}""", "strides", "[2]")]
    [InlineData("Convolution2D", """{"nb_filter": 4, "nb_row": 3, "nb_col": 5, "dim_ordering": "th", "subsample": [2, 1]}""", "kernel_size", "[3,5]")]
    [InlineData("Convolution2D", """{"nb_filter": 4, "nb_row": 3, "nb_col": 5, "dim_ordering": "th"}""", "data_format", "\"channels_first\"")]
    [InlineData("Convolution2D", """{"nb_filter": 4, "nb_row": 3, "nb_col": 5, "dim_ordering": "tf"}""", "data_format", "\"channels_last\"")]
    [InlineData("Convolution3D", """{"nb_filter": 4, "kernel_dim1": 1, "kernel_dim2": 2, "kernel_dim3": 3}""", "kernel_size", "[1,2,3]")]
    [InlineData("AtrousConvolution2D", """{"nb_filter": 4, "nb_row": 3, "nb_col": 3, "atrous_rate": [2, 2]}""", "dilation_rate", "[2,2]")]
    [InlineData("Deconvolution2D", """{"nb_filter": 4, "nb_row": 3, "nb_col": 3, "output_shape": [null, 8, 8, 4]}""", "filters", "4")]
    [InlineData("MaxPooling1D", """{"pool_length": 3, "stride": 2, "border_mode": "valid"}""", "strides", "[2]")]
    [InlineData("UpSampling1D", """{"length": 3}""", "size", "3")]
    [InlineData("ZeroPadding1D", """{"padding": {"left_pad": 1, "right_pad": 2}}""", "padding", "[1,2]")]
    [InlineData("ZeroPadding2D", """{"padding": {"top_pad": 1, "left_pad": 3}}""", "padding", "[[1,0],[3,0]]")]
    [InlineData("ZeroPadding2D", """{"padding": [1, 2, 3, 4]}""", "padding", "[[1,2],[3,4]]")]
    [InlineData("Embedding", """{"input_dim": 5, "output_dim": 3, "init": "uniform", "input_dtype": "int32", "dropout": 0.2, "W_constraint": {"name": "MaxNorm", "m": 3, "axis": 0}}""", "output_dim", "3")]
    [InlineData("LSTM", """{"output_dim": 4, "inner_activation": "sigmoid", "dropout_W": 0.1, "dropout_U": 0.2, "forget_bias_init": "one", "consume_less": "cpu", "U_regularizer": null}""", "recurrent_dropout", "0.2")]
    [InlineData("LSTM", """{"output_dim": 4, "forget_bias_init": "zero"}""", "unit_forget_bias", "false")]
    [InlineData("BatchNormalization", """{"mode": 0, "axis": 1, "epsilon": 0.001, "momentum": 0.99}""", "axis", "1")]
    [InlineData("PReLU", """{"init": "zero"}""", "alpha_initializer", """{"module":"keras.initializers","class_name":"Zeros","config":{},"registered_name":null}""")]
    public void LayersOfKeras1(string className, string config, string key, string today) =>
        Assert.Equal(today, OlderText.Config(OlderText.Layer(className, config, "1.2.2"), key));

    [Theory]
    [InlineData("LeakyReLU", """{"alpha": 0.5}""", "negative_slope", "0.5")]
    [InlineData("ThresholdedReLU", """{"theta": 2.0}""", "threshold", "2")]
    [InlineData("BatchNormalizationV1", """{"axis": [3], "fused": null, "virtual_batch_size": null}""", "axis", "3")]
    [InlineData("SyncBatchNormalization", """{"axis": [3]}""", "synchronized", "true")]
    [InlineData("CuDNNLSTM", """{"units": 4, "time_major": false}""", "recurrent_activation", "\"sigmoid\"")]
    [InlineData("CuDNNGRU", """{"units": 4}""", "reset_after", "true")]
    [InlineData("GRU", """{"units": 4, "implementation": 1}""", "reset_after", "false")]
    [InlineData("Conv2DTranspose", """{"filters": 4, "kernel_size": [3, 3], "groups": 1, "output_padding": null}""", "filters", "4")]
    [InlineData("DepthwiseConv2D", """{"kernel_size": [3, 3], "groups": 1, "kernel_initializer": "glorot_uniform"}""", "depth_multiplier", "1")]
    [InlineData("SpatialDropout1D", """{"rate": 0.5, "noise_shape": [1, 2], "dtype": null}""", "rate", "0.5")]
    [InlineData("Embedding", """{"input_dim": 5, "output_dim": 3, "input_length": 9, "dtype": "int32"}""", "dtype", """{"module":"keras","class_name":"DTypePolicy","config":{"name":"float32"},"registered_name":null}""")]
    [InlineData("Dense", """{"units": 4, "dtype": {"class_name": "Policy", "config": {"name": "mixed_float16", "loss_scale": null}}}""", "dtype", """{"module":"keras","class_name":"DTypePolicy","config":{"name":"mixed_float16"},"registered_name":null}""")]
    [InlineData("Activation", """{"activation": "softmax_v2"}""", "activation", "\"softmax\"")]
    [InlineData("MaxPool2D", """{"pool_size": [2, 2]}""", "pool_size", "[2,2]")]
    [InlineData("Attention", """{"use_scale": false, "causal": false, "dropout": 0.0}""", "use_scale", "false")]
    [InlineData("Resizing", """{"dtype": "float32", "height": 4, "width": 5, "interpolation": "bilinear", "crop_to_aspect_ratio": false}""", "pad_to_aspect_ratio", "false")]
    [InlineData("CenterCrop", """{"dtype": "float32", "height": 4, "width": 5}""", "data_format", "\"channels_last\"")]
    [InlineData("RandomCrop", """{"height": 4, "width": 5, "seed": 3}""", "seed", "3")]
    [InlineData("RandomFlip", """{"mode": "horizontal", "seed": null}""", "mode", "\"horizontal\"")]
    [InlineData("RandomRotation", """{"factor": 0.2, "fill_mode": "reflect", "fill_value": 0.0, "interpolation": "bilinear", "seed": null}""", "factor", "[-0.2,0.2]")]
    [InlineData("RandomRotation", """{"factor": [-0.1, 0.2], "fill_mode": "wrap", "fill_value": 0.0, "interpolation": "nearest", "seed": 4}""", "fill_mode", "\"wrap\"")]
    [InlineData("RandomTranslation", """{"height_factor": 0.2, "width_factor": [0.1, 0.3], "fill_mode": "reflect", "fill_value": 0.0, "interpolation": "bilinear", "seed": null}""", "width_factor", "[0.1,0.3]")]
    [InlineData("RandomZoom", """{"height_factor": 0.2, "width_factor": null, "fill_mode": "reflect", "fill_value": 0.0, "interpolation": "bilinear", "seed": null}""", "height_factor", "0.2")]
    public void LayersOfKeras2(string className, string config, string key, string today) => Assert.Equal(today, OlderText.Config(OlderText.Layer(className, config), key));

    [Theory]
    [InlineData("keras.layers")]
    [InlineData("keras.layers.core.dense")]
    [InlineData("keras.src.layers.core.dense")]
    [InlineData("tensorflow.keras.layers")]
    [InlineData("tensorflow.python.keras.layers.core")]
    [InlineData("tf_keras.src.layers.core.dense")]
    public void ModulesOfOtherVersions(string module) =>
        Assert.IsType<Dense>(OlderText.Read<Layer>($$"""{"module": "{{module}}", "class_name": "Dense", "config": {"units": 2}, "registered_name": null}"""));

    [Theory]
    [InlineData("keras.layers.experimental.preprocessing")]
    [InlineData("keras.layers.preprocessing.image_preprocessing")]
    [InlineData("keras.src.layers.preprocessing.image_preprocessing.random_flip")]
    [InlineData("tensorflow.keras.layers.experimental.preprocessing")]
    [InlineData("tensorflow.python.keras.layers.preprocessing.image_preprocessing")]
    [InlineData("tf_keras.src.layers.preprocessing.image_preprocessing")]
    public void ModulesThatLayersOfImagesHadInOtherVersions(string module) =>
        Assert.Equal("vertical", Assert.IsType<RandomFlip>(OlderText.Read<Layer>($$"""{"module": "{{module}}", "class_name": "RandomFlip", "config": {"mode": "vertical", "seed": null}, "registered_name": null}""")).Mode);

    [Theory]
    [InlineData("my.keras.layers")]
    [InlineData("kerasx.layers")]
    [InlineData("os")]
    public void ForeignModulesAreNotKeras(string module) =>
        Assert.Contains("'Flatten'", OlderText.Refusal(() => OlderText.Read<Layer>($$"""{"module": "{{module}}", "class_name": "Flatten", "config": {}, "registered_name": null}""")), StringComparison.Ordinal);

    [Fact]
    public void TheHardSigmoidOfKeras2IsAnother()
    {
        Tensor x = Tensor.From([-3f, -2f, 0f, 1f, 3f], [5]);
        // 0.2 x + 0.5 in Keras 1 and 2 (theano_backend.hard_sigmoid), x / 6 + 0.5 in Keras 3, between 0 and 1.
        Assert.Equal([0f, 0.1f, 0.5f, 0.7f, 1f], OlderText.Layer("Activation", """{"activation": "hard_sigmoid"}""").Apply(x).ToArray<float>(), Close);
        Assert.Equal([0f, 1 / 6f, 0.5f, 4 / 6f, 1f], OlderText.Layer("Activation", """{"activation": "hard_sigmoid"}""", "3.0.0").Apply(x).ToArray<float>(), Close);
    }

    [Fact]
    public void ALayerCanStandInAnActivationsPlace()
    {
        Layer layer = OlderText.Layer("Dense", """{"units": 1, "use_bias": false, "activation": {"class_name": "LeakyReLU", "config": {"name": "leaky", "alpha": 0.5}}}""");
        Tensor x = Tensor.From([-1f, 2f], [2, 1]);
        layer.Build([null, 1]);
        layer.SetWeights([Tensor.From([2f], [1, 1])]);
        Assert.Equal([-1f, 4f], layer.Apply(x).ToArray<float>());
        Assert.Contains("\"class_name\":\"LeakyReLU\"", OlderText.Config(layer, "activation"), StringComparison.Ordinal);
        Assert.Contains("PReLU", OlderText.Refusal(() => OlderText.Layer("Dense", """{"units": 1, "activation": {"class_name": "PReLU", "config": {}}}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatLayersHold()
    {
        Assert.Equal(0.25, OlderText.Read<Regularizer>("""{"class_name": "L1L2", "config": {"l1": 0.25, "l2": 0.0}}""").GetConfig()["l1"]!.GetValue<double>());
        Assert.Equal(3.0, OlderText.Read<Constraint>("""{"name": "MaxNorm", "m": 3, "axis": 0}""", "1.2.2").GetConfig()["max_value"]!.GetValue<double>());
        VarianceScaling scaling = Assert.IsType<VarianceScaling>(OlderText.Read<Initializer>("""{"class_name": "VarianceScaling", "config": {"scale": 1.0, "mode": "fan_avg", "distribution": "normal", "seed": null, "dtype": "float32"}}"""));
        Assert.Equal("truncated_normal", scaling.GetConfig()["distribution"]!.GetValue<string>());
        Assert.IsType<RandomUniform>(OlderText.Read<Initializer>("""{"class_name": "Uniform", "config": {"scale": 0.05}}"""));
    }

    [Fact]
    public void OptimizersAndTheirDecay()
    {
        Adam adam = Assert.IsType<Adam>(OlderText.Read<Optimizer>("""{"class_name": "Custom>Adam", "config": {"name": "Adam", "learning_rate": 0.5, "is_legacy_optimizer": false, "jit_compile": true}}""", "2.12.0"));
        Assert.Equal(0.5, adam.LearningRate.Value, 6);
        // lr / (1 + decay · steps), as in Keras 2's optimizers.
        SGD sgd = Assert.IsType<SGD>(OlderText.Read<Optimizer>("""{"class_name": "SGD", "config": {"lr": 0.5, "decay": 0.1, "momentum": 0.0, "nesterov": false}}"""));
        Assert.Equal(0.25f, Assert.IsType<InverseTimeDecay>(sgd.LearningRate.Schedule).Apply(Tensor.From([10], Shape.Scalar)).ToArray<float>()[0], 1e-6f);
        Assert.Null(OlderText.Read<Optimizer>("""{"class_name": "SGD", "config": {"lr": 0.5, "decay": 0.0}}""").LearningRate.Schedule);
    }

    [Theory]
    [InlineData("LSTM", """{"name": "lstm_7", "units": 4, "time_major": true}""", new[] { "lstm_7", "time_major", "Supported: false" })]
    [InlineData("Conv2DTranspose", """{"name": "up", "filters": 2, "kernel_size": 3, "groups": 2}""", new[] { "up", "groups", "Supported: 1" })]
    [InlineData("BatchNormalization", """{"name": "bn", "mode": 2}""", new[] { "bn", "mode" })]
    [InlineData("LocallyConnected2D", """{"name": "local", "filters": 2}""", new[] { "LocallyConnected2D" })]
    [InlineData("MaxoutDense", """{"name": "maxout", "output_dim": 2}""", new[] { "MaxoutDense" })]
    [InlineData("Merge", """{"name": "merge_3", "mode": "cos", "mode_type": "raw"}""", new[] { "merge_3", "cos", "sum" })]
    [InlineData("Merge", """{"name": "merge_3", "mode": ["code"], "mode_type": "lambda"}""", new[] { "merge_3", "never run" })]
    [InlineData("MyLayer", """{"name": "mine"}""", new[] { "MyLayer", "mine" })]
    public void WhatCannotBeIsRefusedByName(string className, string config, string[] named)
    {
        string message = OlderText.Refusal(() => OlderText.Layer(className, config));
        Assert.All(named, n => Assert.Contains(n, message, StringComparison.Ordinal));
    }

    [Fact]
    public void AUsersClassIsFoundWhereKerasHasNoneOfItsName()
    {
        using CustomObjectScope scope = new(new CustomObjects { ["Mine"] = typeof(Mine), ["Dense"] = typeof(Mine), ["Highway"] = typeof(Mine) });
        Assert.IsType<Mine>(OlderText.Layer("Mine", """{"name": "a", "batch_input_shape": [null, 2], "dtype": "float32", "trainable": true}"""));
        Assert.IsType<Mine>(OlderText.Layer("Highway", "{}"));
        Assert.IsType<Dense>(OlderText.Layer("Dense", """{"units": 2}"""));
    }

    private static bool Close(float a, float b) => Math.Abs(a - b) < 1e-6f;

    private sealed class Mine : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false) => inputs;
    }
}
