using NKeras.Engine.Cpu;

namespace NKeras.Engine.Primitives;

/// <summary>The types of tensors that element-wise programs know.</summary>
internal static class ElementwiseTypes
{
    /// <summary>The type of a program's input for a tensor's type; null if there is none.</summary>
    public static ElementwiseType? Of(DType type) =>
        type == DType.Float32 ? ElementwiseType.Float32
        : type == DType.Bool ? ElementwiseType.Bool
        : type == DType.Int32 ? ElementwiseType.Int32
        : type == DType.UInt32 ? ElementwiseType.UInt32
        : null;

    /// <summary>The tensor's type for a register's type.</summary>
    public static DType ToDType(this ElementwiseType type) => type == ElementwiseType.Bool ? DType.Bool : DType.Float32;
}
