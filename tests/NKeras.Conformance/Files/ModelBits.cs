using NKeras.Conformance.Comparison;

namespace NKeras.Conformance.Files;

/// <summary>Compares models bit by bit.</summary>
internal static class ModelBits
{
    /// <summary>How the kinds of files that NKeras writes are called.</summary>
    private static readonly string[] s_extensions = [".keras", ".h5"];

    /// <summary>Saves a model in every form, loads it, and compares what it predicts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputs">What it is given.</param>
    /// <exception cref="DiffersException">A bit differs.</exception>
    public static void CheckSavedAgain(Model model, Tensors inputs)
    {
        Tensors expected = Predict(model, inputs);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nkeras-replay-");
        try
        {
            foreach (string extension in s_extensions)
            {
                string path = Path.Combine(folder.FullName, $"again{extension}");
                model.Save(path);
                Model again = Model.Load(path);
                if (Difference(expected, Predict(again, inputs)) is { } difference) throw new DiffersException($"after saving it again as {extension}, {difference}");
                if (Difference([.. model.Weights.Select(w => w.Value)], [.. again.Weights.Select(w => w.Value)]) is { } weight) throw new DiffersException($"after saving it again as {extension}, of the weights {weight}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What a model predicts.</summary>
    public static Tensors Predict(Model model, Tensors inputs) => model.PredictAll(inputs, verbose: 0);

    /// <summary>The first difference of two lists of tensors; null if every bit is the same.</summary>
    public static string? Difference(IReadOnlyList<Tensor> expected, IReadOnlyList<Tensor> actual)
    {
        if (expected.Count != actual.Count) return $"there are {actual.Count} tensors, not {expected.Count}";
        for (int i = 0; i < expected.Count; i++)
        {
            if (expected[i].DType != actual[i].DType || expected[i].Shape != actual[i].Shape) return $"tensor {i} is {actual[i].DType}{actual[i].Shape}, not {expected[i].DType}{expected[i].Shape}";
            if (TensorBytes.Of(expected[i]).AsSpan().SequenceEqual(TensorBytes.Of(actual[i]))) continue;
            return TensorComparison.Compare(expected[i], actual[i], new Tolerance(0, 0), $"tensor {i}").FirstOrDefault()?.Message ?? $"tensor {i} differs in bits of zeros or of what is no number";
        }

        return null;
    }
}
