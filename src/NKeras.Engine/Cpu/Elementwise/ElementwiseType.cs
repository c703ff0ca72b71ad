namespace NKeras.Engine.Cpu;

/// <summary>The types of inputs, outputs and registers of an <see cref="ElementwiseProgram"/>.</summary>
internal enum ElementwiseType : byte
{
    /// <summary>A 32-bit float.</summary>
    Float32,

    /// <summary>A boolean: in memory a byte that is 0 or 1, in a register a mask.</summary>
    Bool,

    /// <summary>A 32-bit integer; inputs only, converted to <see cref="Float32"/> as they are loaded.</summary>
    Int32,

    /// <summary>An unsigned 32-bit integer; inputs only, converted to <see cref="Float32"/> as they are loaded.</summary>
    UInt32,
}

/// <summary>What is known of an <see cref="ElementwiseType"/>.</summary>
internal static class ElementwiseTypeExtensions
{
    /// <summary>The bytes one element takes in memory.</summary>
    public static int Size(this ElementwiseType type) => type == ElementwiseType.Bool ? 1 : 4;

    /// <summary>The type of the register an input is loaded into.</summary>
    public static ElementwiseType Loaded(this ElementwiseType type) =>
        type == ElementwiseType.Bool ? ElementwiseType.Bool : ElementwiseType.Float32;
}
