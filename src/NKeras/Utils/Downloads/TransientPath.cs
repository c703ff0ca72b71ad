using System.Text;

namespace NKeras.Downloads;

/// <summary>A path beside a target, for work that becomes visible at the target all at once or not at all.</summary>
/// <remarks>Beside it, because a rename is atomic only within one file system. What is still there on disposal is deleted.</remarks>
internal sealed class TransientPath : IDisposable
{
    public TransientPath(string target) => FullName = $"{target}.{Guid.NewGuid():N}.part";

    /// <summary>A path at which nothing exists yet.</summary>
    public string FullName { get; }

    /// <summary>Writes a text file, complete or not at all, in UTF-8.</summary>
    /// <param name="target">The file; one that is there is replaced.</param>
    /// <param name="write">Writes the text.</param>
    public static void WriteText(string target, Action<TextWriter> write)
    {
        using TransientPath part = new(Path.GetFullPath(target));
        using (StreamWriter writer = new(part.FullName, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))) write(writer);
        File.Move(part.FullName, target, overwrite: true);
    }

    /// <summary>Deletes the file or folder, if there is one.</summary>
    public void Dispose()
    {
        if (Directory.Exists(FullName)) Directory.Delete(FullName, recursive: true);
        else File.Delete(FullName);
    }
}
