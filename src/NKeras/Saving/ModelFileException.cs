namespace NKeras.Saving;

/// <summary>
/// A model's file is damaged, does not fit, asks for what is refused, or uses what is not supported. Everything that a file's content can do to the
/// one who loads it is a success or this exception.
/// </summary>
public sealed class ModelFileException : IOException
{
    /// <summary>Creates one.</summary>
    /// <param name="message">What is wrong, and where.</param>
    /// <param name="fileName">The file; null if it is a stream without a name.</param>
    /// <param name="kerasVersion">The version of Keras that wrote it; null if it is not known.</param>
    /// <param name="innerException">What it came from; null for none.</param>
    public ModelFileException(string message, string? fileName = null, string? kerasVersion = null, Exception? innerException = null)
        : base(message, innerException)
    {
        FileName = fileName;
        KerasVersion = kerasVersion;
    }

    /// <summary>The file; null if it is a stream without a name.</summary>
    public string? FileName { get; }

    /// <summary>The version of Keras that wrote it; null if it is not known.</summary>
    public string? KerasVersion { get; }
}
