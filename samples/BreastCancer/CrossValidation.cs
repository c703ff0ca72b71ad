using NKeras;
using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Regularizers;

namespace Samples.BreastCancer;

/// <summary>Judges a model by rows it was not trained on: each row is left out once.</summary>
public static class CrossValidation
{
    /// <summary>The share of right answers for the rows of each fold, by a model trained on the rows of all others.</summary>
    /// <param name="table">The table.</param>
    /// <param name="folds">How many folds.</param>
    /// <param name="epochs">How often each model sees its rows.</param>
    public static IReadOnlyList<double> Run(PatientTable table, int folds, int epochs)
    {
        int[] order = [.. Enumerable.Range(0, table.Count)];
        new Random(1).Shuffle(order);
        return [.. Enumerable.Range(0, folds).Select(fold => Judge(table, [.. order.Where((_, i) => i % folds != fold)], [.. order.Where((_, i) => i % folds == fold)], epochs))];
    }

    /// <summary>
    /// The space learns mean and variance of all measurements from the rows for training alone. Size and shape of the worst nuclei are divided into intervals as well, and crossed.
    /// </summary>
    public static FeatureSpace CreateSpace() => new(
        features: PatientTable.Columns.ToDictionary(c => c, c => c switch
        {
            "radius_worst" or "concave_points_worst" => FeatureSpace.FloatDiscretized(numBins: 8, name: c),
            _ => "float_normalized",
        }),
        crosses: [("radius_worst", "concave_points_worst")],
        crossingDim: 32);

    private static double Judge(PatientTable table, int[] trained, int[] left, int epochs)
    {
        FeatureSpace space = CreateSpace();
        space.Adapt(table.Features(trained), verbose: 0);

        // The space is a part of the model: it takes the table's columns as they are.
        KerasTensor output = new Dense(1, activation: "sigmoid", kernelRegularizer: new L2(1e-3)).Apply(space.GetEncodedFeatures());
        Model model = new(space.GetInputs(), output);
        model.Compile(new Adam(0.01), loss: "binary_crossentropy", metrics: ["accuracy"]);
        model.Fit(table.Features(trained), table.Labels(trained), epochs: epochs, verbose: 0);
        return model.Evaluate(table.Features(left), table.Labels(left), verbose: 0)["accuracy"];
    }
}
