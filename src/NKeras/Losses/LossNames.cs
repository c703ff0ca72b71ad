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
        .Add(() => new MeanAbsolutePercentageError(), "mean_absolute_percentage_error", "MeanAbsolutePercentageError", "mape", "MAPE")
        .Add(() => new MeanSquaredLogarithmicError(), "mean_squared_logarithmic_error", "MeanSquaredLogarithmicError", "msle", "MSLE")
        .Add(() => new LogCosh(), "log_cosh", "LogCosh")
        .Add(() => new Huber(), "huber", "Huber")
        .Add(() => new CosineSimilarity(), "cosine_similarity", "CosineSimilarity")
        .Add(() => new Hinge(), "hinge", "Hinge")
        .Add(() => new SquaredHinge(), "squared_hinge", "SquaredHinge")
        .Add(() => new CategoricalHinge(), "categorical_hinge", "CategoricalHinge")
        .Add(() => new KLDivergence(), "kl_divergence", "KLDivergence", "kld", "KLD")
        .Add(() => new Poisson(), "poisson", "Poisson")
        .Add(() => new BinaryFocalCrossentropy(), "binary_focal_crossentropy", "BinaryFocalCrossentropy")
        .Add(() => new CategoricalFocalCrossentropy(), "categorical_focal_crossentropy", "CategoricalFocalCrossentropy")
        .Add(() => new Dice(), "dice", "Dice")
        .Add(() => new Tversky(), "tversky", "Tversky")
        .Add(() => new Circle(), "circle", "Circle")
        .Add(() => new CTC(), "ctc", "CTC")
        .Add(() => new CrossentropyByShape(), "crossentropy", "ce");

    /// <summary>The loss with a name; what any case of "crossentropy" and "ce" means depends on shapes.</summary>
    public static Loss Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string lower = name.ToLowerInvariant();
        return s_table.Get(lower is "crossentropy" or "ce" ? lower : name).Given(name);
    }
}
