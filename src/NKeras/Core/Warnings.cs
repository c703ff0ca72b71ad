namespace NKeras.Core;

/// <summary>What users should know though it is no error: written to the standard error stream, as Python's warnings are.</summary>
internal static class Warnings
{
    /// <summary>Writes a line.</summary>
    public static void Write(string message) => Console.Error.WriteLine($"Warning: {message}");
}
