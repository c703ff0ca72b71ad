using NKeras.Core;

namespace NKeras.Losses;

/// <summary>The losses that have a name.</summary>
internal static class LossNames
{
    private static readonly NameTable<Loss> s_table = new NameTable<Loss>("loss")
        .Add(() => new MeanSquaredError(), "mean_squared_error", "MeanSquaredError", "mse", "MSE")
        .Add(() => new MeanAbsoluteError(), "mean_absolute_error", "MeanAbsoluteError", "mae", "MAE")
        .Add(() => new BinaryCrossentropy(), "binary_crossentropy", "BinaryCrossentropy", "bce", "BCE")
        .Add(() => new CategoricalCrossentropy(), "categorical_crossentropy", "CategoricalCrossentropy")
        .Add(() => new SparseCategoricalCrossentropy(), "sparse_categorical_crossentropy", "SparseCategoricalCrossentropy")
        .Add(() => new CrossentropyByShape(), "crossentropy", "ce");

    public static Loss Get(string name) => s_table.Get(name is "CE" ? "ce" : name);
}
