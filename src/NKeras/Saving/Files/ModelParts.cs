namespace NKeras.Saving.Files;

/// <summary>The parts of a model as Keras saves it: members of an archive, or files of a folder, under the same names.</summary>
internal abstract class ModelParts : IDisposable
{
    /// <summary>The model's configuration.</summary>
    public const string Config = "config.json";

    /// <summary>Who wrote it, and when.</summary>
    public const string Metadata = "metadata.json";

    /// <summary>The variables.</summary>
    public const string Weights = "model.weights.h5";

    /// <summary>The variables as NumPy's arrays.</summary>
    public const string NumpyWeights = "model.weights.npz";

    /// <summary>The folder with the layers' files.</summary>
    public const string Assets = "assets/";

    /// <summary>Where the metadata say what training needs to go on: NKeras's own entry.</summary>
    public const string TrainingState = "nkeras";

    /// <summary>The names of the parts.</summary>
    public abstract IReadOnlyCollection<string> Names { get; }

    /// <summary>Reads a part.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="mostBytes">How long it may be.</param>
    public abstract byte[] ReadAll(string name, long mostBytes);

    /// <summary>Opens a part as a stream that can seek.</summary>
    public abstract Stream Open(string name);

    /// <summary>Whether there is a part.</summary>
    public abstract bool Contains(string name);

    /// <summary>The layers' files.</summary>
    public StoredAssets ReadAssets() => new(
        [.. Names.Where(n => n.StartsWith(Assets, StringComparison.Ordinal)).Select(n => n[Assets.Length..])],
        path => ReadAll(Assets + path, Array.MaxLength));

    public abstract void Dispose();
}
