namespace NKeras;

/// <summary>
/// A batch of data: inputs, targets and how much each sample counts. It is what data sets give and what a step of training or of
/// evaluation is given; <c>(x, y)</c>, <c>(x, y, sampleWeight)</c> and a tensor of inputs convert to it.
/// </summary>
/// <param name="X">The inputs, in the structure in which the model takes them.</param>
/// <param name="Y">The targets, one for each output; null if there are none.</param>
/// <param name="SampleWeight">How much each sample counts, once for all outputs or for each; null if all count the same.</param>
/// <example><code>
/// static IEnumerable&lt;Batch&gt; Batches(Tensor x, Tensor y)
/// {
///     for (int i = 0; i &lt; 100; i++) yield return (x, y);
/// }
/// </code></example>
// Keras: a tuple, which keras.utils.unpack_x_y_sample_weight takes apart.
public sealed record Batch(Tensors X, Tensors? Y = null, Tensors? SampleWeight = null)
{
    /// <summary>Inputs only.</summary>
    public static implicit operator Batch(Tensor x) => new(x);

    /// <summary>Inputs only.</summary>
    public static implicit operator Batch(Tensors x) => new(x);

    /// <summary>Inputs and targets.</summary>
    public static implicit operator Batch((Tensors X, Tensors Y) data) => new(data.X, data.Y);

    /// <summary>Inputs, targets and weights.</summary>
    public static implicit operator Batch((Tensors X, Tensors Y, Tensors SampleWeight) data) => new(data.X, data.Y, data.SampleWeight);
}
