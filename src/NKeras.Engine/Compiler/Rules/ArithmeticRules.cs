using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using static NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Compiler.Rules;

/// <summary>Algebra of single elements, as far as IEEE 754 agrees with it.</summary>
internal static class ArithmeticRules
{
    private delegate Value? Rule(Simplifier s, Value[] x, Shape shape);

    private static readonly Dictionary<ElementwiseFunction, Rule[]> s_rules = new()
    {
        [Add] =
        [
            (s, x, shape) => x[1].IsNumber(out double c) && c == 0 ? s.Fit(x[0], shape) : null,
            (s, x, _) => x[1].Is(Negate, out Value[] y) ? s.Apply(Subtract, x[0], y[0]) : null,
            (s, x, _) => x[0].Is(Negate, out Value[] y) ? s.Apply(Subtract, x[1], y[0]) : null,
        ],
        [Subtract] =
        [
            (s, x, shape) => x[1].IsNumber(out double c) && c == 0 ? s.Fit(x[0], shape) : null,
            (s, x, _) => x[1].Is(Negate, out Value[] y) ? s.Apply(Add, x[0], y[0]) : null,
            // Of floats only -0 - x is -x: +0 - +0 is +0.
            (s, x, shape) => IsSigned(x[1]) && x[0].IsNumber(x[0].DType.IsFloating ? -0.0 : 0) ? s.Fit(s.Apply(Negate, x[1]), shape) : null,
        ],
        [Multiply] =
        [
            (s, x, shape) => x[1].IsNumber(1) ? s.Fit(x[0], shape) : null,
            // Not of floats: infinity times zero is NaN.
            (s, x, shape) => x[0].DType.IsInteger && x[1].IsNumber(0) ? s.Fit(Simplifier.Scalar(x[0].DType, 0), shape) : null,
            (s, x, shape) => IsSigned(x[0]) && x[1].IsNumber(-1) ? s.Fit(s.Apply(Negate, x[0]), shape) : null,
            (s, x, _) => x[0].Is(Negate, out Value[] a) && x[1].Is(Negate, out Value[] b) ? s.Apply(Multiply, a[0], b[0]) : null,
            (s, x, _) => x[0].Is(Negate, out Value[] a) && x[1].IsNumber(out double c) && x[0].DType.IsFloating ? s.Apply(Multiply, a[0], Simplifier.Scalar(x[0].DType, -c)) : null,
            MergeFactors,
            (s, x, _) => x[0] == x[1] && x[0].DType != DType.Bool ? s.Apply(Square, x[0]) : null,
        ],
        [Divide] =
        [
            (s, x, shape) => x[1].IsNumber(1) ? s.Fit(x[0], shape) : null,
            DivideByPowerOfTwo,
            (s, x, shape) => x[0].IsNumber(1) ? s.Fit(s.Apply(Reciprocal, x[1]), shape) : null,
        ],
        [Maximum] =
        [
            (_, x, _) => x[0] == x[1] ? x[0] : null,
            (s, x, shape) => x[0].DType.IsFloating && x[1].IsNumber(0.0) ? s.Fit(s.Apply(Relu, x[0]), shape) : null,
        ],
        [Minimum] = [(_, x, _) => x[0] == x[1] ? x[0] : null],
        [Negate] =
        [
            (_, x, _) => x[0].Is(Negate, out Value[] y) ? y[0] : null,
            (s, x, _) => x[0].DType.IsFloating && x[0].Is(Multiply, out Value[] y) && y[1].IsNumber(out double c)
                ? s.Apply(Multiply, y[0], Simplifier.Scalar(x[0].DType, -c)) : null,
        ],
        [Abs] = [(s, x, _) => IsSigned(x[0]) && (x[0].Is(Negate, out Value[] y) || x[0].Is(Abs, out y)) ? s.Apply(Abs, y[0]) : null],
        [Square] = [(s, x, _) => IsSigned(x[0]) && (x[0].Is(Negate, out Value[] y) || x[0].Is(Abs, out y)) ? s.Apply(Square, y[0]) : null],
        [Relu] = [(_, x, _) => x[0].Is(Relu, out Value[] _) ? x[0] : null],
        [Reciprocal] = [(s, x, _) => x[0].Is(Sqrt, out Value[] y) ? s.Apply(Rsqrt, y[0]) : null],
        [LogicalNot] =
        [
            (_, x, _) => x[0].Is(LogicalNot, out Value[] y) && y[0].DType == DType.Bool ? y[0] : null,
            (s, x, _) => x[0].Is(Equal, out Value[] y) ? s.Apply(NotEqual, y) : null,
            (s, x, _) => x[0].Is(NotEqual, out Value[] y) ? s.Apply(Equal, y) : null,
        ],
        [LogicalAnd] =
        [
            (_, x, _) => x[0] == x[1] && x[0].DType == DType.Bool ? x[0] : null,
            (s, x, shape) => x[0].DType == DType.Bool && x[1].IsNumber(out double c) ? s.Fit(c != 0 ? x[0] : x[1], shape) : null,
        ],
        [LogicalOr] =
        [
            (_, x, _) => x[0] == x[1] && x[0].DType == DType.Bool ? x[0] : null,
            (s, x, shape) => x[0].DType == DType.Bool && x[1].IsNumber(out double c) ? s.Fit(c != 0 ? x[1] : x[0], shape) : null,
        ],
        [Select] =
        [
            (s, x, shape) => x[0].IsNumber(out double c) ? s.Fit(c != 0 ? x[1] : x[2], shape) : null,
            (s, x, shape) => x[1] == x[2] ? s.Fit(x[1], shape) : null,
            (s, x, _) => x[0].Is(LogicalNot, out Value[] y) && y[0].DType == DType.Bool ? s.Apply(Select, y[0], x[2], x[1]) : null,
        ],
    };

    /// <summary>Tries the rules of an element-wise function.</summary>
    public static Value? Apply(Simplifier simplifier, Primitive primitive, Value[] inputs, Shape shape)
    {
        ElementwiseFunction function = ((Elementwise)primitive).Function;

        // Constants go second, so that the rules need look for them in one place.
        if (function.IsCommutative() && inputs[0].Constant != null && inputs[1].Constant == null)
            return simplifier.Apply(function, inputs[1], inputs[0]);
        foreach (Rule rule in s_rules.GetValueOrDefault(function, []))
        {
            if (rule(simplifier, inputs, shape) is { } replacement) return replacement;
        }

        return null;
    }

    private static bool IsSigned(Value value) => value.DType.Kind is DTypeKind.Signed or DTypeKind.Floating;

    /// <summary>(x * b) * c is x * (b * c), but where the inner product may overflow and the outer bring it back.</summary>
    private static Value? MergeFactors(Simplifier s, Value[] x, Shape shape)
    {
        if ((x[0].DType != DType.Float32 && x[0].DType != DType.Float64)
            || !x[1].IsNumber(out double c) || !x[0].Is(Multiply, out Value[] inner) || !inner[1].IsNumber(out double b)) return null;
        if (Math.Abs(b) > 1 && Math.Abs(c) < 1) return null;
        Value product = Simplifier.Scalar(x[0].DType, b * c);
        product.IsNumber(out double rounded);
        bool isSafe = x[0].DType == DType.Float32 ? float.IsNormal((float)rounded) : double.IsNormal(rounded);
        return isSafe ? s.Fit(s.Apply(Multiply, inner[0], product), shape) : null;
    }

    /// <summary>Multiplying by the reciprocal gives the same bits if the reciprocal is exact.</summary>
    private static Value? DivideByPowerOfTwo(Simplifier s, Value[] x, Shape shape)
    {
        if (!x[1].IsNumber(out double c) || !double.IsNormal(c) || Math.Abs(c) != Math.ScaleB(1, Math.ILogB(c))) return null;
        Value reciprocal = Simplifier.Scalar(x[1].DType, 1 / c);
        return reciprocal.IsNumber(1 / c) ? s.Fit(s.Apply(Multiply, x[0], reciprocal), shape) : null;
    }
}
