namespace NKeras.Engine.Cpu;

/// <summary>A number known to the JIT: the rows of a register block as a type argument.</summary>
internal interface IRowCount
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }
}
