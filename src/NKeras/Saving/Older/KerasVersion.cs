using System.Globalization;

namespace NKeras.Saving.Older;

/// <summary>A version of Keras.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number.</param>
/// <param name="Text">The whole, as files have it: <c>2.2.4-tf</c>.</param>
internal sealed record KerasVersion(int Major, int Minor, string Text)
{
    /// <summary>The version of files that name none: Keras began to note it with its first major version.</summary>
    public static KerasVersion First { get; } = new(1, 0, "1");

    /// <summary>Whether what is being read was written before Keras 3; false if that is not known.</summary>
    public static bool IsBefore3 => Reading.Current?.KerasVersion is { Major: < 3 };

    /// <summary>Reads a version; null if the text is none.</summary>
    public static KerasVersion? Parse(string? text)
    {
        string[] parts = (text ?? "").Split('.', 3);
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)) return null;
        int minor = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
        return new KerasVersion(major, minor, text!);
    }
}
