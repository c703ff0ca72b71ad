using static NKeras.Engine.Primitives.ElementwiseFunction;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>The derivatives of the element-wise functions. What is not in the table has none (steps and tests are flat).</summary>
internal static class ElementwiseGradients
{
    private delegate Tensor?[] Rule(GradientContext c, Tensor dy);

    private static readonly Dictionary<ElementwiseFunction, Rule> s_rules = new()
    {
        [Negate] = One((x, y, dy) => -1.0 * dy),
        [Abs] = One((x, y, dy) => dy * Unary(Sign, x)),
        [Square] = One((x, y, dy) => dy * (2.0 * x)),
        [Sqrt] = One((x, y, dy) => Divide(0.5 * dy, y)),
        [Rsqrt] = One((x, y, dy) => dy * Divide(-0.5 * y, x)),
        [Reciprocal] = One((x, y, dy) => -1.0 * dy * y * y),
        [Exp] = One((x, y, dy) => dy * y),
        [Exp2] = One((x, y, dy) => dy * (Math.Log(2) * y)),
        [Expm1] = One((x, y, dy) => dy * Unary(Exp, x)),
        [Log] = One((x, y, dy) => Divide(dy, x)),
        [Log2] = One((x, y, dy) => Divide(dy, Math.Log(2) * x)),
        [Log10] = One((x, y, dy) => Divide(dy, Math.Log(10) * x)),
        [Log1p] = One((x, y, dy) => Divide(dy, x + 1.0)),
        [Sin] = One((x, y, dy) => dy * Unary(Cos, x)),
        [Cos] = One((x, y, dy) => -1.0 * dy * Unary(Sin, x)),
        [Tan] = One((x, y, dy) => dy * (y * y + 1.0)),
        [Asin] = One((x, y, dy) => dy * Unary(Rsqrt, 1.0 - x * x)),
        [Acos] = One((x, y, dy) => -1.0 * dy * Unary(Rsqrt, 1.0 - x * x)),
        [Atan] = One((x, y, dy) => Divide(dy, x * x + 1.0)),
        [Sinh] = One((x, y, dy) => dy * Unary(Cosh, x)),
        [Cosh] = One((x, y, dy) => dy * Unary(Sinh, x)),
        [Tanh] = One((x, y, dy) => dy * (1.0 - y * y)),
        [Asinh] = One((x, y, dy) => dy * Unary(Rsqrt, x * x + 1.0)),
        [Acosh] = One((x, y, dy) => dy * Unary(Rsqrt, (x - 1.0) * (x + 1.0))),
        [Atanh] = One((x, y, dy) => Divide(dy, 1.0 - x * x)),
        [Sigmoid] = One((x, y, dy) => dy * (y * (1.0 - y))),
        [Softplus] = One((x, y, dy) => dy * Unary(Sigmoid, x)),
        [Erf] = One((x, y, dy) => dy * (2 / Math.Sqrt(Math.PI) * Unary(Exp, -1.0 * x * x))),
        [Erfc] = One((x, y, dy) => dy * (-2 / Math.Sqrt(Math.PI) * Unary(Exp, -1.0 * x * x))),

        [Erfinv] = One((x, y, dy) => dy * (Math.Sqrt(Math.PI) / 2 * Unary(Exp, y * y))),
        [Lgamma] = One((x, y, dy) => dy * Unary(Digamma, x)),
        [Digamma] = One((x, y, dy) => dy * Binary(Polygamma, ScalarLike(x, 1), x)),
        [BesselI0] = One((x, y, dy) => dy * Unary(BesselI1, x)),
        [BesselI1] = One(BesselI1Gradient),
        [Cbrt] = One((x, y, dy) => Divide(dy * y, 3.0 * x)),

        // From the result, so that the input need not be kept: y > 0 exactly where x > 0.
        [Relu] = One((x, y, dy) => Where(Binary(Greater, y, ScalarLike(y, 0)), dy, ScalarLike(dy, 0))),

        [Add] = (c, dy) => [dy, dy],
        [Subtract] = (c, dy) => [dy, If(c, 1, () => -1.0 * dy)],
        [Multiply] = (c, dy) => [If(c, 0, () => dy * c.Inputs[1]), If(c, 1, () => dy * c.Inputs[0])],
        [ElementwiseFunction.Divide] = (c, dy) =>
        [
            If(c, 0, () => Divide(dy, c.Inputs[1])),
            If(c, 1, () => -1.0 * dy * Divide(c.Outputs[0], c.Inputs[1])),
        ],
        [FloorDivide] = (c, dy) => [null, null],
        [Remainder] = (c, dy) =>
        [
            dy,
            If(c, 1, () => -1.0 * dy * Unary(Floor, Divide(c.Inputs[0], c.Inputs[1]))),
        ],
        [Fmod] = (c, dy) =>
        [
            dy,
            If(c, 1, () => -1.0 * dy * Unary(Truncate, Divide(c.Inputs[0], c.Inputs[1]))),
        ],
        [Maximum] = (c, dy) => Extremum(c, dy, Greater),
        [Minimum] = (c, dy) => Extremum(c, dy, Less),
        [Power] = (c, dy) =>
        [
            If(c, 0, () => PowerBaseGradient(c.Inputs[0], c.Inputs[1], dy)),
            If(c, 1, () => PowerExponentGradient(c.Inputs[0], c.Outputs[0], dy)),
        ],
        [Atan2] = (c, dy) =>
        [
            If(c, 0, () => dy * Divide(c.Inputs[1], c.Inputs[0] * c.Inputs[0] + c.Inputs[1] * c.Inputs[1])),
            If(c, 1, () => -1.0 * dy * Divide(c.Inputs[0], c.Inputs[0] * c.Inputs[0] + c.Inputs[1] * c.Inputs[1])),
        ],
        [Hypot] = (c, dy) => [If(c, 0, () => dy * Divide(c.Inputs[0], c.Outputs[0])), If(c, 1, () => dy * Divide(c.Inputs[1], c.Outputs[0]))],
        [Gammainc] = (c, dy) =>
        [
            If(c, 0, () => dy * Binary(GammaincSlope, c.Inputs[0], c.Inputs[1])),
            If(c, 1, () => dy * GammaDensity(c.Inputs[0], c.Inputs[1])),
        ],
        [GammaincSlope] = (c, dy) => throw new InvalidOperationException("The incomplete gamma function has no second derivative with respect to its first operand."),
        [Polygamma] = (c, dy) => [null, If(c, 1, () => dy * Binary(Polygamma, c.Inputs[0] + 1.0, c.Inputs[1]))],

        [Select] = (c, dy) =>
        [
            null,
            If(c, 1, () => Where(c.Inputs[0], dy, ScalarLike(dy, 0))),
            If(c, 2, () => Where(c.Inputs[0], ScalarLike(dy, 0), dy)),
        ],
        [MultiplyAdd] = (c, dy) => [If(c, 0, () => dy * c.Inputs[1]), If(c, 1, () => dy * c.Inputs[0]), dy],
        [Clip] = (c, dy) =>
        [
            If(c, 0, () => Where(Binary(LogicalAnd, Binary(GreaterEqual, c.Inputs[0], c.Inputs[1]), Binary(LessEqual, c.Inputs[0], c.Inputs[2])), dy, ScalarLike(dy, 0))),
            If(c, 1, () => Where(Binary(Less, c.Inputs[0], c.Inputs[1]), dy, ScalarLike(dy, 0))),
            If(c, 2, () => Where(Binary(Greater, c.Inputs[0], c.Inputs[2]), dy, ScalarLike(dy, 0))),
        ],
    };

    /// <summary>The gradients with respect to the operands, in the result's shape.</summary>
    public static Tensor?[] Apply(ElementwiseFunction function, GradientContext context) =>
        s_rules.TryGetValue(function, out Rule? rule) ? rule(context, context.Cotangent) : new Tensor?[function.Arity()];

    private static Rule One(Func<Tensor, Tensor, Tensor, Tensor> rule) => (c, dy) => [rule(c.Inputs[0], c.Outputs[0], dy)];

    private static Tensor? If(GradientContext c, int input, Func<Tensor> gradient) => c.Needs(input) ? gradient() : null;

    /// <summary>Where both operands are equal each takes half, as in JAX and PyTorch.</summary>
    private static Tensor?[] Extremum(GradientContext c, Tensor dy, ElementwiseFunction wins)
    {
        Tensor a = c.Inputs[0], b = c.Inputs[1];
        Tensor half = Where(Binary(Equal, a, b), 0.5 * dy, ScalarLike(dy, 0));
        return
        [
            If(c, 0, () => Where(Binary(wins, a, b), dy, half)),
            If(c, 1, () => Where(Binary(wins, b, a), dy, half)),
        ];
    }

    /// <summary>b·a^(b-1), and 0 where b is 0 (there a^(b-1) may be infinite).</summary>
    private static Tensor PowerBaseGradient(Tensor a, Tensor b, Tensor dy)
    {
        Tensor isZero = Binary(Equal, b, ScalarLike(b, 0));
        Tensor exponent = Where(isZero, ScalarLike(b, 1), b - 1.0);
        return Where(isZero, ScalarLike(dy, 0), dy * b * Binary(Power, a, exponent));
    }

    /// <summary>a^b·ln a, and 0 where a is 0 (there ln a is infinite and the power does not change).</summary>
    private static Tensor PowerExponentGradient(Tensor a, Tensor y, Tensor dy)
    {
        Tensor isZero = Binary(Equal, a, ScalarLike(a, 0));
        return Where(isZero, ScalarLike(dy, 0), dy * y * Unary(Log, Where(isZero, ScalarLike(a, 1), a)));
    }

    /// <summary>I0 - I1 / x, and its limit 1/2 at 0.</summary>
    private static Tensor BesselI1Gradient(Tensor x, Tensor y, Tensor dy)
    {
        Tensor isZero = Binary(Equal, x, ScalarLike(x, 0));
        Tensor quotient = Where(isZero, ScalarLike(x, 0.5), Divide(y, Where(isZero, ScalarLike(x, 1), x)));
        return dy * (Unary(BesselI0, x) - quotient);
    }

    /// <summary>x^(a-1) e^-x / Γ(a). In float64: in the exponent large numbers cancel.</summary>
    private static Tensor GammaDensity(Tensor a, Tensor x)
    {
        Tensor wideA = PrimitiveOps.Convert(a, DType.Float64), wideX = PrimitiveOps.Convert(x, DType.Float64), exponent = wideA - 1.0;
        Tensor power = Where(Binary(Equal, exponent, ScalarLike(wideA, 0)), ScalarLike(wideA, 0), exponent * Unary(Log, wideX));
        return PrimitiveOps.Convert(Unary(Exp, power - wideX - Unary(Lgamma, wideA)), x.DType);
    }
}
