namespace NKeras.Conformance.Values;

/// <summary>A recorded Python list or tuple.</summary>
/// <param name="Items">The items.</param>
/// <param name="IsTuple">Whether it is a tuple.</param>
internal sealed record RecordedList(IReadOnlyList<object?> Items, bool IsTuple)
{
    public override string ToString() => IsTuple ? $"({string.Join(", ", Items)})" : $"[{string.Join(", ", Items)}]";
}
