using NKeras.Engine.Primitives;

namespace NKeras.Core;

/// <summary>What functions of <c>Ops</c> do with complex tensors: what is linear is done to the parts, products are multiplied out.</summary>
internal static class ComplexRules
{
    /// <summary>Functions that look after complex tensors themselves.</summary>
    private static readonly HashSet<string> s_own = ["Cast", "Array", "Angle", "Conjugate", "Imag", "Isreal", "Real", "ViewAsReal", "ConvertToTensor", "Full", "FullLike", "ZerosLike", "OnesLike", "EmptyLike"];

    /// <summary>Functions that do the same to real and imaginary parts.</summary>
    private static readonly HashSet<string> s_linear =
    [
        "Add", "Subtract", "Negative", "Sum", "Mean", "Reshape", "Transpose", "ExpandDims", "Squeeze", "BroadcastTo", "Concatenate", "Stack", "Hstack", "Vstack", "Dstack", "ColumnStack",
        "Append", "Flip", "Roll", "Repeat", "Tile", "Moveaxis", "Swapaxes", "Ravel", "Rot90", "Diagonal", "Diag", "Trace", "Tril", "Triu", "Cumsum", "Take", "Where", "StopGradient", "Copy",
        "GetItem", "Rearrange",
    ];

    /// <summary>Functions that are linear in each of their arguments.</summary>
    private static readonly HashSet<string> s_products = ["Multiply", "Matmul", "Dot", "Inner", "Outer", "Tensordot", "Kron", "Cross", "Einsum"];

    public static Tensor Apply(string name, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, Tensor> function)
    {
        if (inputs.Any(t => t is SparseTensor or RaggedTensor)) throw CompositeRules.NoRule(name, inputs, "of several kinds");
        if (s_own.Contains(name)) return function(inputs);
        if (s_linear.Contains(name)) return Linear(name, inputs, function);
        if (s_products.Contains(name)) return Product(inputs, function);
        return (name, inputs) switch
        {
            ("Vdot", [var a, var b]) => Product([Ops.Conjugate(a), b], function),
            ("Divide" or "TrueDivide", [var a, var b]) => Quotient(a, b, function),
            ("Equal", [var a, var b]) => Ops.LogicalAnd(function([Real(a), Real(b)]), function([Imag(a), Imag(b)])),
            ("NotEqual", [var a, var b]) => Ops.LogicalOr(function([Real(a), Real(b)]), function([Imag(a), Imag(b)])),
            ("Isnan" or "Isinf", [ComplexTensor z]) => Ops.LogicalOr(function([z.Real]), function([z.Imag])),
            ("Isfinite", [ComplexTensor z]) => Ops.LogicalAnd(function([z.Real]), function([z.Imag])),
            ("Absolute", [ComplexTensor z]) => Size(z),
            ("Square", [ComplexTensor z]) => Ops.Multiply(z, z),
            ("Reciprocal", [ComplexTensor z]) => Quotient(1f, z, Divide),
            ("Exp", [ComplexTensor z]) => Turned(function([z.Real]), z.Imag),
            ("Log", [ComplexTensor z]) => new ComplexTensor(function([Size(z)]), Ops.Angle(z)),
            ("Sqrt", [ComplexTensor z]) => Turned(function([Size(z)]), Ops.Multiply(0.5f, Ops.Angle(z))),
            _ => throw CompositeRules.NoRule(name, inputs),
        };
    }

    /// <summary>The real parts.</summary>
    public static Tensor Real(Tensor x) => x is ComplexTensor z ? z.Real : x;

    /// <summary>The imaginary parts.</summary>
    public static Tensor Imag(Tensor x) => x is ComplexTensor z ? z.Imag : Ops.ZerosLike(x);

    /// <summary>The absolute values.</summary>
    public static Tensor Size(ComplexTensor z) => Ops.Norm(PrimitivesOf(z), axis: -1);

    /// <summary>Complex numbers from absolute values and angles.</summary>
    public static ComplexTensor Turned(Tensor size, Tensor angle)
    {
        (size, angle) = Promotion.Unify(size, angle);
        return new ComplexTensor(Ops.Multiply(size, PrimitiveOps.Unary(ElementwiseFunction.Cos, angle)), Ops.Multiply(size, PrimitiveOps.Unary(ElementwiseFunction.Sin, angle)));
    }

    /// <summary>Real and imaginary parts along a new last axis.</summary>
    public static Tensor PrimitivesOf(ComplexTensor z) =>
        new Concatenate(z.Rank).Apply(MatrixOps.AsColumn(z.Real), MatrixOps.AsColumn(z.Imag));

    private static Tensor Divide(IReadOnlyList<Tensor> t) => Ops.Divide(t[0], t[1]);

    private static ComplexTensor Linear(string name, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, Tensor> function)
    {
        // Conditions and positions are real.
        if (name == "Where" && inputs[0] is ComplexTensor || name == "Take" && inputs[1] is ComplexTensor) throw CompositeRules.NoRule(name, inputs, "for conditions or positions");
        return new ComplexTensor(function([.. inputs.Select(Real)]), function([.. inputs.Select((t, i) => (name == "Where" && i == 0) || (name == "Take" && i == 1) ? t : Imag(t))]));
    }

    /// <summary>Multiplies out: each complex argument gives its real part, or its imaginary part times i.</summary>
    private static ComplexTensor Product(IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, Tensor> function)
    {
        int[] complex = [.. Enumerable.Range(0, inputs.Count).Where(i => inputs[i] is ComplexTensor)];
        Tensor?[] sums = new Tensor?[2];
        for (int choice = 0; choice < 1 << complex.Length; choice++)
        {
            Tensor[] chosen = [.. inputs];
            int power = 0;
            for (int i = 0; i < complex.Length; i++)
            {
                ComplexTensor z = (ComplexTensor)inputs[complex[i]];
                bool imaginary = (choice >> i & 1) == 1;
                chosen[complex[i]] = imaginary ? z.Imag : z.Real;
                power += imaginary ? 1 : 0;
            }

            Tensor term = function(chosen);
            if (power % 4 > 1) term = Ops.Negative(term);
            sums[power % 2] = sums[power % 2] is { } sum ? Ops.Add(sum, term) : term;
        }

        return new ComplexTensor(sums[0]!, sums[1]!);
    }

    private static ComplexTensor Quotient(Tensor a, Tensor b, Func<IReadOnlyList<Tensor>, Tensor> function)
    {
        if (b is not ComplexTensor divisor) return new ComplexTensor(function([Real(a), b]), function([Imag(a), b]));
        // Both divided by the divisor's greater part first, so that squares do not overflow.
        Tensor scale = Ops.Maximum(Ops.Absolute(divisor.Real), Ops.Absolute(divisor.Imag));
        (Tensor re, Tensor im) = (Ops.Divide(divisor.Real, scale), Ops.Divide(divisor.Imag, scale));
        Tensor square = Ops.Multiply(Ops.Add(Ops.Multiply(re, re), Ops.Multiply(im, im)), scale);
        (Tensor x, Tensor y) = (Real(a), Imag(a));
        return new ComplexTensor(
            function([Ops.Add(Ops.Multiply(x, re), Ops.Multiply(y, im)), square]),
            function([Ops.Subtract(Ops.Multiply(y, re), Ops.Multiply(x, im)), square]));
    }
}
