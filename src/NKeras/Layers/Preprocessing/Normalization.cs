using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using NKeras.Engine;
using NKeras.Layers.Adapting;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// Brings numbers to mean 0 and standard deviation 1 (<c>keras.layers.Normalization</c>): <c>(inputs - mean) / sqrt(variance)</c>, with a mean and a variance for each
/// place along some axes, which are given or learned with <c>Adapt</c>. Any shape; the result has the input's.
/// </summary>
/// <remarks>
/// Weights, unless mean and variance are given: mean and variance, in the shape of the axes that are kept, and count, which older versions of Keras used. Data of
/// any size is read once; sums are kept in float64, so that they stay exact for numbers far from zero.
/// </remarks>
/// <example><code>
/// Normalization normalization = new();
/// normalization.Adapt(table); // (samples, features)
/// Model model = new Sequential([new Input([4]), normalization, new Dense(1)]);
/// </code></example>
public sealed class Normalization : AdaptedLayer
{
    private Variable? _mean;
    private Variable? _variance;
    private Tensor? _givenMean;
    private Tensor? _givenVariance;
    private int[] _kept = [];
    private Shape? _spread;
    private RunningMoments? _moments;

    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axis, or axes, along which each place has a mean and a variance of its own: -1 for the features of a table. Null or none for one mean and variance of all.</param>
    /// <param name="mean">The mean, in the shape of the kept axes or one that broadcasts to it; learned if omitted.</param>
    /// <param name="variance">The variance, in the shape of <paramref name="mean"/>; learned if omitted.</param>
    /// <param name="invert">Whether to go the other way, from normalized numbers to the original ones.</param>
    /// <param name="name">The name; <c>normalization</c>, <c>normalization_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration: optimizers do not change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">Of mean and variance only one is given, their shapes differ, or they have more axes than are kept.</exception>
    [OverloadResolutionPriority(1)]
    public Normalization(Ints? axis, Tensor? mean = null, Tensor? variance = null, bool invert = false, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        Axis = Ints.Create([.. axis ?? Ints.Create([])]);
        (InputMean, InputVariance, Invert) = (GivenNumbers.Checked(this, mean, nameof(mean)), GivenNumbers.Checked(this, variance, nameof(variance)), invert);
        SupportsMasking = true;
        if (mean is null != variance is null) throw new ArgumentException($"Layer '{Name}': mean and variance are given together or not at all; {(mean is null ? "mean" : "variance")} is missing.", mean is null ? nameof(mean) : nameof(variance));
        if (mean is null) return;
        if (mean.Shape != variance!.Shape) throw new ArgumentException($"Layer '{Name}': mean and variance have one shape; received {mean.Shape} and {variance.Shape}.", nameof(variance));
        if (mean.Rank > Axis.Count) throw new ArgumentException($"Layer '{Name}': mean and variance have at most as many axes as are kept, {Axis.Count} (axis={Axis}); received shape {mean.Shape}.", nameof(mean));
    }

    /// <summary>Creates a layer that keeps the last axis.</summary>
    /// <inheritdoc cref="Normalization(Ints?, Tensor?, Tensor?, bool, string?, bool, DTypePolicy?)"/>
    // Keras: axis=-1 is a default; in C# null, which means all, could not be told from an argument that is omitted.
    public Normalization(Tensor? mean = null, Tensor? variance = null, bool invert = false, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : this(-1, mean, variance, invert, name, trainable, dtype)
    {
    }

    /// <summary>The axes along which each place has a mean and a variance of its own.</summary>
    public Ints Axis { get; }

    internal override bool NeedsAdapting => InputMean is null;

    /// <summary>The mean that was given; null if it is learned.</summary>
    public Tensor? InputMean { get; }

    /// <summary>The variance that was given; null if it is learned.</summary>
    public Tensor? InputVariance { get; }

    /// <summary>Whether it goes from normalized numbers to the original ones.</summary>
    public bool Invert { get; }

    /// <summary>The mean that is in effect, in a shape that broadcasts to the input's.</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Tensor Mean => Ops.Cast(Spread(_mean, _givenMean, "mean"), ComputeDType);

    /// <summary>The variance that is in effect, in a shape that broadcasts to the input's.</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Tensor Variance => Ops.Cast(Spread(_variance, _givenVariance, "variance"), ComputeDType);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An axis is out of range or its dimension unknown, or the mean that was given does not fit.</exception>
    public override void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        _kept = [.. Axis.Select(a => LayerArguments.Axis(this, inputShape, a)).Distinct().Order()];
        int[] dims = [.. _kept.Select(a => LayerArguments.KnownDimension(this, inputShape, a))];
        int[] spread = [.. Enumerable.Range(0, inputShape.Rank).Select(a => _kept.Contains(a) ? inputShape.Dims[a] : 1)];
        _spread = new Shape(spread);
        if (InputMean is not null)
        {
            (_givenMean, _givenVariance) = (AlongKept(InputMean), AlongKept(InputVariance!));
            Built = true;
            return;
        }

        // Rounded to the type of the computation only once the deviation is known.
        _mean = AddWeight("mean", new Shape(dims), "zeros", trainable: false, autocast: false);
        _variance = AddWeight("variance", new Shape(dims), "ones", trainable: false, autocast: false);
        _ = AddWeight("count", Shape.Scalar, "zeros", trainable: false, dtype: DType.Int32);
        Built = true;
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        DType type = ComputeDType.IsFloating && ComputeDType.Size >= 4 ? ComputeDType : DType.Float32;
        Tensor x = Ops.Cast(LayerArguments.Numbers(this, inputs), type);
        Tensor mean = Ops.Cast(Spread(_mean, _givenMean, "mean"), type), variance = Ops.Cast(Spread(_variance, _givenVariance, "variance"), type);
        Tensor deviation = Ops.Maximum(Ops.Sqrt(variance), Config.Epsilon());
        return Ops.Cast(Invert ? Ops.Add(mean, Ops.Multiply(x, deviation)) : Ops.Divide(Ops.Subtract(x, mean), deviation), ComputeDType);
    }

    /// <inheritdoc/>
    public override void ResetState() => _moments = null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The batch holds strings, NaN or infinities, or has another shape than those before.</exception>
    /// <exception cref="InvalidOperationException">The mean was given.</exception>
    public override void UpdateState(Tensor data)
    {
        if (InputMean is not null) throw new InvalidOperationException($"Layer '{Name}' was given mean and variance, so that there is nothing to adapt.");
        ConcreteTensor batch = Numbers(data);
        if (!Built) EnsureBuilt(Stubs([batch.Shape]));
        if (batch.Rank != _spread!.Rank || _kept.Any(a => batch.Shape.Dims[a] != _spread.Dims[a]))
            throw new ArgumentException($"Layer '{Name}' was built for inputs of shape {BuildShapes?[0] ?? _spread}; it cannot adapt to a batch of shape {batch.Shape}.", nameof(data));
        _moments ??= new RunningMoments(_mean!.Shape.Size);
        if (_moments.Add(batch, _kept) is not { } bad) return;
        throw new ArgumentException($"Layer '{Name}' adapts to finite numbers; element ({string.Join(", ", bad.Place)}) of batch {_moments.Batches} is {Core.PythonNumber.Repr(bad.Value)}. Leave such samples out, or replace the numbers (Ops.NanToNum).", nameof(data));
    }

    /// <inheritdoc/>
    public override void FinalizeState()
    {
        if (_moments is not { Count: > 0 }) return;
        _mean!.Assign(Ops.Cast(Tensor.From<double>(_moments.Means(), _mean.Shape), _mean.DType));
        _variance!.Assign(Ops.Cast(Tensor.From<double>(_moments.Variances(), _variance.Shape), _variance.DType));
        _moments = null;
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new()
    {
        ["name"] = Name,
        ["trainable"] = Trainable,
        ["dtype"] = KerasSerializer.Serialize(DTypePolicy),
        ["axis"] = ConfigValue.Of(Axis),
        ["invert"] = Invert,
        ["mean"] = GivenNumbers.Write(InputMean),
        ["variance"] = GivenNumbers.Write(InputVariance),
    };

    internal static Normalization FromConfig(JsonObject config)
    {
        JsonObject read = GivenNumbers.Read(config, "mean", "variance");
        if (!read.ContainsKey("axis")) read["axis"] = -1;
        return (Normalization)AutoConfig.Create(typeof(Normalization), read);
    }

    private Tensor Spread(Variable? learned, Tensor? given, string what) => given ?? (learned is null ? throw LayerArguments.NotBuilt(this, what) : Ops.Reshape(learned, [.. _spread!]));

    /// <summary>Numbers that were given, along the kept axes from the last one on.</summary>
    private Tensor AlongKept(Tensor numbers)
    {
        int[] dims = [.. Enumerable.Repeat(1, _spread!.Rank)];
        for (int i = 1; i <= numbers.Rank; i++) dims[_kept[^i]] = numbers.Shape.Dims[^i];
        bool fits = numbers.Rank <= _kept.Length && dims.Zip(_spread).All(d => d.First == 1 || d.First == d.Second);
        return fits
            ? Ops.BroadcastTo(Ops.Reshape(Ops.Cast(numbers, DType.Float64), (int[])dims), _spread)
            : throw new ArgumentException($"Layer '{Name}': mean and variance of shape {numbers.Shape} do not broadcast to the kept axes of the input, ({string.Join(", ", _kept.Select(a => _spread.Dims[a]))}).");
    }
}
