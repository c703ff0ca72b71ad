using System.Text.Json;
using NKeras.Hdf5;

namespace NKeras.Saving.Files;

/// <summary>The loading of one file: whatever its content does, the outcome is success or a <see cref="ModelFileException"/> that names it.</summary>
internal sealed class LoadAttempt
{
    private readonly string? _file;

    private LoadAttempt(string? file, LoadPolicy policy) => (_file, Policy) = (file, policy);

    /// <summary>What it may take.</summary>
    public LoadPolicy Policy { get; }

    /// <summary>The version of Keras that wrote the file, as soon as it is known.</summary>
    public string? KerasVersion { get; set; }

    /// <summary>Loads something.</summary>
    /// <param name="file">The file; null for a stream without a name.</param>
    /// <param name="custom">What it may name besides Keras's own.</param>
    /// <param name="policy">What it may take; the usual if null.</param>
    /// <param name="load">Loads it.</param>
    /// <exception cref="ModelFileException">The content is not valid, or refused.</exception>
    public static T Run<T>(string? file, CustomObjects? custom, LoadPolicy? policy, Func<LoadAttempt, T> load)
    {
        LoadAttempt attempt = new(file, policy ?? LoadPolicy.Default);
        using CustomObjectScope? scope = custom == null ? null : new CustomObjectScope(custom);
        try
        {
            return Reading.Run(() => load(attempt), attempt.Policy);
        }
        catch (Exception e) when (BadConfig.Causes(e) || e is Hdf5Exception or InvalidDataException or EndOfStreamException or JsonException)
        {
            string version = attempt.KerasVersion is { } v ? $" (saved by Keras {BadConfig.Excerpt(v)})" : "";
            throw new ModelFileException($"{(file == null ? "The model" : $"'{file}'")}{version} cannot be loaded: {e.Message}", file, attempt.KerasVersion, e);
        }
    }

    /// <summary>Opens an HDF5 file in a stream.</summary>
    /// <exception cref="Hdf5Exception">It is damaged, or refused.</exception>
    public Hdf5File OpenHdf5(Stream stream, bool leaveOpen = false) => Hdf5File.Open(new WindowStream(stream, 0, stream.Length, Reading.Current!, leaveOpen), Policy.Hdf5);

    /// <summary>Opens the file.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public FileStream Open() => new(_file!, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
}
