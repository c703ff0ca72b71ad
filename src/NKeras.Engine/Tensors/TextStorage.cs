namespace NKeras.Engine;

/// <summary>The elements of a tensor of strings. They are on the host whatever the backend is: programs compute with numbers only.</summary>
internal sealed class TextStorage(string[] texts) : Storage(0)
{
    /// <summary>The elements, in row-major order. None is null.</summary>
    public string[] Texts { get; } = texts;

    public override void CopyTo(Span<byte> destination) => throw NoNumbers();

    public override void CopyFrom(ReadOnlySpan<byte> source) => throw NoNumbers();

    public override void CopyElements(int start, Storage target, int targetStart, int count, int elementSize) =>
        Texts.AsSpan(start, count).CopyTo(((TextStorage)target).Texts.AsSpan(targetStart));

    /// <summary>What to say where the elements are to be numbers.</summary>
    public static ArgumentException NoNumbers() =>
        new("A tensor of strings holds no numbers to compute with. Turn strings into numbers with a StringLookup, Hashing or TextVectorization layer; ToStrings() reads them.");
}
