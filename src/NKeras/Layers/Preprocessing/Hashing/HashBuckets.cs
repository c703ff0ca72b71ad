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
    public long Of(string text) => Bucket(Hash(owner, text, key));

    /// <summary>The bucket of a number.</summary>
    public long Of(long number)
    {
        Span<byte> digits = stackalloc byte[24];
        Utf8Formatter.TryFormat(number, digits, out int length);
        return Bucket(Hash(digits[..length], key));
    }

    /// <summary>The bucket of a number without sign.</summary>
    public long Of(ulong number)
    {
        Span<byte> digits = stackalloc byte[24];
        Utf8Formatter.TryFormat(number, digits, out int length);
        return Bucket(Hash(digits[..length], key));
    }

    /// <summary>The fingerprint of a text's UTF-8.</summary>
    /// <param name="owner">Who asks, for messages.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">The text is not valid Unicode.</exception>
    public static ulong Fingerprint(string owner, string text) => Hash(owner, text, null);

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

    private static ulong Hash(string owner, string text, (ulong First, ulong Second)? key)
    {
        if (text.Length * 3 <= ShortText) return Hash(Encoded(owner, text, stackalloc byte[ShortText]), key);
        byte[] rented = ArrayPool<byte>.Shared.Rent(text.Length * 3);
        ulong hash = Hash(Encoded(owner, text, rented), key);
        ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes, (ulong First, ulong Second)? key) => key is { } given ? SipHash.Of(bytes, given) : FarmHash64.Fingerprint(bytes);

    private static ReadOnlySpan<byte> Encoded(string owner, string text, Span<byte> buffer) =>
        Utf8.FromUtf16(text, buffer, out _, out int length, replaceInvalidSequences: false) == OperationStatus.Done ? buffer[..length] : throw Invalid(owner, text);

    private long Bucket(ulong hash) => (long)(hash % (ulong)count);
}
