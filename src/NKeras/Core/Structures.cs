namespace NKeras.Core;

/// <summary>What structures of tensors and of symbolic tensors have in common.</summary>
internal static class Structures
{
    /// <summary>Checks that a structure can be taken apart into so many.</summary>
    public static void CheckCount(int wanted, int there)
    {
        if (wanted != there) throw new InvalidOperationException($"There are {there} tensors; they cannot be taken apart into {wanted}.");
    }

    /// <summary>Shapes and types, with names if there are any.</summary>
    public static string Describe(IReadOnlyList<Tensor?> tensors, IReadOnlyList<string>? names, bool single)
    {
        string[] items = [.. tensors.Select((t, i) => (names == null ? "" : $"{names[i]}: ") + (t is null ? "null" : $"{t.DType} {t.Shape}"))];
        return single && items.Length == 1 ? items[0] : $"[{string.Join(", ", items)}]";
    }
}
