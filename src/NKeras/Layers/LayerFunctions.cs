using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Saving;

namespace NKeras;

/// <summary>
/// The functions of <c>keras.layers</c>: merging layers that are made and applied at once (<c>keras.layers.add</c>, …), to symbolic tensors or
/// data, and the forms of layers in files.
/// </summary>
public static class LayerFunctions
{
    /// <summary>The sum of inputs (<see cref="Layers.Add"/>).</summary>
    /// <param name="inputs">What is combined; shapes that broadcast, and one batch size.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The inputs do not fit together.</exception>
    public static KerasTensor Add(IReadOnlyList<KerasTensor> inputs, string? name = null, bool trainable = true, DTypePolicy? dtype = null) => new Add(name, trainable, dtype).Apply(inputs);

    /// <inheritdoc cref="Add(IReadOnlyList{KerasTensor}, string?, bool, DTypePolicy?)"/>
    public static Tensor Add(IReadOnlyList<Tensor> inputs, string? name = null, bool trainable = true, DTypePolicy? dtype = null) => new Add(name, trainable, dtype).Apply(inputs);

    /// <summary>The difference of two inputs (<see cref="Layers.Subtract"/>).</summary>
    /// <inheritdoc cref="Add(IReadOnlyList{KerasTensor}, string?, bool, DTypePolicy?)"/>
    public static KerasTensor Subtract(IReadOnlyList<KerasTensor> inputs, string? name = null, bool trainable = true, DTypePolicy? dtype = null) => new Subtract(name, trainable, dtype).Apply(inputs);

    /// <inheritdoc cref="Subtract(IReadOnlyList{KerasTensor}, string?, bool, DTypePolicy?)"/>
    public static Tensor Subtract(IReadOnlyList<Tensor> inputs, string? name = null, bool trainable = true, DTypePolicy? dtype = null) => new Subtract(name, trainable, dtype).Apply(inputs);

    /// <summary>The product of inputs (<see cref="Layers.Multiply"/>).</summary>
    /// <inheritdoc cref="Add(IReadOnlyList{KerasTensor}, string?, bool, DTypePolicy?)"/>
    public static KerasTensor Multiply(IReadOnlyList<KerasTensor> inputs, string? name = null, bool trainable = true, DTypePolicy? dtype = null) => new Multiply(name, trainable, dtype).Apply(inputs);

    /// <inheritdoc cref="Multiply(IReadOnlyList{KerasTensor}, string?, bool, DTypePolicy?)"/>
    public static Tensor Multiply(IReadOnlyList<Tensor> inputs, string? name = null, bool trainable = true, DTypePolicy? dtype = null) => new Multiply(name, trainable, dtype).Apply(inputs);

    /// <summary>The mean of inputs (<see cref="Layers.Average"/>).</summary>
    /// <inheritdoc cref="Add(IReadOnlyList{KerasTensor}, string?, bool, DTypePolicy?)"/>
    public static KerasTensor Average(IReadOnlyList<KerasTensor> inputs, string? name = null, bool trainable = true, DTypePolicy? dtype = null) => new Average(name, trainable, dtype).Apply(inputs);

    /// <inheritdoc cref="Average(IReadOnlyList{KerasTensor}, string?, bool, DTypePolicy?)"/>
    public static Tensor Average(IReadOnlyList<Tensor> inputs, string? name = null, bool trainable = true, DTypePolicy? dtype = null) => new Average(name, trainable, dtype).Apply(inputs);

    /// <summary>The greatest of inputs, element by element (<see cref="Layers.Maximum"/>).</summary>
    /// <inheritdoc cref="Add(IReadOnlyList{KerasTensor}, string?, bool, DTypePolicy?)"/>
    public static KerasTensor Maximum(IReadOnlyList<KerasTensor> inputs, string? name = null, bool trainable = true, DTypePolicy? dtype = null) => new Maximum(name, trainable, dtype).Apply(inputs);

    /// <inheritdoc cref="Maximum(IReadOnlyList{KerasTensor}, string?, bool, DTypePolicy?)"/>
    public static Tensor Maximum(IReadOnlyList<Tensor> inputs, string? name = null, bool trainable = true, DTypePolicy? dtype = null) => new Maximum(name, trainable, dtype).Apply(inputs);

    /// <summary>The least of inputs, element by element (<see cref="Layers.Minimum"/>).</summary>
    /// <inheritdoc cref="Add(IReadOnlyList{KerasTensor}, string?, bool, DTypePolicy?)"/>
    public static KerasTensor Minimum(IReadOnlyList<KerasTensor> inputs, string? name = null, bool trainable = true, DTypePolicy? dtype = null) => new Minimum(name, trainable, dtype).Apply(inputs);

    /// <inheritdoc cref="Minimum(IReadOnlyList{KerasTensor}, string?, bool, DTypePolicy?)"/>
    public static Tensor Minimum(IReadOnlyList<Tensor> inputs, string? name = null, bool trainable = true, DTypePolicy? dtype = null) => new Minimum(name, trainable, dtype).Apply(inputs);

    /// <summary>The inputs joined along an axis (<see cref="Layers.Concatenate"/>).</summary>
    /// <param name="inputs">What is combined.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The inputs do not fit together.</exception>
    public static KerasTensor Concatenate(IReadOnlyList<KerasTensor> inputs, int axis = -1, string? name = null, bool trainable = true, DTypePolicy? dtype = null) => new Concatenate(axis, name, trainable, dtype).Apply(inputs);

    /// <inheritdoc cref="Concatenate(IReadOnlyList{KerasTensor}, int, string?, bool, DTypePolicy?)"/>
    public static Tensor Concatenate(IReadOnlyList<Tensor> inputs, int axis = -1, string? name = null, bool trainable = true, DTypePolicy? dtype = null) => new Concatenate(axis, name, trainable, dtype).Apply(inputs);

    /// <summary>The dot product of two inputs, sample by sample (<see cref="Layers.Dot"/>).</summary>
    /// <param name="inputs">What is combined.</param>
    /// <param name="axes">The axis of both inputs, or one for each; the last if omitted.</param>
    /// <param name="normalize">Whether the result is the cosine.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The inputs do not fit together.</exception>
    public static KerasTensor Dot(IReadOnlyList<KerasTensor> inputs, Ints? axes = null, bool normalize = false, string? name = null, bool trainable = true, DTypePolicy? dtype = null) => new Dot(axes ?? -1, normalize, name, trainable, dtype).Apply(inputs);

    /// <inheritdoc cref="Dot(IReadOnlyList{KerasTensor}, Ints?, bool, string?, bool, DTypePolicy?)"/>
    public static Tensor Dot(IReadOnlyList<Tensor> inputs, Ints? axes = null, bool normalize = false, string? name = null, bool trainable = true, DTypePolicy? dtype = null) => new Dot(axes ?? -1, normalize, name, trainable, dtype).Apply(inputs);

    /// <summary>A layer's form in files: its module, class, configuration and registered name (<c>keras.layers.serialize</c>).</summary>
    /// <param name="layer">The layer.</param>
    /// <exception cref="ArgumentException">Something in it has no such form.</exception>
    public static JsonObject Serialize(Layer layer) => ObjectForms.Serialize(layer);

    /// <summary>The layer that a form describes (<c>keras.layers.deserialize</c>).</summary>
    /// <param name="config">What <see cref="Serialize"/> or Keras wrote.</param>
    /// <param name="customObjects">Classes of one's own that it names.</param>
    /// <exception cref="ArgumentException">It is not valid, or names a class that is neither Keras's nor known.</exception>
    public static Layer Deserialize(JsonObject config, IReadOnlyDictionary<string, Type>? customObjects = null) => ObjectForms.Deserialize<Layer>(config, customObjects);
}
