using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;

namespace NKeras.Layers.Preprocessing;

/// <summary>
/// Buckets that texts and numbers are sorted into by their hash, as TensorFlow does: the hash of a text's UTF-8, or of a number's decimal
/// digits, modulo the number of buckets (<c>tf.strings.to_hash_bucket_fast</c> and, with a key, <c>to_hash_bucket_strong</c>).
/// </summary>
/// <param name="owner">Who asks, for messages: <c>Layer 'hashing'</c>.</param>
/// <param name="count">The number of buckets, greater than zero.</param>
/// <param name="key">The key of SipHash; null for FarmHash's fingerprint, which takes none.</param>
internal readonly struct HashBuckets(string owner, long count, (ulong First, ulong Second)? key)
{
    private const int ShortText = 256;

    /// <summary>The bucket of a text.</summary>
    /// <exception cref="ArgumentException">The text is not valid Unicode.</exception>
    public long Of(string text)
    {
        if (text.Length * 3 <= ShortText) return Of(text, stackalloc byte[ShortText]);
        byte[] rented = ArrayPool<byte>.Shared.Rent(text.Length * 3);
        long bucket = Of(text, rented);
        ArrayPool<byte>.Shared.Return(rented);
        return bucket;
    }

    /// <summary>The bucket of a number.</summary>
    public long Of(long number)
    {
        Span<byte> digits = stackalloc byte[24];
        Utf8Formatter.TryFormat(number, digits, out int length);
        return Of(digits[..length]);
    }

    /// <summary>The bucket of a number without sign.</summary>
    public long Of(ulong number)
    {
        Span<byte> digits = stackalloc byte[24];
        Utf8Formatter.TryFormat(number, digits, out int length);
        return Of(digits[..length]);
    }

    /// <summary>The fingerprint of a text's UTF-8.</summary>
    /// <param name="owner">Who asks, for messages.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">The text is not valid Unicode.</exception>
    public static ulong Fingerprint(string owner, string text)
    {
        byte[] bytes = new byte[text.Length * 3];
        return FarmHash64.Fingerprint(Encoded(owner, text, bytes));
    }

    /// <summary>The error for a text that is no valid Unicode, and has no UTF-8.</summary>
    /// <param name="owner">Who found it.</param>
    /// <param name="text">The text.</param>
    public static ArgumentException Invalid(string owner, string text)
    {
        int at = 0;
        while (at < text.Length && System.Text.Rune.TryGetRuneAt(text, at, out System.Text.Rune rune)) at += rune.Utf16SequenceLength;
        string escaped = at < text.Length ? ((int)text[at]).ToString("x4", CultureInfo.InvariantCulture) : "";
        return new ArgumentException($"{owner}: a text is not valid Unicode, with half of a surrogate pair (\\u{escaped}) at position {at} of {text.Length}. Such a text has no UTF-8; replace what was cut or decoded wrongly.");
    }

    private long Of(string text, Span<byte> buffer) => Of(Encoded(owner, text, buffer));

    private long Of(ReadOnlySpan<byte> bytes) => (long)((key is { } k ? SipHash.Of(bytes, k) : FarmHash64.Fingerprint(bytes)) % (ulong)count);

    private static ReadOnlySpan<byte> Encoded(string owner, string text, Span<byte> buffer) =>
        Utf8.FromUtf16(text, buffer, out _, out int length, replaceInvalidSequences: false) == OperationStatus.Done ? buffer[..length] : throw Invalid(owner, text);
}
