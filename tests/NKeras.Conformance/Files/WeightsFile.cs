using NKeras.Conformance.Comparison;

namespace NKeras.Conformance.Files;

/// <summary>Checks files with weights only: they can be listed, are no models, and fit into the model beside them that has such weights.</summary>
internal static class WeightsFile
{
    /// <summary>Checks a file.</summary>
    public static IEnumerable<string> Check(RecordedFile file)
    {
        FileContent content = FileContent.Read(file.Path);
        FileArray[] weights = [.. content.Weights];
        if (weights.Length == 0) throw new DiffersException("no weights can be listed");
        Refusal.Of(file);
        string listed = $"{content.Arrays.Count} arrays of {content.Arrays.Sum(a => (long)a.Bytes.Length)} bytes listed";
        RecordedFile? owner = OwnerOf(file, weights);
        if (owner == null)
        {
            yield return $"{listed}; no model is known that it belongs to";
            yield break;
        }

        Model model = Model.Load(owner.Path);
        foreach (Variable variable in model.Weights) variable.Assign(Ops.Ones(variable.Shape, variable.DType));
        model.LoadWeights(file.Path);
        CheckLoaded(model, weights);
        LoadedFile.CheckFinite(model);
        yield return $"{listed}; loaded into the model of {owner.Name}";
    }

    /// <summary>Every weight of the model is one of the file's arrays now.</summary>
    public static void CheckLoaded(Model model, IReadOnlyList<FileArray> weights)
    {
        List<FileArray> left = [.. weights];
        foreach (Variable variable in model.Weights)
        {
            int at = left.FindIndex(a => a.Bytes.AsSpan().SequenceEqual(TensorBytes.Of(variable.Value)));
            if (at < 0) throw new DiffersException($"weight '{variable.Path}' is none of the file's");
            left.RemoveAt(at);
        }
    }

    /// <summary>The model among the files beside it whose own weights have the same shapes.</summary>
    private static RecordedFile? OwnerOf(RecordedFile file, IReadOnlyList<FileArray> weights)
    {
        string[] shapes = Shapes(weights);
        return RecordedFile.ReadAll(file.Folder).FirstOrDefault(f =>
            f is { IsForeign: false, Custom.Count: 0 } && f.Format != file.Format && File.Exists(f.Path) && Shapes(FileContent.Read(f.Path).Weights).SequenceEqual(shapes));
    }

    private static string[] Shapes(IEnumerable<FileArray> arrays) => [.. arrays.Select(a => a.ShapeText).Order(StringComparer.Ordinal)];
}
