using System.Text.Json.Nodes;
using NKeras.Engine;
using NKeras.Engine.Graphs;
using NKeras.Layers.Preprocessing;

namespace NKeras.Layers;

/// <summary>
/// Makes one category of several for each sample, and sorts it into a fixed number of bins by its hash (<c>keras.layers.HashedCrossing</c>). The
/// bins are TensorFlow's (<c>tf.sparse.cross_hashed</c>).
/// </summary>
/// <remarks>Inputs are two tensors or more of texts or whole numbers, of one shape: (), (batch) or (batch, 1).</remarks>
/// <example><code>
/// Tensor bins = new HashedCrossing(numBins: 5).Apply(new[] { "A", "B" }, new[] { 101, 101 });   // [1, 4]
/// </code></example>
public sealed class HashedCrossing : Layer
{
    /// <summary>The number that TensorFlow begins a cross with.</summary>
    private const ulong Beginning = 0xDECAFCAFFE;

    /// <summary>Creates the layer.</summary>
    /// <param name="numBins">The number of bins, greater than zero.</param>
    /// <param name="outputMode"><c>"int"</c> for the bins' numbers, or <c>"one_hot"</c>.</param>
    /// <param name="sparse">Whether the result is a <see cref="SparseTensor"/>; with <c>"one_hot"</c> only.</param>
    /// <param name="name">The name; <c>hashed_crossing</c>, <c>hashed_crossing_1</c>, … if omitted.</param>
    /// <param name="dtype">The type of the result; int64 with <c>"int"</c>, otherwise the global policy's, if omitted.</param>
    /// <exception cref="ArgumentException">The number of bins is not positive, or the mode unknown.</exception>
    // Keras: takes further arguments and ignores them; trainable is not in its configuration.
    public HashedCrossing(int numBins, string outputMode = "int", bool sparse = false, string? name = null, DTypePolicy? dtype = null)
        : base(name, trainable: true, dtype ?? (outputMode == "int" ? (DTypePolicy)DType.Int64 : null))
    {
        NumBins = LayerArguments.Positive(this, numBins);
        OutputMode = LayerArguments.OneOf(this, ["int", "one_hot"], outputMode);
        Sparse = sparse;
    }

    /// <summary>The number of bins.</summary>
    public int NumBins { get; }

    /// <summary>What the result is: <c>"int"</c> or <c>"one_hot"</c>.</summary>
    public string OutputMode { get; }

    /// <summary>Whether the result is sparse.</summary>
    public bool Sparse { get; }

    /// <inheritdoc/>
    public override Tensors Call(Tensors inputs, bool training)
    {
        Check(inputs);
        Tensor bins = HostFunction.Call($"Layer '{Name}'", inputs, s => [s[0] with { DType = DType.Int64 }], t => [Cross(t)])[0];
        return CategoricalEncoder.Encode(this, bins, OutputMode, NumBins, ComputeDType, Sparse && OutputMode != "int");
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new()
    {
        ["num_bins"] = NumBins,
        ["output_mode"] = OutputMode,
        ["sparse"] = Sparse,
        ["name"] = Name,
        ["dtype"] = VariableDType.Name,
    };

    private Tensor Cross(Tensor[] inputs)
    {
        ulong[] crosses = new ulong[inputs[0].Shape.Size];
        crosses.AsSpan().Fill(Beginning);
        foreach (Tensor input in inputs)
        {
            if (input.DType == DType.String)
            {
                string[] texts = ((TextStorage)input.Data).Texts;
                for (int i = 0; i < crosses.Length; i++) crosses[i] = FarmHash64.Join(crosses[i], HashBuckets.Fingerprint($"Layer '{Name}'", texts[i]));
                continue;
            }

            ElementView view = ElementView.Of(input);
            for (int i = 0; i < crosses.Length; i++) crosses[i] = FarmHash64.Join(crosses[i], (ulong)view.Long(i));
            GC.KeepAlive(input); // A view is a bare pointer.
        }

        return Tensor.From<long>([.. crosses.Select(c => (long)(c % (ulong)NumBins))], inputs[0].Shape);
    }

    private void Check(Tensors inputs)
    {
        if (inputs.IsSingle || inputs.Count < 2)
            throw new ArgumentException($"Layer '{Name}' crosses a list of two inputs or more; received {(inputs.IsSingle ? $"a single tensor of shape {inputs[0].Shape}" : $"{inputs.Count}")}.", nameof(inputs));
        if (inputs.FirstOrDefault(t => t is CompositeTensor) is { } composite)
            throw new ArgumentException($"Layer '{Name}' takes dense tensors; received {composite}.", nameof(inputs));
        if (inputs.FirstOrDefault(t => !t.DType.IsInteger && t.DType != DType.String) is { } other)
            throw new ArgumentException($"Layer '{Name}' takes whole numbers or texts; received {other.DType}.", nameof(inputs));
        Shape shape = inputs[0].Shape;
        if (shape.Rank > 2 || (shape.Rank == 2 && shape[1] is not (1 or null)))
            throw new ArgumentException($"Layer '{Name}' takes inputs of shape (), (batch) or (batch, 1); received {shape}.", nameof(inputs));
        if (!inputs.All(t => t.Shape.IsCompatibleWith(shape)))
            throw new ArgumentException($"Layer '{Name}' takes inputs of one shape; received {string.Join(", ", inputs.Select<Tensor, Shape>(t => t.Shape))}.", nameof(inputs));
    }
}
