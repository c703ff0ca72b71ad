using NKeras.Conformance.Comparison;
using NKeras.Saving;

namespace NKeras.Tests.Saving;

/// <summary>Models saved in each form that there is, and loaded again.</summary>
internal static class SavedCopies
{
    /// <summary>How a copy is made: through a file, a folder or a stream; weights alone go into a model made from the configuration.</summary>
    private static readonly Dictionary<string, Func<Model, string, Model>> s_forms = new()
    {
        ["archive"] = (model, folder) => ByPath(model, Path.Combine(folder, "model.keras")),
        ["folder"] = (model, folder) => ByFolder(model, Path.Combine(folder, "model_folder")),
        ["stream"] = (model, _) => ByStream(model),
        ["weights"] = (model, folder) => ByWeights(model, Path.Combine(folder, "model.weights.h5"), null),
        ["shards"] = (model, folder) => ByWeights(model, Path.Combine(folder, "model.weights.json"), MaxShardSize(model)),
        ["legacy"] = (model, folder) => ByPath(model, Path.Combine(folder, "model.h5")),
    };

    /// <summary>The names of all forms.</summary>
    public static IReadOnlyCollection<string> Forms => s_forms.Keys;

    /// <summary>A copy of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="form">The form it takes in between.</param>
    public static Model Make(Model model, string form)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nkeras-tests-");
        try
        {
            return s_forms[form](model, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Fails unless a copy in each form has the same configuration and weights, and predicts the same, bit by bit.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputs">What it is given.</param>
    /// <param name="forms">The forms; all if omitted.</param>
    public static void Check(Model model, Tensors inputs, params IEnumerable<string> forms)
    {
        string config = model.ToJson();
        Tensors expected = model.PredictAll(inputs, verbose: 0);
        foreach (string form in forms.Any() ? forms : Forms)
        {
            Model copy = Make(model, form);
            Assert.Equal(config, copy.ToJson());
            Assert.Equal(WeightPaths.Of(model).Select(w => w.Path), WeightPaths.Of(copy).Select(w => w.Path));
            AssertSameBits([.. WeightPaths.Of(model).Select(w => w.Variable.Value)], [.. WeightPaths.Of(copy).Select(w => w.Variable.Value)], form);
            AssertSameBits(expected, copy.PredictAll(inputs, verbose: 0), form);
        }
    }

    /// <summary>Fails unless tensors are equal bit by bit.</summary>
    public static void AssertSameBits(IReadOnlyList<Tensor> expected, IReadOnlyList<Tensor> actual, string what)
    {
        Assert.Equal(expected.Select(t => t.Spec), actual.Select(t => t.Spec));
        for (int i = 0; i < expected.Count; i++) Assert.True(TensorBytes.Of(expected[i]).AsSpan().SequenceEqual(TensorBytes.Of(actual[i])), $"{what}: tensor {i} differs");
    }

    /// <summary>Gives all weights numbers that no initializer gives, so that a weight that is not loaded shows.</summary>
    public static void Scramble(Model model)
    {
        int seed = 1000;
        foreach (Variable weight in model.Weights.Where(w => w.DType.IsFloating && w.DType.Size > 1))
            weight.Assign(Ops.Cast(RandomOps.Uniform(weight.Shape, 0.25, 1.25, seed: seed++), weight.DType));
    }

    private static Model ByPath(Model model, string path)
    {
        model.Save(path);
        return Model.Load(path);
    }

    private static Model ByFolder(Model model, string path)
    {
        model.Save(path, zipped: false);
        return Model.Load(path);
    }

    private static Model ByStream(Model model)
    {
        using MemoryStream stream = new();
        model.Save(stream);
        stream.Position = 0;
        return Model.Load(stream);
    }

    private static Model ByWeights(Model model, string path, double? maxShardSize)
    {
        model.SaveWeights(path, maxShardSize: maxShardSize);
        Model copy = Model.FromJson(model.ToJson());
        copy.LoadWeights(path);
        return copy;
    }

    /// <summary>In gigabytes, as Keras has it: as little as the largest weight allows, which makes as many files as can be.</summary>
    // Weights of a vocabulary are no variables of the model, but take their place in a shard.
    private static double MaxShardSize(Model model) => Math.Max(model.AllSubLayers.Any(l => l is NKeras.Layers.AdaptedLayer) ? 64 : 1, model.Weights.Select(w => w.Value.Spec.ByteLength).DefaultIfEmpty(1).Max()) * 1.01 / (1 << 30);
}
