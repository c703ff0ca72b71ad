using NKeras.Conformance.Comparison;

namespace NKeras.Conformance.Models;

/// <summary>Loads the files of recorded models, compares what was recorded of them, and compares what NKeras writes with Keras's files.</summary>
internal static class ModelFiles
{
    /// <summary>The files, what stands for their content in the recording, and how they are loaded and written.</summary>
    private static readonly RecordedModelFile[] s_files =
    [
        new("initial.keras", IsTrained: false, (_, path) => Model.Load(path), (model, path) => model.Save(path)),
        new("initial.h5", IsTrained: false, (_, path) => Model.Load(path), (model, path) => model.Save(path)),
        new("initial.weights.h5", IsTrained: false, LoadWeights, (model, path) => model.SaveWeights(path)),
        new("trained.keras", IsTrained: true, LoadTrained, (model, path) => model.Save(path)),
    ];

    /// <summary>The checks of all files that were recorded.</summary>
    public static IEnumerable<ModelCheck> Run(RecordedModel recorded) =>
        s_files.Where(f => File.Exists(recorded.PathOf(f.Name))).SelectMany(f => new[]
        {
            ModelReplay.Check(recorded.Name, f.Name, () => CompareLoaded(recorded, f)),
            ModelReplay.Check(recorded.Name, $"{f.Name} saved again", () => CompareSaved(recorded, f)),
        });

    private static IEnumerable<Difference> CompareLoaded(RecordedModel recorded, RecordedModelFile file)
    {
        Utils.ClearSession();
        LoadedModel loaded = new(recorded, file.Load(recorded, recorded.PathOf(file.Name)));
        IReadOnlyList<RecordedVariable> weights = file.IsTrained ? recorded.WeightsFinal : recorded.Weights;
        string prediction = file.IsTrained ? "predict_final" : "predict_initial";
        return
        [
            .. ModelReplay.ComparePaths(weights, loaded),
            .. weights.Zip(loaded.Variables, (r, v) => TensorComparison.Compare(r.Value, v.Value, new Tolerance(0, 0), r.Path)).SelectMany(d => d),
            .. ResultComparison.Compare(recorded.Value(prediction), loaded.Predict(), FitComparison.Untrained, prediction),
            .. file.IsTrained ? [] : FitComparison.CompareScores(recorded, loaded.Evaluate()),
        ];
    }

    private static List<Difference> CompareSaved(RecordedModel recorded, RecordedModelFile file)
    {
        Utils.ClearSession();
        string path = recorded.PathOf(file.Name);
        Model model = file.Load(recorded, path);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nkeras-replay-");
        try
        {
            string again = Path.Combine(folder.FullName, file.Name);
            file.Save(model, again);
            return [.. ModelFileComparison.Compare(path, again)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Keras: on the torch backend the optimizer of a model that was trained is not among what it is compiled with; that of the untrained model is the same.
    private static Model LoadTrained(RecordedModel recorded, string path)
    {
        if (recorded.CompileConfig("trained.keras")?["optimizer"] != null || recorded.CompileConfig("initial.keras") is not { } compiled) return Model.Load(path);
        Model model = Model.Load(path, compile: false);
        model.CompileFromConfig(compiled);
        model.LoadWeights(path);
        return model;
    }

    private static Model LoadWeights(RecordedModel recorded, string path)
    {
        Model model = LoadedModel.Make(recorded);
        model.LoadWeights(path);
        return model;
    }
}
