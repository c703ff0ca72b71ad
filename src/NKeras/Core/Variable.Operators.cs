namespace NKeras;

/// <content>Operators on the value: short forms of <see cref="Ops"/>.</content>
public sealed partial class Variable
{
    /// <summary>The negative of the value.</summary>
    public static Tensor operator -(Variable a) => Ops.Negative(a);

    /// <summary>The sum of two values.</summary>
    public static Tensor operator +(Variable a, Variable b) => Ops.Add(a, b);

    /// <summary>The sum of the value and a tensor.</summary>
    public static Tensor operator +(Variable a, Tensor b) => Ops.Add(a, b);

    /// <summary>The sum of a tensor and the value.</summary>
    public static Tensor operator +(Tensor a, Variable b) => Ops.Add(a, b);

    /// <summary>The difference of two values.</summary>
    public static Tensor operator -(Variable a, Variable b) => Ops.Subtract(a, b);

    /// <summary>The difference of the value and a tensor.</summary>
    public static Tensor operator -(Variable a, Tensor b) => Ops.Subtract(a, b);

    /// <summary>The difference of a tensor and the value.</summary>
    public static Tensor operator -(Tensor a, Variable b) => Ops.Subtract(a, b);

    /// <summary>The product of two values.</summary>
    public static Tensor operator *(Variable a, Variable b) => Ops.Multiply(a, b);

    /// <summary>The product of the value and a tensor.</summary>
    public static Tensor operator *(Variable a, Tensor b) => Ops.Multiply(a, b);

    /// <summary>The product of a tensor and the value.</summary>
    public static Tensor operator *(Tensor a, Variable b) => Ops.Multiply(a, b);

    /// <summary>The quotient of two values.</summary>
    public static Tensor operator /(Variable a, Variable b) => Ops.TrueDivide(a, b);

    /// <summary>The quotient of the value and a tensor.</summary>
    public static Tensor operator /(Variable a, Tensor b) => Ops.TrueDivide(a, b);

    /// <summary>The quotient of a tensor and the value.</summary>
    public static Tensor operator /(Tensor a, Variable b) => Ops.TrueDivide(a, b);
}
