using System.Text;
using System.Text.Unicode;

namespace NKeras.Hdf5.Reading;

/// <summary>Bytes that are a text.</summary>
internal static class Names
{
    /// <summary>A text in UTF-8; in Latin-1, which takes any bytes, if it is not.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
}
