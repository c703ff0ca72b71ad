using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Core;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>
/// What attention layers with several heads have in common: query, key and value are projected for each head, every query takes the mean of the
/// values weighted by the softmax of its products with the keys, and what the heads give is projected to the result.
/// </summary>
public abstract partial class BaseMultiHeadAttention : Layer
{
    private readonly int _heads, _keyHeads, _keyDim, _valueDim;
    private readonly Regularizer? _projectionRegularizer;

    // In the order in which Keras makes them, which is that of the weights.
    private EinsumDense? _queryDense;
    private EinsumDense? _keyDense;
    private EinsumDense? _gateDense;
    private EinsumDense? _valueDense;
    private Softmax? _softmax;
    private Dropout? _dropoutLayer;
    private EinsumDense? _outputDense;

    private protected EinsumDense? ProjectsQuery => _queryDense;

    private protected EinsumDense? ProjectsKey => _keyDense;

    private protected EinsumDense? ProjectsValue => _valueDense;

    private protected EinsumDense? ProjectsResult => _outputDense;

    private protected BaseMultiHeadAttention(
        (int Queries, int Keys, int KeyDim, int ValueDim) heads,
        double dropout,
        bool useBias,
        int? slidingWindow,
        bool? flashAttention,
        Initializer? kernelInitializer,
        Initializer? biasInitializer,
        Regularizer? kernelRegularizer,
        Regularizer? biasRegularizer,
        Regularizer? projectionRegularizer,
        Regularizer? activityRegularizer,
        Constraint? kernelConstraint,
        Constraint? biasConstraint,
        bool useGate,
        int? seed,
        string? name,
        bool trainable,
        DTypePolicy? dtype)
        : base(name, trainable, dtype, activityRegularizer)
    {
        (_heads, _keyHeads, _keyDim, _valueDim) = heads;
        (Dropout, UseBias, SlidingWindow, FlashAttention, UseGate, Seed) = (LayerArguments.Rate(this, dropout), useBias, slidingWindow, flashAttention, useGate, seed);
        if (slidingWindow is { } window) LayerArguments.Positive(this, window, nameof(slidingWindow));
        if (flashAttention == true && dropout > 0)
            throw new ArgumentException($"Layer '{Name}': flash attention has no dropout; received flashAttention=true and dropout={dropout}.", nameof(dropout));
        KernelInitializer = kernelInitializer ?? "glorot_uniform";
        BiasInitializer = biasInitializer ?? "zeros";
        (KernelRegularizer, BiasRegularizer, KernelConstraint, BiasConstraint) = (kernelRegularizer, biasRegularizer, kernelConstraint, biasConstraint);
        _projectionRegularizer = projectionRegularizer;
        SupportsMasking = true;
    }

    /// <summary>The share of weights that are dropped in training.</summary>
    public double Dropout { get; }

    /// <summary>Whether the projections have biases.</summary>
    public bool UseBias { get; }

    /// <summary>How near, in steps, a key must be to a query to count, itself included; null for anywhere.</summary>
    public int? SlidingWindow { get; }

    /// <summary>Whether scores may not be asked for, so that they need not be kept.</summary>
    // Keras: the setting chooses a kernel. Here the kernel that never stores all scores is used wherever it is the faster one.
    public bool? FlashAttention { get; }

    /// <summary>Makes the projections' kernels.</summary>
    public Initializer KernelInitializer { get; }

    /// <summary>Makes the projections' biases.</summary>
    public Initializer BiasInitializer { get; }

    /// <summary>The penalty on each kernel; null for none.</summary>
    public Regularizer? KernelRegularizer { get; }

    /// <summary>The penalty on each bias; null for none.</summary>
    public Regularizer? BiasRegularizer { get; }

    /// <summary>What each kernel is made to fulfil; null for nothing.</summary>
    public Constraint? KernelConstraint { get; }

    /// <summary>What each bias is made to fulfil; null for nothing.</summary>
    public Constraint? BiasConstraint { get; }

    /// <summary>Whether what the heads give is multiplied by a sigmoid of one more projection of the query.</summary>
    public bool UseGate { get; }

    /// <summary>The seed of dropout that was given; null if none was.</summary>
    public int? Seed { get; }

    /// <inheritdoc/>
    internal override IReadOnlyList<CallParameter> Parameters => s_parameters;

    private protected override IReadOnlyList<string> BuildsFrom => ["query", "value", "key"];

    /// <summary>Creates the weights.</summary>
    /// <param name="queryShape">The query's shape.</param>
    /// <param name="valueShape">The value's shape.</param>
    /// <param name="keyShape">The key's shape; the value's if omitted.</param>
    /// <exception cref="ArgumentException">The shapes do not belong together.</exception>
    public void Build(Shape queryShape, Shape valueShape, Shape? keyShape = null)
    {
        ArgumentNullException.ThrowIfNull(queryShape);
        ArgumentNullException.ThrowIfNull(valueShape);
        keyShape ??= valueShape;
        CheckShapes(queryShape, valueShape, keyShape);
        using CallContext.Scope scope = CallContext.Enter(this, null);
        int[] axes = ChooseAxes(queryShape.Rank);
        _queryDense = Projection("query", queryShape, _heads, _keyDim);
        _keyDense = Projection("key", keyShape, _keyHeads, _keyDim);
        if (UseGate) _gateDense = Projection("gate", queryShape, _heads, _valueDim, "sigmoid");
        _valueDense = Projection("value", valueShape, _keyHeads, _valueDim);
        _softmax = new Softmax(axis: (int[])[.. Enumerable.Range(-axes.Length, axes.Length)], dtype: DTypePolicy);
        _dropoutLayer = new Dropout(Dropout, seed: Seed, dtype: DTypePolicy);
        int[] result = ResultDims(queryShape);
        (string equation, string biasAxes) = HeadEquations.Projection(queryShape.Rank - 1, 2, result.Length);
        _outputDense = Dense("attention_output", equation, result, queryShape.Rank, biasAxes, null);
        BuildInner(_outputDense, new Shape([.. queryShape.Dims[..^1], _heads, _valueDim]));
        Built = true;
    }

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputShapes)
    {
        ArgumentNullException.ThrowIfNull(inputShapes);
        if (inputShapes.Count is not (2 or 3)) throw NeedsValue();
        Build(inputShapes[0], inputShapes[1], inputShapes.ElementAtOrDefault(2));
    }

    private protected override void BuildFrom(IReadOnlyDictionary<string, IReadOnlyList<Shape>> shapes) =>
        Build(shapes["query"][0], (shapes.GetValueOrDefault("value") ?? throw NeedsValue())[0], shapes.GetValueOrDefault("key")?[0]);

    /// <summary>The result's shape.</summary>
    /// <param name="queryShape">The query's shape; null where unknown.</param>
    /// <param name="valueShape">The value's shape.</param>
    /// <param name="keyShape">The key's shape; the value's if omitted.</param>
    /// <exception cref="ArgumentException">The shapes do not belong together.</exception>
    public Shape ComputeOutputShape(Shape queryShape, Shape valueShape, Shape? keyShape = null)
    {
        ArgumentNullException.ThrowIfNull(queryShape);
        ArgumentNullException.ThrowIfNull(valueShape);
        CheckShapes(queryShape, valueShape, keyShape ?? valueShape);
        return new Shape([.. queryShape.Dims[..^1], .. ResultDims(queryShape)]);
    }

    /// <summary>The axes that attention goes along, for inputs of a rank.</summary>
    private protected abstract int[] ChooseAxes(int rank);

    /// <summary>The result's dimensions in place of the query's last.</summary>
    private protected virtual int[] ResultDims(Shape query) => [query.Dims[^1]];

    private protected virtual void CheckShapes(Shape query, Shape value, Shape key)
    {
        if (query.Rank < 3 || value.Rank != query.Rank)
            throw new ArgumentException($"Layer '{Name}' takes a query and a value of one rank: (batch, …, features), with at least 3 axes; received shapes {query} and {value}.", nameof(query));
        bool fits = key.Rank == value.Rank;
        for (int i = 0; fits && i < key.Rank - 1; i++) fits = key[i] == value[i] || key[i] is null || value[i] is null;
        if (!fits) throw new ArgumentException($"Layer '{Name}': value and key have the same dimensions but for the last; received shapes {value} and {key}.", nameof(key));
        if (query[0] is { } batch && value[0] is { } other && batch != other)
            throw new ArgumentException($"Layer '{Name}': query and value belong to the same batch; received shapes {query} and {value}.", nameof(value));
    }

    /// <summary>The configuration with Keras's order of the entries that follow the name, the types and what else all layers have.</summary>
    private protected static JsonObject InOrder(JsonObject config, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            config.Remove(key, out JsonNode? value);
            config[key] = value;
        }

        // Keras: leaves it out.
        config.Remove("flash_attention");
        return config;
    }

    private EinsumDense Projection(string name, Shape input, int heads, int features, ActivationFunction? activation = null)
    {
        (string equation, string biasAxes) = HeadEquations.Projection(input.Rank - 1, 1, 2);
        EinsumDense dense = Dense(name, equation, [heads, features], input.Rank, biasAxes, activation);
        BuildInner(dense, input);
        return dense;
    }

    private EinsumDense Dense(string name, string equation, int[] made, int rank, string biasAxes, ActivationFunction? activation) => new(
        equation,
        new Shape([.. Enumerable.Repeat(Shape.Unknown, rank - 2), .. made]),
        activation,
        UseBias ? biasAxes : null,
        RandomInitializer.Anew(KernelInitializer),
        RandomInitializer.Anew(BiasInitializer),
        KernelRegularizer,
        BiasRegularizer,
        KernelConstraint,
        BiasConstraint,
        activityRegularizer: _projectionRegularizer,
        name: name,
        // Keras: the projections of a layer that is frozen before it is built are trained all the same.
        trainable: Trainable,
        dtype: DTypePolicy);

    private ArgumentException NeedsValue() => new($"Layer '{Name}' is applied to a query and a value, and to a key if that is not the value.");
}
