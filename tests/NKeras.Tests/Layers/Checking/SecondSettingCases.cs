using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

/// <summary>Another setting of layers of which the family's file has one. Shapes follow from Keras's documentation.</summary>
internal sealed class SecondSettingCases : ILayerCases
{
    private const string Setting = "another setting";

    public IEnumerable<LayerCase> Cases => [.. Plain, .. Cells, .. Convolutions, .. Pooling, .. Reshaping, .. Regularization];

    private static IEnumerable<LayerCase> Plain =>
    [
        new() { Setting = Setting, Make = () => new Identity(name: "same"), Inputs = [[2, 3, 4, 5]], Output = [[2, 3, 4, 5]], Mask = [2, 3] },
        new() { Setting = Setting, Make = () => new Activation("softmax"), Inputs = [[2, 3, 4]], Output = [[2, 3, 4]], Mask = [2, 3] },
        new() { Setting = Setting, Make = () => new ReLU(), Inputs = [[2, 3, 4]], Output = [[2, 3, 4]], Mask = [2, 3] },
        new() { Setting = Setting, Make = () => new ELU(0.5), Inputs = [[2, 3, 4]], Output = [[2, 3, 4]], Mask = [2, 3] },
        new() { Setting = Setting, Make = () => new LeakyReLU(0.0), Inputs = [[2, 3, 4]], Output = [[2, 3, 4]], Mask = [2, 3] },
        new() { Setting = Setting, Make = () => new UnitNormalization([1, 2]), Inputs = [[2, 3, 4]], Output = [[2, 3, 4]], Mask = [2, 3] },
        new()
        {
            Setting = Setting,
            Make = () => new AdditiveAttention(useScale: false, dropout: 0.5, seed: 1),
            Inputs = [[2, 3, 4], [2, 5, 4], [2, 5, 4]],
            Output = [[2, 3, 4]],
            SeedStates = 1,
        },
    ];

    private static IEnumerable<LayerCase> Cells =>
    [
        new()
        {
            Make = () => new SimpleRNNCell(3),
            Inputs = [[2, 4]],
            Arguments = new Dictionary<string, object> { ["states"] = new Shape[] { [2, 3] } },
            Output = [[2, 3], [2, 3]],
            AutoName = "simple_rnn_cell",
            Trainable = [("kernel", [4, 3]), ("recurrent_kernel", [3, 3]), ("bias", [3])],
            SeedStates = 1,
        },
        new()
        {
            Setting = Setting,
            Make = () => new SimpleRNNCell(3, "relu", useBias: false, dropout: 0.3, recurrentDropout: 0.2, seed: 2),
            Inputs = [[2, 4]],
            Arguments = new Dictionary<string, object> { ["states"] = new Shape[] { [2, 3] } },
            Output = [[2, 3], [2, 3]],
            Trainable = [("kernel", [4, 3]), ("recurrent_kernel", [3, 3])],
            SeedStates = 1,
        },
        new()
        {
            Make = () => new LSTMCell(3),
            Inputs = [[2, 4]],
            Arguments = new Dictionary<string, object> { ["states"] = new Shape[] { [2, 3], [2, 3] } },
            Output = [[2, 3], [2, 3], [2, 3]],
            AutoName = "lstm_cell",
            Trainable = [("kernel", [4, 12]), ("recurrent_kernel", [3, 12]), ("bias", [12])],
            SeedStates = 1,
        },
        new()
        {
            Setting = Setting,
            Make = () => new LSTMCell(3, unitForgetBias: false, useBias: false, recurrentActivation: "hard_sigmoid"),
            Inputs = [[2, 4]],
            Arguments = new Dictionary<string, object> { ["states"] = new Shape[] { [2, 3], [2, 3] } },
            Output = [[2, 3], [2, 3], [2, 3]],
            Trainable = [("kernel", [4, 12]), ("recurrent_kernel", [3, 12])],
            SeedStates = 1,
        },
        new()
        {
            Make = () => new GRUCell(3),
            Inputs = [[2, 4]],
            Arguments = new Dictionary<string, object> { ["states"] = new Shape[] { [2, 3] } },
            Output = [[2, 3], [2, 3]],
            AutoName = "gru_cell",
            Trainable = [("kernel", [4, 9]), ("recurrent_kernel", [3, 9]), ("bias", [2, 9])],
            SeedStates = 1,
        },
        new()
        {
            Setting = Setting,
            Make = () => new GRUCell(3, resetAfter: false),
            Inputs = [[2, 4]],
            Arguments = new Dictionary<string, object> { ["states"] = new Shape[] { [2, 3] } },
            Output = [[2, 3], [2, 3]],
            Trainable = [("kernel", [4, 9]), ("recurrent_kernel", [3, 9]), ("bias", [9])],
            SeedStates = 1,
        },
        new()
        {
            Setting = Setting,
            Make = () => new ConvLSTM1D(3, 2, padding: "same", returnSequences: true),
            Inputs = [[2, 4, 5, 2]],
            Output = [[2, 4, 5, 3]],
            Trainable = [("conv_lstm_cell/kernel", [2, 2, 12]), ("conv_lstm_cell/recurrent_kernel", [2, 3, 12]), ("conv_lstm_cell/bias", [12])],
            SeedStates = 1,
        },
        new()
        {
            Setting = Setting,
            Make = () => new ConvLSTM3D(2, 2, padding: "same", useBias: false, goBackwards: true),
            Inputs = [[2, 3, 2, 3, 2, 1]],
            Output = [[2, 2, 3, 2, 2]],
            Trainable = [("conv_lstm_cell/kernel", [2, 2, 2, 1, 8]), ("conv_lstm_cell/recurrent_kernel", [2, 2, 2, 2, 8])],
            SeedStates = 1,
        },
    ];

    private static IEnumerable<LayerCase> Convolutions =>
    [
        new()
        {
            Setting = Setting,
            Make = () => new Conv3DTranspose(3, 2, strides: (1, 2, 2), padding: "same", useBias: false),
            Inputs = [[2, 2, 3, 2, 4]],
            Output = [[2, 2, 6, 4, 3]],
            Trainable = [("kernel", [2, 2, 2, 3, 4])],
        },
        new()
        {
            Setting = Setting,
            Make = () => new DepthwiseConv1D(3, padding: "same", depthMultiplier: 2, useBias: false),
            Inputs = [[2, 5, 4]],
            Output = [[2, 5, 8]],
            Trainable = [("kernel", [3, 4, 2])],
        },
        new()
        {
            Setting = Setting,
            Make = () => new SeparableConv1D(6, 3, depthMultiplier: 2, activation: "relu"),
            Inputs = [[2, 7, 4]],
            Output = [[2, 5, 6]],
            Trainable = [("depthwise_kernel", [3, 4, 2]), ("pointwise_kernel", [1, 8, 6]), ("bias", [6])],
        },
    ];

    private static IEnumerable<LayerCase> Pooling =>
    [
        new() { Setting = Setting, Make = () => new MaxPooling3D((1, 2, 2), padding: "same"), Inputs = [[2, 3, 5, 4, 3]], Output = [[2, 3, 3, 2, 3]] },
        new() { Setting = Setting, Make = () => new AveragePooling1D(3, 1, "same"), Inputs = [[2, 5, 3]], Output = [[2, 5, 3]] },
        new() { Setting = Setting, Make = () => new AveragePooling2D((2, 1)), Inputs = [[2, 5, 4, 3]], Output = [[2, 2, 4, 3]] },
        new() { Setting = Setting, Make = () => new AveragePooling3D(2, 1), Inputs = [[2, 3, 4, 3, 2]], Output = [[2, 2, 3, 2, 2]] },
        new() { Setting = Setting, Make = () => new GlobalMaxPooling1D(), Inputs = [[2, 5, 3]], Output = [[2, 3]] },
        new() { Setting = Setting, Make = () => new GlobalMaxPooling2D(keepdims: true), Inputs = [[2, 5, 4, 3]], Output = [[2, 1, 1, 3]] },
        new() { Setting = Setting, Make = () => new GlobalMaxPooling3D("channels_first"), Inputs = [[2, 3, 2, 4, 3]], Output = [[2, 3]] },
        new() { Setting = Setting, Make = () => new GlobalAveragePooling2D("channels_first"), Inputs = [[2, 3, 5, 4]], Output = [[2, 3]] },
        new() { Setting = Setting, Make = () => new GlobalAveragePooling3D(keepdims: true), Inputs = [[2, 2, 4, 3, 3]], Output = [[2, 1, 1, 1, 3]] },
        new() { Setting = Setting, Make = () => new AdaptiveMaxPooling1D(2), Inputs = [[2, 5, 3]], Output = [[2, 2, 3]] },
        new() { Setting = Setting, Make = () => new AdaptiveMaxPooling2D((2, 3)), Inputs = [[2, 5, 4, 3]], Output = [[2, 2, 3, 3]] },
        new() { Setting = Setting, Make = () => new AdaptiveMaxPooling3D(2), Inputs = [[2, 3, 4, 5, 2]], Output = [[2, 2, 2, 2, 2]] },
        new() { Setting = Setting, Make = () => new AdaptiveAveragePooling1D(4), Inputs = [[2, 6, 3]], Output = [[2, 4, 3]] },
        new() { Setting = Setting, Make = () => new AdaptiveAveragePooling2D(1), Inputs = [[2, 5, 4, 3]], Output = [[2, 1, 1, 3]] },
        new() { Setting = Setting, Make = () => new AdaptiveAveragePooling3D((1, 2, 3)), Inputs = [[2, 3, 4, 5, 2]], Output = [[2, 1, 2, 3, 2]] },
    ];

    private static IEnumerable<LayerCase> Reshaping =>
    [
        new() { Setting = Setting, Make = () => new Flatten("channels_first"), Inputs = [[2, 3, 4, 5]], Output = [[2, 60]] },
        new() { Setting = Setting, Make = () => new Reshape([6, -1]), Inputs = [[2, 3, 4]], Output = [[2, 6, 2]] },
        new() { Setting = Setting, Make = () => new ZeroPadding3D(1), Inputs = [[2, 2, 3, 2, 3]], Output = [[2, 4, 5, 4, 3]] },
        new() { Setting = Setting, Make = () => new Cropping1D((1, 0)), Inputs = [[2, 5, 3]], Output = [[2, 4, 3]] },
        new() { Setting = Setting, Make = () => new UpSampling1D(3), Inputs = [[2, 2, 3]], Output = [[2, 6, 3]] },
        new() { Setting = Setting, Make = () => new UpSampling3D((1, 2, 3)), Inputs = [[2, 2, 3, 2, 3]], Output = [[2, 2, 6, 6, 3]] },
        new() { Setting = Setting, Make = () => new Permute([3, 1, 2]), Inputs = [[2, 3, 4, 5]], Output = [[2, 5, 3, 4]] },
        new() { Setting = Setting, Make = () => new RepeatVector(1), Inputs = [[2, 3]], Output = [[2, 1, 3]] },
    ];

    private static IEnumerable<LayerCase> Regularization =>
    [
        new() { Setting = Setting, Make = () => new ActivityRegularization(l2: 0.1), Inputs = [[2, 3, 4]], Output = [[2, 3, 4]], Losses = 1, Mask = [2, 3] },
        new() { Setting = Setting, Make = () => new AlphaDropout(0.3, noiseShape: [null, 1, 4], seed: 1), Inputs = [[2, 3, 4]], Output = [[2, 3, 4]], SeedStates = 1, Mask = [2, 3] },
        new() { Setting = Setting, Make = () => new GaussianDropout(0.0), Inputs = [[2, 3, 4]], Output = [[2, 3, 4]], Mask = [2, 3] },
        new() { Setting = Setting, Make = () => new GaussianNoise(0.0), Inputs = [[2, 3, 4]], Output = [[2, 3, 4]], Mask = [2, 3] },
        new() { Setting = Setting, Make = () => new SpatialDropout1D(0.0), Inputs = [[2, 3, 4]], Output = [[2, 3, 4]], Mask = [2, 3] },
        new() { Setting = Setting, Make = () => new SpatialDropout3D(0.3, "channels_first", seed: 4), Inputs = [[2, 3, 2, 2, 4]], Output = [[2, 3, 2, 2, 4]], SeedStates = 1, Mask = [2, 3] },
    ];
}
