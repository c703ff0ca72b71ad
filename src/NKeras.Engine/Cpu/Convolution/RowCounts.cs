namespace NKeras.Engine.Cpu;

/// <summary>One.</summary>
internal readonly struct RowCount1 : IRowCount
{
    /// <inheritdoc/>
    public static int Value => 1;
}

/// <summary>Two.</summary>
internal readonly struct RowCount2 : IRowCount
{
    /// <inheritdoc/>
    public static int Value => 2;
}

/// <summary>Three.</summary>
internal readonly struct RowCount3 : IRowCount
{
    /// <inheritdoc/>
    public static int Value => 3;
}

/// <summary>Four.</summary>
internal readonly struct RowCount4 : IRowCount
{
    /// <inheritdoc/>
    public static int Value => 4;
}

/// <summary>Five.</summary>
internal readonly struct RowCount5 : IRowCount
{
    /// <inheritdoc/>
    public static int Value => 5;
}

/// <summary>Six.</summary>
internal readonly struct RowCount6 : IRowCount
{
    /// <inheritdoc/>
    public static int Value => 6;
}

/// <summary>Seven.</summary>
internal readonly struct RowCount7 : IRowCount
{
    /// <inheritdoc/>
    public static int Value => 7;
}

/// <summary>Eight.</summary>
internal readonly struct RowCount8 : IRowCount
{
    /// <inheritdoc/>
    public static int Value => 8;
}

/// <summary>Nine.</summary>
internal readonly struct RowCount9 : IRowCount
{
    /// <inheritdoc/>
    public static int Value => 9;
}

/// <summary>Ten.</summary>
internal readonly struct RowCount10 : IRowCount
{
    /// <inheritdoc/>
    public static int Value => 10;
}

/// <summary>Eleven.</summary>
internal readonly struct RowCount11 : IRowCount
{
    /// <inheritdoc/>
    public static int Value => 11;
}

/// <summary>Twelve.</summary>
internal readonly struct RowCount12 : IRowCount
{
    /// <inheritdoc/>
    public static int Value => 12;
}
