using System.Diagnostics.CodeAnalysis;
using NKeras.Constraints;
using NKeras.DTypePolicies;
using NKeras.Initializers;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Metrics;
using NKeras.Models;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;
using NKeras.Quantizers;
using NKeras.Regularizers;

namespace NKeras.Saving;

/// <summary>The types that a configuration may name: Keras's own, listed here, and nothing else. No type is found by its name in any other way.</summary>
internal static class TypeTable
{
    /// <summary>The parts of module names that tell what kind of object is meant, whatever stands around them.</summary>
    private static readonly string[] s_kinds = ["layers", "initializers", "regularizers", "constraints", "losses", "metrics", "schedules", "optimizers", "models", "dtype_policies", "random", "utils", "quantizers"];

    private static readonly Dictionary<(string Kind, string ClassName), KerasType> s_byName = [];
    private static readonly Dictionary<Type, KerasType> s_byType = [];

    static TypeTable()
    {
        AddLayers();
        AddConvolutionLayers();
        AddSimpleLayers();
        AddGeometryLayers();
        AddInitializers();
        AddPenalties();
        AddTraining();
        AddQuantization();
        Add(new KerasType(typeof(Model), "keras.src.models.functional", "Functional", "Functional", c => FunctionalReader.Read(c)), "models");
        Add(new KerasType(typeof(Sequential), "keras", "Sequential", null, c => SequentialConfig.Read(c)), "models");
        Add<SeedGenerator>("random");
        AddFeatureSpace();
        s_byName[("models", "Model")] = s_byName[("models", "Functional")];
    }

    /// <summary>All of Keras's own types.</summary>
    public static IEnumerable<KerasType> All => s_byType.Values;

    /// <summary>The entry of a type; null if it is none of Keras's.</summary>
    public static KerasType? Find(Type type) => s_byType.GetValueOrDefault(type);

    /// <summary>The type that a module and a class name mean; null if it is none of Keras's.</summary>
    public static KerasType? Find(string? module, string className)
    {
        if (module == null || !(module == "keras" || module.StartsWith("keras.", StringComparison.Ordinal))) return null;
        if (KindOf(module) is { } kind) return s_byName.GetValueOrDefault((kind, className));
        // What is directly under keras: models, policies, and aliases of classes whose name says enough.
        return module == "keras"
            ? s_kinds.Reverse().Select(k => s_byName.GetValueOrDefault((k, className))).FirstOrDefault(t => t != null && (t.Module == "keras" || t.ClassName == "Functional" || t.Module == "keras.layers"))
            : null;
    }

    /// <summary>The names of the classes that a module has; of all if it is none of Keras's.</summary>
    public static IEnumerable<string> NamesIn(string module) =>
        [.. s_byName.Keys.Where(k => KindOf(module) is not { } kind || k.Kind == kind).Select(k => k.ClassName).Distinct()];

    /// <summary>What kind of object a module of Keras's holds; null if it is none of the kinds that there are.</summary>
    public static string? KindOf(string module) => s_kinds.FirstOrDefault(module.Split('.').Contains);

    private static void AddLayers()
    {
        Add<InputLayer>("layers");
        Add<Dense>("layers");
        Add<Embedding>("layers");
        Add<ReversibleEmbedding>("layers");
        Add<TernaryDense>("layers");
        Add<Masking>("layers");
        Add<Layers.Identity>("layers");
        Add<BatchNormalization>("layers");
        Add<LayerNormalization>("layers");
        Add<Dropout>("layers");
        Add<Activation>("layers");
        Add<ReLU>("layers");
        Add<Layers.Softmax>("layers");
        Add<Layers.Add>("layers");
        Add<Subtract>("layers");
        Add<Multiply>("layers");
        Add<Average>("layers");
        Add<Maximum>("layers");
        Add<Minimum>("layers");
        Add<Layers.Concatenate>("layers");
        Add<Dot>("layers");

        // Attention.
        Add<EinsumDense>("layers");
        Add<Layers.Attention>("layers");
        Add<AdditiveAttention>("layers");
        Add<MultiHeadAttention>("layers");
        Add<GroupQueryAttention>("layers");
        // Recurrent.
        Add<RNN>("layers");
        Add<SimpleRNN>("layers");
        Add<LSTM>("layers");
        Add<GRU>("layers");
        Add<SimpleRNNCell>("layers");
        Add<LSTMCell>("layers");
        Add<GRUCell>("layers");
        Add<StackedRNNCells>("layers");
        Add<Bidirectional>("layers");
        Add<TimeDistributed>("layers");
        Add<ConvLSTM1D>("layers");
        Add<ConvLSTM2D>("layers");
        Add<ConvLSTM3D>("layers");
    }

    private static void AddConvolutionLayers()
    {
        Add<Conv1D>("layers");
        Add<Conv2D>("layers");
        Add<Conv3D>("layers");
        Add<Conv1DTranspose>("layers");
        Add<Conv2DTranspose>("layers");
        Add<Conv3DTranspose>("layers");
        Add<DepthwiseConv1D>("layers");
        Add<DepthwiseConv2D>("layers");
        Add<SeparableConv1D>("layers");
        Add<SeparableConv2D>("layers");
        Add<MaxPooling1D>("layers");
        Add<MaxPooling2D>("layers");
        Add<MaxPooling3D>("layers");
        Add<AveragePooling1D>("layers");
        Add<AveragePooling2D>("layers");
        Add<AveragePooling3D>("layers");
        Add<GlobalMaxPooling1D>("layers");
        Add<GlobalMaxPooling2D>("layers");
        Add<GlobalMaxPooling3D>("layers");
        Add<GlobalAveragePooling1D>("layers");
        Add<GlobalAveragePooling2D>("layers");
        Add<GlobalAveragePooling3D>("layers");
        Add<AdaptiveMaxPooling1D>("layers");
        Add<AdaptiveMaxPooling2D>("layers");
        Add<AdaptiveMaxPooling3D>("layers");
        Add<AdaptiveAveragePooling1D>("layers");
        Add<AdaptiveAveragePooling2D>("layers");
        Add<AdaptiveAveragePooling3D>("layers");
        Add<ZeroPadding1D>("layers");
        Add<ZeroPadding2D>("layers");
        Add<ZeroPadding3D>("layers");
        Add<Cropping1D>("layers");
        Add<Cropping2D>("layers");
        Add<Cropping3D>("layers");
        Add<UpSampling1D>("layers");
        Add<UpSampling2D>("layers");
        Add<UpSampling3D>("layers");
        Add<Flatten>("layers");
        Add<Reshape>("layers");
        Add<Permute>("layers");
        Add<RepeatVector>("layers");
    }

    private static void AddSimpleLayers()
    {
        Add<ELU>("layers");
        Add<LeakyReLU>("layers");
        Add<PReLU>("layers");
        Add<ActivityRegularization>("layers");
        Add<AlphaDropout>("layers");
        Add<AutoContrast>("layers");
        Add<ContrastLimitedAdaptiveHistogramEqualization>("layers");
        Add<AugMix>("layers");
        Add<CutMix>("layers");
        Add<Equalization>("layers");
        Add<GaussianDropout>("layers");
        Add<GaussianNoise>("layers");
        Add(new KerasType(typeof(IntegerLookup), "keras.layers", nameof(IntegerLookup), null, IndexLookup.Read<IntegerLookup>), "layers");
        Add(new KerasType(typeof(StringLookup), "keras.layers", nameof(StringLookup), null, IndexLookup.Read<StringLookup>), "layers");
        Add(new KerasType(typeof(TextVectorization), "keras.layers", nameof(TextVectorization), null, TextVectorization.Read), "layers");
        Add<HashedCrossing>("layers");
        Add<Hashing>("layers");
        Add<MaxNumBoundingBoxes>("layers");
        Add<MixUp>("layers");
        Add<Pipeline>("layers");
        Add<RandAugment>("layers");
        Add<RandomBrightness>("layers");
        Add<RandomColorDegeneration>("layers");
        Add<RandomColorJitter>("layers");
        Add<RandomContrast>("layers");
        Add<RandomErasing>("layers");
        Add<RandomGaussianBlur>("layers");
        Add<RandomGrayscale>("layers");
        Add<RandomHue>("layers");
        Add<RandomInvert>("layers");
        Add<RandomPosterization>("layers");
        Add<RandomSaturation>("layers");
        Add<RandomSharpness>("layers");
        Add<Solarization>("layers");
        Add<SpatialDropout1D>("layers");
        Add<SpatialDropout2D>("layers");
        Add<SpatialDropout3D>("layers");
        Add<GroupNormalization>("layers");
        Add<RMSNormalization>("layers");
        Add<SpectralNormalization>("layers");
        Add<UnitNormalization>("layers");
        Add<Wrapper>("layers");
        Add<CategoryEncoding>("layers");
        Add(new KerasType(typeof(Discretization), "keras.layers", nameof(Discretization), null, Discretization.FromConfig), "layers");
        Add(new KerasType(typeof(MelSpectrogram), "keras.layers", nameof(MelSpectrogram), null, MelSpectrogram.FromConfig), "layers");
        Add(new KerasType(typeof(Normalization), "keras.layers", nameof(Normalization), null, Normalization.FromConfig), "layers");
        Add(new KerasType(typeof(Rescaling), "keras.layers", nameof(Rescaling), null, Rescaling.FromConfig), "layers");
        Add(new KerasType(typeof(STFTSpectrogram), "keras.layers", nameof(STFTSpectrogram), null, STFTSpectrogram.FromConfig), "layers");
        Add(new KerasType(typeof(Lambda), "keras.layers", "Lambda", null, LambdaConfig.Read), "layers");
    }

    private static void AddFeatureSpace()
    {
        const string Module = "keras.src.layers.preprocessing.feature_space";
        Add(new KerasType(typeof(FeatureSpace), "keras.utils", nameof(FeatureSpace), null, FeatureSpace.FromConfig), "utils");
        Add(new KerasType(typeof(Feature), Module, nameof(Feature), nameof(Feature), c => AutoConfig.Create(typeof(Feature), c)), "layers");
        Add(new KerasType(typeof(Cross), Module, nameof(Cross), nameof(Cross), c => AutoConfig.Create(typeof(Cross), c)), "layers");
        Add(new KerasType(typeof(TFDIdentity), Module, nameof(TFDIdentity), nameof(TFDIdentity), c => AutoConfig.Create(typeof(TFDIdentity), c)), "layers");
    }

    private static void AddGeometryLayers()
    {
        Add<CenterCrop>("layers");
        Add<RandomCrop>("layers");
        Add<RandomElasticTransform>("layers");
        Add<RandomFlip>("layers");
        Add<RandomPerspective>("layers");
        Add<RandomRotation>("layers");
        Add<RandomShear>("layers");
        Add<RandomTranslation>("layers");
        Add<RandomZoom>("layers");
        Add<Resizing>("layers");
    }

    private static void AddInitializers()
    {
        Add<Constant>("initializers");
        Add<GlorotNormal>("initializers");
        Add<GlorotUniform>("initializers");
        Add<HeNormal>("initializers");
        Add<HeUniform>("initializers");
        Add<Initializers.Identity>("initializers");
        Add<LecunNormal>("initializers");
        Add<LecunUniform>("initializers");
        Add<Ones>("initializers");
        Add<Orthogonal>("initializers");
        Add(new KerasType(typeof(STFT), "keras.initializers", "STFT", null, STFT.FromConfig), "initializers");
        Add<RandomNormal>("initializers");
        Add<RandomUniform>("initializers");
        Add<TruncatedNormal>("initializers");
        Add<VarianceScaling>("initializers");
        Add<Zeros>("initializers");
    }

    private static void AddPenalties()
    {
        Add<L1>("regularizers");
        Add<L2>("regularizers");
        Add<L1L2>("regularizers");
        Add<OrthogonalRegularizer>("regularizers");
        Add<Constraint>("constraints");
        Add<MaxNorm>("constraints");
        Add<MinMaxNorm>("constraints");
        Add<NonNeg>("constraints");
        Add<UnitNorm>("constraints");
    }

    private static void AddTraining()
    {
        Add<CTC>("losses");
        Add<Losses.BinaryCrossentropy>("losses");
        Add<BinaryFocalCrossentropy>("losses");
        Add<Losses.CategoricalCrossentropy>("losses");
        Add<CategoricalFocalCrossentropy>("losses");
        Add<CategoricalGeneralizedCrossEntropy>("losses");
        Add<Losses.CategoricalHinge>("losses");
        Add<Circle>("losses");
        Add<Losses.CosineSimilarity>("losses");
        Add<Dice>("losses");
        Add<Losses.Hinge>("losses");
        Add<Huber>("losses");
        Add<Losses.KLDivergence>("losses");
        Add<LogCosh>("losses");
        Add<Losses.MeanAbsoluteError>("losses");
        Add<Losses.MeanAbsolutePercentageError>("losses");
        Add<Losses.MeanSquaredError>("losses");
        Add<Losses.MeanSquaredLogarithmicError>("losses");
        Add<Losses.Poisson>("losses");
        Add<Losses.SparseCategoricalCrossentropy>("losses");
        Add<Losses.SquaredHinge>("losses");
        Add<Tversky>("losses");
        Add(new KerasType(typeof(LossFunctionWrapper), "keras.src.losses.losses", nameof(LossFunctionWrapper), nameof(LossFunctionWrapper), c => AutoConfig.Create(typeof(LossFunctionWrapper), c)), "losses");
        Add<AUC>("metrics");
        Add<Accuracy>("metrics");
        Add<BinaryAccuracy>("metrics");
        Add<Metrics.BinaryCrossentropy>("metrics");
        Add<BinaryIoU>("metrics");
        Add<CategoricalAccuracy>("metrics");
        Add<Metrics.CategoricalCrossentropy>("metrics");
        Add<Metrics.CategoricalHinge>("metrics");
        Add<ConcordanceCorrelation>("metrics");
        Add<Metrics.CosineSimilarity>("metrics");
        Add<F1Score>("metrics");
        Add<FBetaScore>("metrics");
        Add<FalseNegatives>("metrics");
        Add<FalsePositives>("metrics");
        Add<Metrics.Hinge>("metrics");
        Add<IoU>("metrics");
        Add<Metrics.KLDivergence>("metrics");
        Add<LogCoshError>("metrics");
        Add<Mean>("metrics");
        Add<Metrics.MeanAbsoluteError>("metrics");
        Add<Metrics.MeanAbsolutePercentageError>("metrics");
        Add<MeanIoU>("metrics");
        Add<MeanMetricWrapper>("metrics");
        Add<Metrics.MeanSquaredError>("metrics");
        Add<Metrics.MeanSquaredLogarithmicError>("metrics");
        Add<OneHotIoU>("metrics");
        Add<OneHotMeanIoU>("metrics");
        Add<PearsonCorrelation>("metrics");
        Add<Metrics.Poisson>("metrics");
        Add<Precision>("metrics");
        Add<PrecisionAtRecall>("metrics");
        Add<R2Score>("metrics");
        Add<Recall>("metrics");
        Add<RecallAtPrecision>("metrics");
        Add<RootMeanSquaredError>("metrics");
        Add<SensitivityAtSpecificity>("metrics");
        Add<SparseCategoricalAccuracy>("metrics");
        Add<Metrics.SparseCategoricalCrossentropy>("metrics");
        Add<SparseTopKCategoricalAccuracy>("metrics");
        Add<SpecificityAtSensitivity>("metrics");
        Add<Metrics.SquaredHinge>("metrics");
        Add<Sum>("metrics");
        Add<TopKCategoricalAccuracy>("metrics");
        Add<TrueNegatives>("metrics");
        Add<TruePositives>("metrics");
        Add<Adadelta>("optimizers");
        Add<Adafactor>("optimizers");
        Add<Adagrad>("optimizers");
        Add<Adam>("optimizers");
        Add<AdamW>("optimizers");
        Add<Adamax>("optimizers");
        Add<Ftrl>("optimizers");
        Add<Lamb>("optimizers");
        Add<Lion>("optimizers");
        Add<Nadam>("optimizers");
        Add<RMSprop>("optimizers");
        Add<SGD>("optimizers");
        Add<ScheduleFreeAdamW>("optimizers");
        Add<Muon>("optimizers");
        Add<LossScaleOptimizer>("optimizers");
        Add(new KerasType(typeof(MultiOptimizer), "keras.optimizers", nameof(MultiOptimizer), null, MultiOptimizer.FromConfig), "optimizers");
        Add(new KerasType(typeof(OptimizerMap), "keras.optimizers", nameof(OptimizerMap), null, OptimizerMap.FromConfig), "optimizers");
        Add<CosineDecay>("schedules", "keras.optimizers.schedules");
        Add<CosineDecayRestarts>("schedules", "keras.optimizers.schedules");
        Add<ExponentialDecay>("schedules", "keras.optimizers.schedules");
        Add<InverseTimeDecay>("schedules", "keras.optimizers.schedules");
        Add<PiecewiseConstantDecay>("schedules", "keras.optimizers.schedules");
        Add<PolynomialDecay>("schedules", "keras.optimizers.schedules");
    }

    private static void AddQuantization()
    {
        Add<DTypePolicy>("dtype_policies", "keras");
        Add<FloatDTypePolicy>("dtype_policies", "keras");
        Add<QuantizedDTypePolicy>("dtype_policies");
        Add<QuantizedFloat8DTypePolicy>("dtype_policies");
        Add<Int4DTypePolicy>("dtype_policies");
        Add<TernaryDTypePolicy>("dtype_policies");
        Add<GPTQDTypePolicy>("dtype_policies");
        Add<AWQDTypePolicy>("dtype_policies");
        Add(new KerasType(typeof(DTypePolicyMap), "keras.dtype_policies", nameof(DTypePolicyMap), null, DTypePolicyMap.FromConfig), "dtype_policies");
        Add<AbsMaxQuantizer>("quantizers");
        Add<Float8QuantizationConfig>("quantizers");
        Add<TernaryQuantizationConfig>("quantizers");
        Add<GPTQConfig>("quantizers");
        Add<AWQConfig>("quantizers");
        Add(new KerasType(typeof(Int8QuantizationConfig), "keras.quantizers", nameof(Int8QuantizationConfig), null, Int8QuantizationConfig.FromConfig), "quantizers");
        Add(new KerasType(typeof(Int4QuantizationConfig), "keras.quantizers", nameof(Int4QuantizationConfig), null, Int4QuantizationConfig.FromConfig), "quantizers");
    }

    private static void Add<[DynamicallyAccessedMembers(AutoConfig.Needed)] T>(string kind, string? module = null) =>
        Add(new KerasType(typeof(T), module ?? $"keras.{kind}", typeof(T).Name, null, c => AutoConfig.Create(typeof(T), c)), kind);

    private static void Add(KerasType type, string kind)
    {
        s_byName.Add((kind, type.ClassName), type);
        s_byType.Add(type.Type, type);
    }
}
