using System.Runtime.CompilerServices;

namespace NKeras.Layers;

/// <summary>Checks of what layers are given. Each error names the layer and the argument, with what was expected and received.</summary>
internal static class LayerArguments
{
    /// <summary>A number greater than zero.</summary>
    public static int Positive(Layer layer, int value, [CallerArgumentExpression(nameof(value))] string argument = "") => value > 0
        ? value
        : throw new ArgumentOutOfRangeException(argument, $"Layer '{layer.Name}': {argument} is a positive integer; received {value}.");

    /// <summary>A list of numbers greater than (or equal to) zero.</summary>
    public static int[] Positive(Layer layer, int[] values, bool allowZero = false, [CallerArgumentExpression(nameof(values))] string argument = "") => values.All(v => v > 0 || (allowZero && v == 0))
        ? values
        : throw new ArgumentOutOfRangeException(argument, $"Layer '{layer.Name}': each element of {argument} is {(allowZero ? "zero or more" : "a positive integer")}; received ({string.Join(", ", values)}).");

    /// <summary>A number that is zero or greater.</summary>
    public static double NotNegative(Layer layer, double value, [CallerArgumentExpression(nameof(value))] string argument = "") => value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(argument, $"Layer '{layer.Name}': {argument} is zero or greater; received {value}.");

    /// <summary>A share of elements, from 0 to 1.</summary>
    public static double Rate(Layer layer, double value, [CallerArgumentExpression(nameof(value))] string argument = "") => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(argument, $"Layer '{layer.Name}': {argument} is a number between 0 and 1; received {value}.");

    /// <summary>One of Keras's words, in any case.</summary>
    public static string OneOf(Layer layer, string[] allowed, string value, [CallerArgumentExpression(nameof(value))] string argument = "")
    {
        ArgumentNullException.ThrowIfNull(value, argument);
        string lower = value.ToLowerInvariant();
        return allowed.Contains(lower)
            ? lower
            : throw new ArgumentException($"Layer '{layer.Name}': {argument} cannot be '{value}'. {Suggestion.For(value, allowed)}", argument);
    }

    /// <summary>Where the channels are: <c>"channels_last"</c> or <c>"channels_first"</c>; the global setting for null.</summary>
    public static string DataFormat(Layer layer, string? dataFormat) => dataFormat == null
        ? Config.ImageDataFormat()
        : OneOf(layer, ["channels_last", "channels_first"], dataFormat);

    /// <summary>An input of numbers.</summary>
    public static Tensor Numbers(Layer layer, Tensor inputs) => inputs.DType != DType.String
        ? inputs
        : throw new ArgumentException($"Layer '{layer.Name}' takes numbers; received strings of shape {inputs.Shape}. StringLookup, Hashing and TextVectorization turn strings into numbers.", nameof(inputs));

    /// <summary>An axis of an input, counted from the start.</summary>
    public static int Axis(Layer layer, Shape inputShape, int axis) => axis >= -inputShape.Rank && axis < inputShape.Rank
        ? (axis + inputShape.Rank) % inputShape.Rank
        : throw new ArgumentException($"Layer '{layer.Name}': an input of shape {inputShape} has no axis {axis}.", nameof(inputShape));

    /// <summary>One axis, or a list of some.</summary>
    public static Ints Axes(Layer layer, Ints axis) => axis.Count > 0
        ? axis
        : throw new ArgumentException($"Layer '{layer.Name}': axis is an axis or a list of one or more; received an empty list.", nameof(axis));

    /// <summary>A dimension that weights are made for.</summary>
    public static int KnownDimension(Layer layer, Shape inputShape, int axis) => inputShape[axis]
        ?? throw new ArgumentException($"Layer '{layer.Name}' needs to know dimension {axis} of its input to create its weights; received shape {inputShape}.", nameof(inputShape));

    /// <summary>Checks that a window without padding has at least one place in an input.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="argument">The argument that holds the window's size.</param>
    /// <param name="inputShape">The input's shape.</param>
    /// <param name="firstAxis">The first spatial axis.</param>
    /// <param name="window">The window's size along each spatial axis.</param>
    /// <param name="dilations">The distance between its elements; 1 for null.</param>
    public static void WindowFits(Layer layer, string argument, Shape inputShape, int firstAxis, int[] window, int[]? dilations)
    {
        for (int i = 0; i < window.Length; i++)
        {
            long span = ((window[i] - 1L) * (dilations?[i] ?? 1)) + 1;
            if (inputShape[firstAxis + i] is { } length && length < span)
                throw new ArgumentException($"Layer '{layer.Name}': the window ({argument}=({string.Join(", ", window)})) spans {span} elements along axis {firstAxis + i}, more than the {length} of the input (shape {inputShape}). Use a smaller window or padding: \"same\".", argument);
        }
    }

    /// <summary>Computes a result, and names the layer in what is wrong with its input.</summary>
    /// <exception cref="ArgumentException">The input does not fit.</exception>
    public static Tensor Naming(Layer layer, Shape inputShape, Func<Tensor> compute)
    {
        try
        {
            return compute();
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"Layer '{layer.Name}' does not take this input (shape {inputShape}): {e.Message}", e);
        }
    }

    /// <summary>Whether a dimension broadcasts to another, as far as they are known.</summary>
    public static bool Spreads(int? dimension, int? onto) => dimension is null or 1 || onto is null || dimension == onto;

    /// <summary>Checks that a mask has the first dimensions of the tensor it belongs to; ones count for all.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="mask">The mask; null for none.</param>
    /// <param name="input">The tensor's shape.</param>
    /// <param name="rank">The mask's rank; null for two, for batch and steps, or more.</param>
    public static void MaskFits(Layer layer, Tensor? mask, Shape input, int? rank = 2)
    {
        if (mask is null) return;
        bool fits = (rank == null ? mask.Rank >= 2 : mask.Rank == rank) && mask.Rank <= input.Rank;
        for (int axis = 0; fits && axis < (rank ?? 2); axis++) fits = Spreads(mask.Shape[axis], input[axis]);
        if (!fits)
            throw new ArgumentException($"Layer '{layer.Name}' takes a mask that begins like its input, with {(rank ?? 2) switch { 2 => "(batch, time)", var dims => $"{dims} dimensions" }}; received a mask of shape {mask.Shape} for an input of shape {input}.", nameof(mask));
    }

    /// <summary>The error for a weight that does not exist yet.</summary>
    public static InvalidOperationException NotBuilt(Layer layer, string weight) =>
        new($"Layer '{layer.Name}' has no {weight} yet: apply it to an input, or call Build.");
}
