using NKeras.Layers;

namespace NKeras.Saving.Legacy;

/// <summary>Builds a model whose configuration does not tell the shape of its input by the weights of its first layers, which do.</summary>
internal static class LegacyBuild
{
    /// <summary>Builds a model.</summary>
    /// <param name="model">The model, which is not built.</param>
    /// <param name="groups">The layers that have weights in the file.</param>
    /// <exception cref="ArgumentException">The first layers do not tell the shape either.</exception>
    public static void Build(Model model, IReadOnlyList<LegacyGroup> groups)
    {
        Layer? first = model is Sequential ? model.Layers.SkipWhile(KeepsShape).FirstOrDefault() : null;
        if (first == null || groups[0].Arrays is not [{ } kernel, ..] || InputOf(first, kernel) is not { } shape)
        {
            throw new ArgumentException(
                $"Model '{model.Name}' is not built: its configuration does not tell the shape of its input, and neither do the weights of its first layer. Make the model from its configuration (Model.FromJson), call Build(inputShape), then LoadWeights.");
        }

        BadConfig.Within($"Model '{model.Name}' cannot be built for inputs of shape {shape}, which its first weights suggest", () => model.Build(shape));
    }

    private static bool KeepsShape(Layer layer) => layer is Dropout or GaussianNoise or GaussianDropout or AlphaDropout or Activation or Masking or ReLU or LeakyReLU or ELU or Layers.Identity or ActivityRegularization or Rescaling;

    private static Shape? InputOf(Layer layer, LegacyArray kernel) => (layer, kernel.Dims) switch
    {
        (Dense, [var inputs, _]) => Of(null, inputs),
        (Embedding, [_, _]) => Of(null, null),
        (LSTM or GRU or SimpleRNN or Bidirectional, [var inputs, _]) => Of(null, null, inputs),
        (Conv1D { DataFormat: not "channels_first" }, [_, var inputs, _]) => Of(null, null, inputs),
        (Conv2D { DataFormat: not "channels_first" }, [_, _, var inputs, _]) => Of(null, null, null, inputs),
        (Conv2D, [_, _, var inputs, _]) => Of(null, inputs, null, null),
        _ => null,
    };

    private static Shape? Of(params ReadOnlySpan<long?> dims)
    {
        int?[] shape = new int?[dims.Length];
        for (int i = 0; i < dims.Length; i++)
        {
            if (dims[i] > int.MaxValue) return null;
            shape[i] = (int?)dims[i];
        }

        return Shape.Create(shape);
    }
}
