using System.Diagnostics.CodeAnalysis;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>Questions that rules ask about values.</summary>
internal static class ValuePatterns
{
    /// <summary>Whether a value is the result of a kind of primitive.</summary>
    public static bool Is<T>(this Value value, [NotNullWhen(true)] out T? primitive)
        where T : Primitive
    {
        primitive = value.Producer?.Primitive as T;
        return primitive != null;
    }

    /// <summary>Whether a value is the result of an element-wise function; its operands.</summary>
    public static bool Is(this Value value, ElementwiseFunction function, out Value[] operands)
    {
        bool matches = value.Producer?.Primitive is Elementwise elementwise && elementwise.Function == function;
        operands = matches ? value.Producer!.Inputs : [];
        return matches;
    }

    /// <summary>Whether a value is a constant of one element; its number.</summary>
    public static bool IsNumber(this Value value, out double number)
    {
        bool matches = value.Constant != null && value.Shape.Size == 1;
        number = matches ? ElementView.Of(value.Constant!).Number(0) : 0;
        return matches;
    }

    /// <summary>Whether a value is a constant of one element with the given number; of zeros, the one with the sign.</summary>
    public static bool IsNumber(this Value value, double number) => value.IsNumber(out double actual) && actual.Equals(number) && double.IsNegative(actual) == double.IsNegative(number);

    /// <summary>Whether all elements of a constant have the same bits.</summary>
    public static bool IsUniform(this Value value)
    {
        if (value.Constant == null || value.Shape.Size == 0) return false;
        // Equal neighbours all the way means that the data equals itself shifted by one element.
        ReadOnlySpan<byte> bytes = ((HostStorage)value.Constant.Data).Bytes;
        return bytes[value.DType.Size..].SequenceEqual(bytes[..^value.DType.Size]);
    }
}
