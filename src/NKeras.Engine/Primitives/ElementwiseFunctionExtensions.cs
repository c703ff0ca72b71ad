namespace NKeras.Engine.Primitives;

/// <summary>What is known of an element-wise function without looking at its operands.</summary>
public static class ElementwiseFunctionExtensions
{
    /// <summary>The number of operands: 1, 2 or 3.</summary>
    public static int Arity(this ElementwiseFunction function) => function switch
    {
        < ElementwiseFunction.Add => 1,
        < ElementwiseFunction.Select => 2,
        _ => 3,
    };

    /// <summary>Whether two operands are compared, which gives a boolean.</summary>
    public static bool IsComparison(this ElementwiseFunction function) =>
        function is >= ElementwiseFunction.Equal and <= ElementwiseFunction.GreaterEqual;

    /// <summary>Whether the operands are booleans and so is the result.</summary>
    public static bool IsLogical(this ElementwiseFunction function) =>
        function is ElementwiseFunction.LogicalNot
            or (>= ElementwiseFunction.LogicalAnd and <= ElementwiseFunction.LogicalXor);

    /// <summary>Whether a floating-point number is classified, which gives a boolean.</summary>
    public static bool IsClassification(this ElementwiseFunction function) =>
        function is ElementwiseFunction.IsNan or ElementwiseFunction.IsInf or ElementwiseFunction.IsFinite;

    /// <summary>Whether the result is a boolean whatever the operands are.</summary>
    public static bool ReturnsBool(this ElementwiseFunction function) =>
        function.IsComparison() || function.IsLogical() || function.IsClassification();

    /// <summary>Whether the function works on bits: its operands are integers, or booleans where it is not <see cref="IsIntegerOnly"/>.</summary>
    public static bool IsBitwise(this ElementwiseFunction function) =>
        function is ElementwiseFunction.BitwiseNot
            or (>= ElementwiseFunction.BitwiseAnd and <= ElementwiseFunction.Gcd);

    /// <summary>Whether the function is defined on integers alone.</summary>
    public static bool IsIntegerOnly(this ElementwiseFunction function) =>
        function is ElementwiseFunction.LeftShift or ElementwiseFunction.RightShift or ElementwiseFunction.Gcd;

    /// <summary>Whether the function gives fractions even for whole numbers, so that integers are converted first.</summary>
    public static bool IsFloatOnly(this ElementwiseFunction function) =>
        function is (>= ElementwiseFunction.Sqrt and <= ElementwiseFunction.Cbrt)
            or ElementwiseFunction.Divide or (>= ElementwiseFunction.Atan2 and <= ElementwiseFunction.Polygamma);

    /// <summary>Whether swapping the two operands changes nothing.</summary>
    public static bool IsCommutative(this ElementwiseFunction function) =>
        function is ElementwiseFunction.Add or ElementwiseFunction.Multiply
            or ElementwiseFunction.Maximum or ElementwiseFunction.Minimum or ElementwiseFunction.Hypot or ElementwiseFunction.Gcd
            or ElementwiseFunction.Equal or ElementwiseFunction.NotEqual
            or (>= ElementwiseFunction.LogicalAnd and <= ElementwiseFunction.BitwiseXor);
}
