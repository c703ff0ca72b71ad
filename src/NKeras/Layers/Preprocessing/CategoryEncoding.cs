using NKeras.Core;
using NKeras.Engine;

namespace NKeras.Layers;

/// <summary>
/// Writes whole numbers that stand for categories as rows of zeros and ones, or of counts (<c>keras.layers.CategoryEncoding</c>), where it is known how many categories
/// there are.
/// </summary>
/// <remarks>
/// Numbers are from 0 to below <see cref="NumTokens"/>. Others are an error where the layer is applied to data; within a compiled model, which cannot look at numbers, they count
/// nowhere. Rows of ragged and sparse tensors have as many numbers as they hold.
/// </remarks>
/// <example><code>
/// Tensor y = new CategoryEncoding(numTokens: 4, outputMode: "multi_hot").Apply(new[,] { { 0, 1 }, { 0, 0 } }); // [[1, 1, 0, 0], [1, 0, 0, 0]]
/// </code></example>
public sealed class CategoryEncoding : Layer
{
    private static readonly CallParameter[] s_parameters = ["inputs", "count_weights", new("training", IsFlag: true)];
    private static readonly string[] s_outputModes = ["one_hot", "multi_hot", "count"];

    /// <summary>Creates the layer.</summary>
    /// <param name="numTokens">How many categories there are.</param>
    /// <param name="outputMode">
    /// <c>"one_hot"</c> for a row for each number, with a one at its category; <c>"multi_hot"</c> for a row for each sample, with ones at the categories that occur in it;
    /// <c>"count"</c> for a row for each sample that says how often.
    /// </param>
    /// <param name="sparse">Whether the result is a sparse tensor.</param>
    /// <param name="name">The name; <c>category_encoding</c>, <c>category_encoding_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type of the result; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">There are no categories, or the output mode is unknown.</exception>
    public CategoryEncoding(int numTokens, string outputMode = "multi_hot", bool sparse = false, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        // Keras: takes the name that the mode had in older versions.
        OutputMode = LayerArguments.OneOf(this, s_outputModes, outputMode == "binary" ? "multi_hot" : outputMode);
        (NumTokens, Sparse) = (LayerArguments.Positive(this, numTokens), sparse);
    }

    /// <summary>How many categories there are.</summary>
    public int NumTokens { get; }

    /// <summary>What the result is: <c>"one_hot"</c>, <c>"multi_hot"</c> or <c>"count"</c>.</summary>
    public string OutputMode { get; }

    /// <summary>Whether the result is a sparse tensor.</summary>
    public bool Sparse { get; }

    internal override IReadOnlyList<CallParameter> Parameters => s_parameters;

    // Numbers of categories would not survive types of 16 bits.
    private protected override bool AutocastsInputs => false;

    private protected override bool TakesRagged => true;

    /// <summary>Applies the layer to symbolic tensors, which adds it to a functional graph.</summary>
    /// <param name="inputs">The numbers.</param>
    /// <param name="countWeights">What each number counts, in the same shape; for output mode <c>"count"</c> only.</param>
    /// <exception cref="ArgumentException">The input or the weights do not fit; the message names the layer.</exception>
    public KerasTensor Apply(KerasTensor inputs, KerasTensor? countWeights) => (KerasTensor)ApplyTo(Arguments(inputs, countWeights))[0];

    /// <summary>Applies the layer to data. No graph is recorded.</summary>
    /// <inheritdoc cref="Apply(KerasTensor, KerasTensor?)"/>
    public Tensor Apply(Tensor inputs, Tensor? countWeights) => ApplyTo(Arguments(inputs, countWeights))[0];

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => Encode(inputs, null);

    internal override Tensors CallWith(CallArguments arguments, bool training) => Encode(arguments.Inputs[0], Given(arguments["count_weights"])?[0]);

    private static CallArguments Arguments(Tensor inputs, Tensor? countWeights) =>
        new([inputs], countWeights is null ? [] : [KeyValuePair.Create("count_weights", (object?)countWeights)]);

    private Tensor Encode(Tensor inputs, Tensor? countWeights)
    {
        if (countWeights is not null && OutputMode != "count") throw new ArgumentException($"Layer '{Name}': countWeights are for output mode 'count'; this layer's is '{OutputMode}'.", nameof(countWeights));
        Tensor x = LayerArguments.Numbers(this, inputs);
        if (countWeights is not null) return CategoricalEncoder.Encode(this, InRange(x), OutputMode, NumTokens, ComputeDType, Sparse, Ops.Cast(LayerArguments.Numbers(this, countWeights), ComputeDType));
        // Keras: not in the type that a mixed policy computes in.
        return CategoricalEncoder.Encode(this, InRange(x), OutputMode, NumTokens, VariableDType, Sparse);
    }

    /// <summary>Checks numbers that are data.</summary>
    // Keras: says so in its documentation, and leaves such numbers out.
    private Tensor InRange(Tensor inputs)
    {
        if ((inputs switch { RaggedTensor rows => rows.Values, SparseTensor sparse => sparse.Values, _ => inputs }) is not ConcreteTensor data) return inputs;
        ElementView numbers = ElementView.Of(data);
        for (int i = 0; i < numbers.Size; i++)
        {
            if (!(numbers.Number(i) >= 0 && numbers.Number(i) < NumTokens))
                throw new ArgumentException($"Layer '{Name}' takes numbers from 0 to below numTokens={NumTokens}; received {numbers.Format(i)} in an input of shape {inputs.Shape}.", nameof(inputs));
        }

        GC.KeepAlive(data); // A view is a bare pointer.
        return inputs;
    }
}
