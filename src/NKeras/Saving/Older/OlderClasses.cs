namespace NKeras.Saving.Older;

/// <summary>Classes of Keras that have, or mean, another name today.</summary>
internal static class OlderClasses
{
    private static readonly Dictionary<(string Kind, string ClassName), OlderClass> s_classes = new()
    {
        // Keras 1.
        [("layers", "Convolution1D")] = new("Conv1D"),
        [("layers", "Convolution2D")] = new("Conv2D"),
        [("layers", "Convolution3D")] = new("Conv3D"),
        [("layers", "AtrousConvolution1D")] = new("Conv1D"),
        [("layers", "AtrousConvolution2D")] = new("Conv2D"),
        [("layers", "AtrousConv1D")] = new("Conv1D"),
        [("layers", "AtrousConv2D")] = new("Conv2D"),
        [("layers", "SeparableConvolution1D")] = new("SeparableConv1D"),
        [("layers", "SeparableConvolution2D")] = new("SeparableConv2D"),
        // Keras 2: leaves out the shape of the result, which the other settings give.
        [("layers", "Deconvolution2D")] = new("Conv2DTranspose", c => Without(c, "output_shape")),
        [("layers", "Deconv2D")] = new("Conv2DTranspose", c => Without(c, "output_shape")),
        [("layers", "Deconvolution3D")] = new("Conv3DTranspose", c => Without(c, "output_shape")),
        [("layers", "Deconv3D")] = new("Conv3DTranspose", c => Without(c, "output_shape")),
        [("layers", "TimeDistributedDense")] = new("Dense", c => Without(c, "input_length")),
        [("layers", "Merge")] = new("Merge", OlderMerges.Renew),
        // Aliases.
        [("layers", "Convolution1DTranspose")] = new("Conv1DTranspose"),
        [("layers", "Convolution2DTranspose")] = new("Conv2DTranspose"),
        [("layers", "Convolution3DTranspose")] = new("Conv3DTranspose"),
        [("layers", "DepthwiseConvolution2D")] = new("DepthwiseConv2D"),
        [("layers", "MaxPool1D")] = new("MaxPooling1D"),
        [("layers", "MaxPool2D")] = new("MaxPooling2D"),
        [("layers", "MaxPool3D")] = new("MaxPooling3D"),
        [("layers", "AvgPool1D")] = new("AveragePooling1D"),
        [("layers", "AvgPool2D")] = new("AveragePooling2D"),
        [("layers", "AvgPool3D")] = new("AveragePooling3D"),
        [("layers", "GlobalMaxPool1D")] = new("GlobalMaxPooling1D"),
        [("layers", "GlobalMaxPool2D")] = new("GlobalMaxPooling2D"),
        [("layers", "GlobalMaxPool3D")] = new("GlobalMaxPooling3D"),
        [("layers", "GlobalAvgPool1D")] = new("GlobalAveragePooling1D"),
        [("layers", "GlobalAvgPool2D")] = new("GlobalAveragePooling2D"),
        [("layers", "GlobalAvgPool3D")] = new("GlobalAveragePooling3D"),
        // Keras 2 and TensorFlow's.
        [("layers", "CuDNNLSTM")] = new("LSTM", c => OfCuDNN(c, ("recurrent_activation", "sigmoid"))),
        [("layers", "CuDNNGRU")] = new("GRU", c => OfCuDNN(c, ("recurrent_activation", "sigmoid"), ("reset_after", true))),
        [("layers", "LSTMV2")] = new("LSTM"),
        [("layers", "GRUV2")] = new("GRU"),
        [("layers", "BatchNormalizationV1")] = new("BatchNormalization"),
        [("layers", "BatchNormalizationV2")] = new("BatchNormalization"),
        [("layers", "SyncBatchNormalization")] = new("BatchNormalization", c => With(c, "synchronized", true)),
        [("layers", "ThresholdedReLU")] = new("ReLU"),
        [("initializers", "Uniform")] = new("RandomUniform"),
        [("initializers", "Normal")] = new("RandomNormal"),
        [("initializers", "Zero")] = new("Zeros"),
        [("initializers", "One")] = new("Ones"),
        [("initializers", "IdentityInitializer")] = new("Identity"),
        [("initializers", "OrthogonalInitializer")] = new("Orthogonal"),
        [("regularizers", "WeightRegularizer")] = new("L1L2"),
        [("regularizers", "ActivityRegularizer")] = new("L1L2"),
        [("regularizers", "L1L2Regularizer")] = new("L1L2"),
        [("losses", "CosineProximity")] = new("CosineSimilarity"),
        [("metrics", "CosineProximity")] = new("CosineSimilarity"),
        [("optimizers", "LossScaleOptimizerV1")] = new("LossScaleOptimizer"),
        [("optimizers", "LossScaleOptimizerV3")] = new("LossScaleOptimizer"),
        [("dtype_policies", "Policy")] = new("DTypePolicy"),
        [("dtype_policies", "PolicyV1")] = new("DTypePolicy"),
    };

    /// <summary>What is refused because Keras 3, and so this library, has nothing that computes the same.</summary>
    private static readonly Dictionary<(string Kind, string ClassName), string> s_gone = new()
    {
        [("layers", "Highway")] = "Keras 1",
        [("layers", "MaxoutDense")] = "Keras 1",
        [("layers", "ParametricSoftplus")] = "Keras 1",
        [("layers", "SReLU")] = "Keras 1",
        [("layers", "LocallyConnected1D")] = "Keras 1 and 2",
        [("layers", "LocallyConnected2D")] = "Keras 1 and 2",
        [("layers", "RandomFourierFeatures")] = "Keras 2",
        [("layers", "DenseFeatures")] = "TensorFlow's Keras 2",
        [("layers", "SequenceFeatures")] = "TensorFlow's Keras 2",
        [("layers", "ModuleWrapper")] = "TensorFlow's Keras 2",
        [("layers", "ClassMethod")] = "TensorFlow's Keras 2",
        [("layers", "InstanceMethod")] = "TensorFlow's Keras 2",
        [("layers", "InstanceProperty")] = "TensorFlow's Keras 2",
        [("models", "Graph")] = "Keras 0",
        [("regularizers", "EigenvalueRegularizer")] = "Keras 1",
        [("optimizers", "TFOptimizer")] = "Keras 1 and 2",
        [("schedules", "LinearCosineDecay")] = "TensorFlow's Keras 2",
        [("schedules", "NoisyLinearCosineDecay")] = "TensorFlow's Keras 2",
    };

    /// <summary>What a class of a module is today; null if it has its name still, or never was Keras's.</summary>
    /// <exception cref="ArgumentException">Keras has nothing like it any more.</exception>
    public static OlderClass? Find(string kind, string className)
    {
        if (s_gone.TryGetValue((kind, className), out string? version) && CustomTypes.Find(null, className) == null)
            throw new ArgumentException($"'{className}' is a class of {version} that Keras 3 and NKeras do not have. Register one of your own that computes the same (Utils.RegisterKerasSerializable).");
        return s_classes.GetValueOrDefault((kind, className));
    }

    /// <summary>The class of a module that a name without a module means; null if it has none. But for layers, Keras did not mind letters' case.</summary>
    public static string? Spelling(string kind, string className)
    {
        string module = $"keras.{kind}";
        if (TypeTable.Find(module, className) != null) return className;
        return kind is "layers" or "models" ? null : TypeTable.NamesIn(module).FirstOrDefault(n => n.Equals(className.Replace("_", ""), StringComparison.OrdinalIgnoreCase));
    }

    private static string? OfCuDNN(ConfigDraft config, params (string Key, object Value)[] settings)
    {
        // What NVIDIA's kernels did could not be set.
        config["activation"] = "tanh";
        foreach ((string key, object value) in settings) config[key] = ConfigValue.Of(value);
        return null;
    }

    private static string? With(ConfigDraft config, string key, bool value)
    {
        config[key] = value;
        return null;
    }

    private static string? Without(ConfigDraft config, string key)
    {
        config.Remove(key);
        return null;
    }
}
