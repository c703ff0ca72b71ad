namespace NKeras.Layers.Preprocessing;

/// <summary>The order of tokens that break ties: that of numbers, and of texts' code points, which is the order of their UTF-8.</summary>
internal static class TokenOrder
{
    /// <summary>Compares two tokens.</summary>
    public static int Compare<TToken>(TToken a, TToken b) => a is string x && b is string y ? Compare(x, y) : Comparer<TToken>.Default.Compare(a, b);

    private static int Compare(string a, string b)
    {
        int same = a.AsSpan().CommonPrefixLength(b);
        return same == a.Length || same == b.Length ? a.Length.CompareTo(b.Length) : Rank(a[same]).CompareTo(Rank(b[same]));
    }

    /// <summary>Halves of surrogate pairs, which stand for the greatest code points, behind all others.</summary>
    private static int Rank(char c) => c < 0xD800 ? c : c >= 0xE000 ? c - 0x800 : c + 0x2000;
}
