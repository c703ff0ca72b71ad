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

    /// <summary>The size of each part, by its name.</summary>
    public abstract IReadOnlyDictionary<string, long> Sizes { get; }

    /// <summary>Reads a part.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="mostBytes">How long it may be.</param>
    public abstract byte[] ReadAll(string name, long mostBytes);

    /// <summary>Opens a part as a stream that can seek.</summary>
    public abstract Stream Open(string name);

    /// <summary>Whether there is a part.</summary>
    public bool Contains(string name) => Sizes.ContainsKey(name);

    /// <summary>The layers' files.</summary>
    public StoredAssets ReadAssets() => new(
        Sizes.Where(p => p.Key.StartsWith(Assets, StringComparison.Ordinal) && !p.Key.EndsWith('/')).ToDictionary(p => p.Key[Assets.Length..], p => p.Value),
        path => ReadAll(Assets + path, Array.MaxLength));

    public abstract void Dispose();
}
