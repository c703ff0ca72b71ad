using System.Text.Json.Nodes;
using NKeras.Engine;
using NKeras.Engine.Graphs;
using NKeras.Layers.Preprocessing;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// Sorts texts or whole numbers into a fixed number of bins by their hash (<c>keras.layers.Hashing</c>), for categories without a vocabulary. The
/// bins are TensorFlow's: FarmHash's fingerprint or, with a salt, SipHash-2-4 of a text's UTF-8 or a number's digits, modulo the number of bins.
/// </summary>
/// <remarks>
/// Any shape, dense, ragged or sparse. The result has the input's shape with <c>"int"</c>; a new last axis with <c>"one_hot"</c>; and
/// bins in place of the last axis with <c>"multi_hot"</c> and <c>"count"</c>. Numbers with a fraction lose it.
/// </remarks>
/// <example><code>
/// Tensor bins = new Hashing(numBins: 3).Apply(new[] { "A", "B", "C" });   // [1, 0, 1]
/// </code></example>
public sealed class Hashing : Layer
{
    private static readonly string[] s_modes = ["int", "one_hot", "multi_hot", "count"];

    /// <summary>Creates the layer.</summary>
    /// <param name="numBins">The number of bins, greater than zero, that of the mask included.</param>
    /// <param name="maskValue">The text or number that stands for a missing value: bin 0 is for it alone. None if omitted, and hashes use bin 0 as well.</param>
    /// <param name="salt">The key of SipHash, one whole number or two; FarmHash, which has none, is used if omitted.</param>
    /// <param name="outputMode"><c>"int"</c> for the bins' numbers, <c>"one_hot"</c>, <c>"multi_hot"</c> or <c>"count"</c>.</param>
    /// <param name="sparse">Whether the result is a <see cref="SparseTensor"/>; not with <c>"int"</c>.</param>
    /// <param name="name">The name; <c>hashing</c>, <c>hashing_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type of the result; int64 with <c>"int"</c>, otherwise <see cref="Config.Floatx"/>, if omitted.</param>
    /// <exception cref="ArgumentException">The number of bins is not positive, the mode unknown, or <c>"int"</c> goes with another type or with sparse results.</exception>
    public Hashing(
        int numBins,
        MaskValue? maskValue = null,
        HashSalt? salt = null,
        string outputMode = "int",
        bool sparse = false,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(name, trainable, dtype ?? (outputMode == "int" ? DType.Int64 : Config.Floatx()))
    {
        NumBins = LayerArguments.Positive(this, numBins);
        OutputMode = LayerArguments.OneOf(this, s_modes, outputMode);
        if (OutputMode == "int" && ComputeDType != DType.Int32 && ComputeDType != DType.Int64)
            throw new ArgumentException($"Layer '{Name}': with outputMode \"int\" the type is int32 or int64; received {DTypePolicy.Name}.", nameof(dtype));
        if (sparse && OutputMode == "int")
            throw new ArgumentException($"Layer '{Name}': sparse goes with outputMode \"one_hot\", \"multi_hot\" or \"count\", not with \"int\".", nameof(sparse));
        (MaskValue, Salt, Sparse) = (maskValue, salt, sparse);
    }

    /// <summary>The number of bins.</summary>
    public int NumBins { get; }

    /// <summary>What stands for a missing value; null for nothing.</summary>
    public MaskValue? MaskValue { get; }

    /// <summary>The key of SipHash; null for FarmHash.</summary>
    public HashSalt? Salt { get; }

    /// <summary>What the result is: <c>"int"</c>, <c>"one_hot"</c>, <c>"multi_hot"</c> or <c>"count"</c>.</summary>
    public string OutputMode { get; }

    /// <summary>Whether the result is sparse.</summary>
    public bool Sparse { get; }

    /// <inheritdoc/>
    private protected override bool AutocastsInputs => false;

    private protected override bool TakesRagged => true;

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => CategoricalEncoder.Encode(this, inputs switch
    {
        SparseTensor sparse => sparse.WithValues(Bins(sparse.Values)),
        RaggedTensor ragged => ragged.WithValues(Bins(ragged.Values)),
        _ => Bins(inputs),
    }, OutputMode, NumBins, ComputeDType, Sparse);

    /// <inheritdoc/>
    public override JsonObject GetConfig() => base.GetConfig().Placed("mask_value", ConfigValue.Of(MaskValue), before: "output_mode");

    private Tensor Bins(Tensor values) => HostFunction.Call($"Layer '{Name}'", [values], s => [s[0] with { DType = DType.Int64 }], t => [Hashed(t[0])])[0];

    private Tensor Hashed(Tensor values)
    {
        // Keras: a single bin is shared by the mask and everything else.
        bool isMasked = MaskValue != null && NumBins > 1;
        HashBuckets buckets = new($"Layer '{Name}'", isMasked ? NumBins - 1 : NumBins, Salt?.Key);
        bool isText = values.DType == DType.String;
        if (isMasked && isText != MaskValue?.Text is not null)
            throw new ArgumentException($"Layer '{Name}': maskValue is {(isText ? "the number" : "the text")} '{MaskValue}', but the input is a tensor of {values.DType}. Give both as texts, or both as numbers.");
        long[] bins = new long[values.Shape.Size];
        if (isText) HashTexts(((TextStorage)values.Data).Texts, bins, buckets, isMasked);
        else HashNumbers(values, bins, buckets, isMasked);
        return Tensor.From<long>(bins, values.Shape);
    }

    private void HashTexts(string[] texts, long[] bins, HashBuckets buckets, bool isMasked)
    {
        for (int i = 0; i < bins.Length; i++) bins[i] = !isMasked ? buckets.Of(texts[i]) : texts[i] == MaskValue?.Text ? 0 : buckets.Of(texts[i]) + 1;
    }

    private void HashNumbers(Tensor values, long[] bins, HashBuckets buckets, bool isMasked)
    {
        ElementView view = ElementView.Of(values);
        for (int i = 0; i < bins.Length; i++)
        {
            long bin = values.DType == DType.Bool ? buckets.Of(view.Long(i) != 0 ? "true" : "false")
                : view.IsFloating ? buckets.Of((long)view.Double(i))
                : values.DType == DType.UInt64 ? buckets.Of((ulong)view.Long(i))
                : buckets.Of(view.Long(i));
            bins[i] = !isMasked ? bin : view.Number(i) == MaskValue?.Number ? 0 : bin + 1;
        }

        GC.KeepAlive(values); // A view is a bare pointer.
    }
}
