namespace NKeras;

/// <summary>How many steps of <see cref="Ops.Scan(Func{Tensor, Tensor, ValueTuple{Tensor, Tensor}}, Tensor, Tensor?, int?, bool, Unroll)"/> are unrolled: converts from a number and from <c>true</c> (all) and <c>false</c> (none).</summary>
public readonly struct Unroll
{
    private readonly int _more;

    private Unroll(int steps, bool whole)
    {
        if (steps < 1) throw new ArgumentOutOfRangeException(nameof(steps), steps, "`unroll` must be a positive integer or boolean.");
        (_more, IsWhole) = (steps - 1, whole);
    }

    /// <summary>Whether every step becomes a part of the program.</summary>
    internal bool IsWhole { get; }

    /// <summary>As configurations have it.</summary>
    internal object Value => IsWhole ? true : _more + 1;

    /// <summary>So many steps at a time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public static implicit operator Unroll(int steps) => new(steps, whole: false);

    /// <summary>All steps, or none.</summary>
    public static implicit operator Unroll(bool all) => new(1, all);
}
