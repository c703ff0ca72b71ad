namespace NKeras.Core;

/// <summary>While a layer computes, its floating-point variables are read in the type it computes in (mixed precision).</summary>
internal readonly ref struct AutocastScope
{
    [ThreadStatic]
    private static DType? t_current;

    private readonly DType? _outer;

    /// <summary>Opens the scope; the one around it is back after <see cref="Dispose"/>.</summary>
    /// <param name="type">The type; null for the variables' own.</param>
    public AutocastScope(DType? type)
    {
        _outer = t_current;
        t_current = type;
    }

    /// <summary>The type to read variables in; null for their own.</summary>
    public static DType? Current => t_current;

    /// <summary>Closes the scope.</summary>
    public void Dispose() => t_current = _outer;
}
