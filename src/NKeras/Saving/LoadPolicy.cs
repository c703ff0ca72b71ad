using NKeras.Hdf5;

namespace NKeras.Saving;

/// <summary>
/// What loading may take, whatever is loaded: model files, weights, folders, configurations, clones. Nothing that is loaded runs code, opens another
/// file or a connection; that is no setting.
/// </summary>
/// <example><code>
/// Model model = Model.Load("model.keras", policy: new LoadPolicy { MaxMemoryBytes = 1 &lt;&lt; 30, MaxTime = TimeSpan.FromSeconds(10) });
/// </code></example>
public sealed record LoadPolicy
{
    /// <summary>The policy used where none is given.</summary>
    public static LoadPolicy Default { get; } = new();

    /// <summary>How many bytes weights, assets, configurations and what is inflated may take in all; null for the memory that is free.</summary>
    public long? MaxMemoryBytes { get; init; }

    /// <summary>How long loading may take.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How many bytes a configuration may have.</summary>
    public int MaxConfigBytes { get; init; } = 256 << 20;

    /// <summary>How deep values of a configuration, and groups of an HDF5 file, may be nested. Some thousands exhaust the stack of a thread, which ends the process.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>How many calls of layers may be traced: models within models that are called several times would multiply them without end.</summary>
    public int MaxCalls { get; init; } = 500_000;

    /// <summary>How many multiplications initial values may take.</summary>
    public double MaxWork { get; init; } = 3e11;

    /// <summary>How many members an archive, and objects an HDF5 file, may have.</summary>
    public int MaxObjects { get; init; } = 1_000_000;

    /// <summary>The same bounds for HDF5 files.</summary>
    internal Hdf5Limits Hdf5 => new() { MaxDepth = MaxDepth, MaxObjects = MaxObjects, MaxMetadataBytes = MaxConfigBytes };
}
