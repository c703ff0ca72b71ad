namespace NKeras.Tests.Operations.Properties;

/// <summary>An index between brackets: a position, a slice, an ellipsis, a new axis, positions, or a mask.</summary>
internal abstract record SlowIndex
{
    public sealed record Position(int At) : SlowIndex;

    public sealed record Slice(int? Start, int? Stop, int? Step) : SlowIndex;

    public sealed record Ellipsis : SlowIndex;

    public sealed record NewAxis : SlowIndex;

    public sealed record Positions(SlowArray At) : SlowIndex;

    public sealed record Mask(SlowArray Holds) : SlowIndex;

    /// <summary>The axes that it stands for.</summary>
    public int Axes => this switch
    {
        Ellipsis or NewAxis => 0,
        Mask mask => mask.Holds.Rank,
        _ => 1,
    };

    /// <summary>Whether NumPy counts it among the advanced ones, if there is one.</summary>
    public bool IsPick => this is Position or Positions or Mask;

    /// <summary>As one writes it in C#.</summary>
    public TensorIndex ToIndex() => this switch
    {
        Position position => position.At,
        Slice slice => TensorIndex.Slice(slice.Start, slice.Stop, slice.Step),
        Ellipsis => TensorIndex.Ellipsis,
        NewAxis => TensorIndex.NewAxis,
        Positions positions => positions.At.ToTensor(),
        Mask mask => Ops.Cast(mask.Holds.ToTensor(), "bool"),
        _ => throw new InvalidOperationException(),
    };
}
