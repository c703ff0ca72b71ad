using System.Text;

namespace NKeras.Hdf5.Writing;

/// <summary>Texts as they are written.</summary>
internal static class Texts
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A text's bytes.</summary>
    /// <exception cref="ArgumentException">It is not valid UTF-16, or has a NUL, which would end it for those who read it.</exception>
    public static byte[] Utf8(string text, string what)
    {
        if (text.Contains('\0'))
            throw new ArgumentException($"{what} has a NUL, which HDF5's texts cannot have.");
        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException inner)
        {
            throw new ArgumentException($"{what} has half of a surrogate pair at {inner.Index}, which is no text.", inner);
        }
    }
}
