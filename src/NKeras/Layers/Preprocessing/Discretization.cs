using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Engine;
using NKeras.Layers.Adapting;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// Says for each number in which of several ranges it is (<c>keras.layers.Discretization</c>). The borders between the ranges are given, or learned with <c>Adapt</c>, so
/// that about equally many of the data's numbers are in each range.
/// </summary>
/// <remarks>
/// A range holds its lower border; the first has none, and the last has no upper one: borders 0 and 1 make the ranges below 0, from 0 to below 1, and from 1 on. NaN is in
/// the last one. Data of any size is read once, and summarized in about <c>1 / epsilon</c> numbers.
/// </remarks>
/// <example><code>
/// Discretization ranges = new(binBoundaries: [0, 1, 2]);
/// Tensor y = ranges.Apply(new[,] { { -1.5f, 1, 3.4f, 0.5f } }); // 0, 2, 3, 1
/// </code></example>
public sealed class Discretization : AdaptedLayer
{
    private static readonly string[] s_outputModes = ["int", "one_hot", "multi_hot", "count"];

    private QuantileSummary _summary = QuantileSummary.Empty;

    /// <summary>Creates the layer.</summary>
    /// <param name="binBoundaries">The borders between the ranges, in ascending order. They are learned if <paramref name="numBins"/> is given in their place.</param>
    /// <param name="numBins">How many ranges are learned; null if the borders are given.</param>
    /// <param name="epsilon">By which share of the data's numbers the borders may be wrong.</param>
    /// <param name="outputMode">
    /// <c>"int"</c> for the number of the range, as int32; <c>"one_hot"</c> for a row for each number, with a one at its range; <c>"multi_hot"</c> for a row for each sample, with ones
    /// at the ranges that occur in it; <c>"count"</c> for a row for each sample that says how often.
    /// </param>
    /// <param name="sparse">Whether rows are sparse tensors.</param>
    /// <param name="dtype">The type to compute in, which is that of rows; the global policy's if omitted.</param>
    /// <param name="name">The name; <c>discretization</c>, <c>discretization_1</c>, … if omitted.</param>
    /// <exception cref="ArgumentException">Borders and their number are both given, or neither; the borders are not in order; or the output mode is unknown.</exception>
    public Discretization(
        Floats? binBoundaries = null, int? numBins = null, double epsilon = 0.01, string outputMode = "int", bool sparse = false, DTypePolicy? dtype = null, string? name = null)
        : base(name, trainable: true, dtype)
    {
        OutputMode = LayerArguments.OneOf(this, s_outputModes, outputMode);
        if (sparse && OutputMode == "int") throw new ArgumentException($"Layer '{Name}': sparse results are rows, of output mode 'one_hot', 'multi_hot' or 'count'; received 'int'.", nameof(sparse));
        if (binBoundaries != null == numBins.HasValue) throw new ArgumentException($"Layer '{Name}': either binBoundaries or numBins is given; received {(numBins.HasValue ? $"both, {binBoundaries} and {numBins}" : "neither")}.", nameof(numBins));
        if (numBins < 0) throw new ArgumentOutOfRangeException(nameof(numBins), $"Layer '{Name}': numBins is a number of ranges; received {numBins}.");
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), $"Layer '{Name}': epsilon is a share greater than zero; received {epsilon}.");
        (BinBoundaries, NumBins, Epsilon, Sparse) = (Ascending(binBoundaries), numBins, epsilon, sparse);
    }

    /// <summary>The borders between the ranges; null if they are yet to be learned.</summary>
    public Floats? BinBoundaries { get; private set; }

    /// <summary>How many ranges are learned; null if their borders were given.</summary>
    public int? NumBins { get; }

    /// <summary>By which share of the data's numbers the borders may be wrong.</summary>
    public double Epsilon { get; }

    /// <summary>What the result is: <c>"int"</c>, <c>"one_hot"</c>, <c>"multi_hot"</c> or <c>"count"</c>.</summary>
    public string OutputMode { get; }

    /// <summary>Whether rows are sparse tensors.</summary>
    public bool Sparse { get; }

    internal override bool NeedsAdapting => NumBins is not null;

    private protected override bool TakesRagged => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input holds strings, or the borders are not known yet.</exception>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        Tensor x = LayerArguments.Numbers(this, inputs);
        double[] borders = BinBoundaries is { } known ? [.. known] : SymbolicCall.IsInferring ? new double[Math.Max(0, NumBins!.Value - 1)] : throw new ArgumentException($"Layer '{Name}' has no borders yet: call Adapt, or give binBoundaries.");
        // Compared in single precision, as borders are that were learned.
        Tensor edges = Ops.Cast(Tensor.From<double>(borders), ComputeDType == DType.Float64 ? DType.Float64 : DType.Float32);
        Tensor bins = x switch
        {
            RaggedTensor rows => rows.WithValues(Ops.Digitize(rows.Values, edges)),
            SparseTensor sparse => Ops.Digitize(sparse.ToDense(), edges),
            _ => Ops.Digitize(x, edges),
        };
        return CategoricalEncoder.Encode(this, bins, OutputMode, borders.Length + 1, OutputMode == "int" ? DType.Int32 : ComputeDType, Sparse);
    }

    /// <inheritdoc/>
    public override void ResetState() => _summary = QuantileSummary.Empty;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The batch holds strings or NaN.</exception>
    /// <exception cref="InvalidOperationException">The borders were given.</exception>
    public override void UpdateState(Tensor data)
    {
        if (NumBins is null) throw new InvalidOperationException($"Layer '{Name}' was given its borders, so that there is nothing to adapt. Give numBins in place of binBoundaries.");
        float[] numbers = Ops.Cast(Numbers(data is RaggedTensor rows ? rows.Values : data), DType.Float32).ToArray<float>();
        if (Array.FindIndex(numbers, float.IsNaN) is >= 0 and var at)
            throw new ArgumentException($"Layer '{Name}' adapts to numbers; element {at} of a batch of shape {data.Shape} is NaN, which is in no range. Leave such numbers out, or replace them (Ops.NanToNum).", nameof(data));
        _summary = QuantileSummary.Of(numbers, Epsilon).MergedWith(_summary, Epsilon);
    }

    /// <inheritdoc/>
    public override void FinalizeState()
    {
        if (NumBins is not { } bins) return;
        if (bins < 1) throw new ArgumentException($"Layer '{Name}': numBins is {bins}; numbers are divided into one range or more.");
        BinBoundaries = Floats.Create(_summary.Borders(bins));
        TakesEffect();
    }

    /// <inheritdoc/>
    // Keras: borders are part of the configuration, and there are no variables. Older versions kept the summary of the data instead, which gives the borders.
    public override void LoadOwnVariables(IReadOnlyDictionary<string, Tensor> store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store is not { Count: 1 } || !store.TryGetValue("0", out Tensor? summary))
        {
            base.LoadOwnVariables(store);
            return;
        }

        if (summary.Rank != 2 || summary.Shape[0] != 2) throw new ArgumentException($"Layer '{Name}': the summary of data that older files have is of shape (2, n); received {summary.Shape}.", nameof(store));
        Tensor rows = Ops.Cast(summary, DType.Float32);
        _summary = new QuantileSummary(rows[0].ToArray<float>(), rows[1].ToArray<float>());
        if (BinBoundaries == null) FinalizeState();
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new()
    {
        ["bin_boundaries"] = ConfigValue.Of(BinBoundaries),
        ["num_bins"] = NumBins,
        ["epsilon"] = Epsilon,
        ["output_mode"] = OutputMode,
        ["sparse"] = Sparse,
        ["name"] = Name,
        ["dtype"] = DTypePolicy.Name,
    };

    /// <summary>The layer of a configuration, in which borders that were learned stand beside their number.</summary>
    internal static Discretization FromConfig(JsonObject config)
    {
        if (config["bin_boundaries"] is not { } borders || config["num_bins"] is null) return (Discretization)AutoConfig.Create(typeof(Discretization), config);
        JsonObject fresh = (JsonObject)config.DeepClone();
        fresh["bin_boundaries"] = null;
        Discretization layer = (Discretization)AutoConfig.Create(typeof(Discretization), fresh);
        layer.BinBoundaries = layer.Ascending(ConfigReader.Read<Floats>(borders));
        return layer;
    }

    // Keras: takes descending borders on NumPy alone. Equal ones leave a range empty; data with many equal numbers makes them.
    private Floats? Ascending(Floats? borders)
    {
        for (int i = 0; i < borders?.Count; i++)
        {
            if (double.IsNaN(borders[i]) || (i > 0 && borders[i] < borders[i - 1]))
                throw new ArgumentException($"Layer '{Name}': binBoundaries are numbers in ascending order; received {borders}.", nameof(borders));
        }

        return borders == null ? null : Floats.Create([.. borders]);
    }
}
