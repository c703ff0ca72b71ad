namespace NKeras.Engine.Primitives;

/// <summary>The functions that are applied element by element.</summary>
public enum ElementwiseFunction
{
    // One operand, x.

    /// <summary>-x.</summary>
    Negate,

    /// <summary>The absolute value.</summary>
    Abs,

    /// <summary>-1, 0 or 1; NaN stays NaN.</summary>
    Sign,

    /// <summary>The largest whole number not above x.</summary>
    Floor,

    /// <summary>The smallest whole number not below x.</summary>
    Ceiling,

    /// <summary>The nearest whole number, halves to even.</summary>
    Round,

    /// <summary>x without its fraction.</summary>
    Truncate,

    /// <summary>x * x.</summary>
    Square,

    /// <summary>The square root.</summary>
    Sqrt,

    /// <summary>1 / sqrt(x).</summary>
    Rsqrt,

    /// <summary>1 / x.</summary>
    Reciprocal,

    /// <summary>e to the power x.</summary>
    Exp,

    /// <summary>2 to the power x.</summary>
    Exp2,

    /// <summary>exp(x) - 1, accurate near zero.</summary>
    Expm1,

    /// <summary>The natural logarithm.</summary>
    Log,

    /// <summary>The logarithm to base 2.</summary>
    Log2,

    /// <summary>The logarithm to base 10.</summary>
    Log10,

    /// <summary>log(1 + x), accurate near zero.</summary>
    Log1p,

    /// <summary>The sine of x radians.</summary>
    Sin,

    /// <summary>The cosine of x radians.</summary>
    Cos,

    /// <summary>The tangent of x radians.</summary>
    Tan,

    /// <summary>The inverse sine.</summary>
    Asin,

    /// <summary>The inverse cosine.</summary>
    Acos,

    /// <summary>The inverse tangent.</summary>
    Atan,

    /// <summary>The hyperbolic sine.</summary>
    Sinh,

    /// <summary>The hyperbolic cosine.</summary>
    Cosh,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>The inverse hyperbolic sine.</summary>
    Asinh,

    /// <summary>The inverse hyperbolic cosine.</summary>
    Acosh,

    /// <summary>The inverse hyperbolic tangent.</summary>
    Atanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>log(1 + exp(x)).</summary>
    Softplus,

    /// <summary>The error function.</summary>
    Erf,

    /// <summary>1 - erf(x), accurate where erf(x) is close to 1.</summary>
    Erfc,

    /// <summary>The number whose error function is x; NaN outside of [-1, 1].</summary>
    Erfinv,

    /// <summary>The natural logarithm of the absolute value of the gamma function.</summary>
    Lgamma,

    /// <summary>The derivative of <see cref="Lgamma"/>.</summary>
    Digamma,

    /// <summary>The modified Bessel function of the first kind of order 0.</summary>
    BesselI0,

    /// <summary>The modified Bessel function of the first kind of order 1.</summary>
    BesselI1,

    /// <summary>The cube root, of negative numbers too.</summary>
    Cbrt,

    /// <summary>x where it is positive, else 0; NaN stays NaN.</summary>
    Relu,

    /// <summary>True where x is false.</summary>
    LogicalNot,

    /// <summary>Every bit inverted; on booleans the same as <see cref="LogicalNot"/>.</summary>
    BitwiseNot,

    /// <summary>True where x is not a number.</summary>
    IsNan,

    /// <summary>True where x is an infinity.</summary>
    IsInf,

    /// <summary>True where x is neither an infinity nor NaN.</summary>
    IsFinite,

    // Two operands, a and b.

    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a * b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>a / b rounded down to a whole number.</summary>
    FloorDivide,

    /// <summary>What <see cref="FloorDivide"/> leaves; it has the sign of the divisor, as in Python.</summary>
    Remainder,

    /// <summary>What is left of a after dividing by b toward zero; it has the sign of a, as in C.</summary>
    Fmod,

    /// <summary>The larger operand; NaN if either is NaN.</summary>
    Maximum,

    /// <summary>The smaller operand; NaN if either is NaN.</summary>
    Minimum,

    /// <summary>a to the power b.</summary>
    Power,

    /// <summary>The angle of the point (b, a), in all four quadrants.</summary>
    Atan2,

    /// <summary>The square root of a * a + b * b, without overflow on the way.</summary>
    Hypot,

    /// <summary>The regularised lower incomplete gamma function P(a, b).</summary>
    Gammainc,

    /// <summary>The derivative of <see cref="Gammainc"/> with respect to a.</summary>
    GammaincSlope,

    /// <summary>The a-th derivative of <see cref="Digamma"/> at b; NaN unless a is a whole number that is not negative.</summary>
    Polygamma,

    /// <summary>a == b.</summary>
    Equal,

    /// <summary>a != b.</summary>
    NotEqual,

    /// <summary>a &lt; b.</summary>
    Less,

    /// <summary>a &lt;= b.</summary>
    LessEqual,

    /// <summary>a &gt; b.</summary>
    Greater,

    /// <summary>a &gt;= b.</summary>
    GreaterEqual,

    /// <summary>True where both operands are.</summary>
    LogicalAnd,

    /// <summary>True where an operand is.</summary>
    LogicalOr,

    /// <summary>True where exactly one operand is.</summary>
    LogicalXor,

    /// <summary>The bits both operands have.</summary>
    BitwiseAnd,

    /// <summary>The bits either operand has.</summary>
    BitwiseOr,

    /// <summary>The bits exactly one operand has.</summary>
    BitwiseXor,

    /// <summary>a shifted b bits to the left.</summary>
    LeftShift,

    /// <summary>a shifted b bits to the right, keeping the sign.</summary>
    RightShift,

    /// <summary>The greatest common divisor, which is not negative.</summary>
    Gcd,

    // Three operands, a, b and c.

    /// <summary>b where the boolean a is true, else c.</summary>
    Select,

    /// <summary>a * b + c, rounded once.</summary>
    MultiplyAdd,

    /// <summary>a, but not below b and not above c; NaN if any of them is NaN.</summary>
    Clip,
}
