using NKeras.Engine.Numerics;
using static NKeras.Engine.Primitives.MatrixOps;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>Eigenvalues and eigenvectors (columns, of length one) of square matrices: real and imaginary parts of the values, then of the vectors.</summary>
internal sealed record Eig : MatrixPrimitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape shape = Square(inputs[0]);
        TensorSpec values = inputs[0] with { Shape = new Shape(shape.Dims[..^1]) };
        return [values, values, inputs[0], inputs[0]];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        (Tensor re, Tensor im) = (context.Outputs[2], context.Outputs[3]);
        int n = re.Shape.Dims[^1];
        // V⁻ᴴ·(diag(w̄) + (VᴴV̄ - VᴴV·Re diag(VᴴV̄)) / (wⱼ - wᵢ)*)·Vᴴ, of which the real part is the gradient of a real matrix.
        (Tensor innerRe, Tensor innerIm) = (DiagonalMatrix(OrZero(context, 0)), DiagonalMatrix(OrZero(context, 1)));
        if (context.Cotangents[2] is not null || context.Cotangents[3] is not null)
        {
            (Tensor dRe, Tensor dIm) = (OrZero(context, 2), OrZero(context, 3));
            (Tensor productRe, Tensor productIm) = Adjoint(re, im, dRe, dIm);
            (Tensor gramRe, Tensor gramIm) = Adjoint(re, im, re, im);
            Tensor along = AsRow(Diagonal(productRe));
            (productRe, productIm) = (productRe - (gramRe * along), productIm - (gramIm * along));
            (Tensor gapRe, Tensor gapIm) = (AsRow(context.Outputs[0]) - AsColumn(context.Outputs[0]), AsRow(context.Outputs[1]) - AsColumn(context.Outputs[1]));
            Tensor square = (gapRe * gapRe) + (gapIm * gapIm), isZero = Binary(ElementwiseFunction.Equal, square, ScalarLike(square, 0));
            Tensor scale = Where(isZero, ScalarLike(square, 0), Unary(ElementwiseFunction.Reciprocal, Where(isZero, ScalarLike(square, 1), square)));
            // Dividing by the conjugate multiplies by the number itself over its square.
            innerRe += scale * ((productRe * gapRe) - (productIm * gapIm));
            innerIm += scale * ((productRe * gapIm) + (productIm * gapRe));
        }

        // inner·Vᴴ, and then Vᴴ·X = that, as a real system of twice the size.
        Tensor rightRe = MatMul(innerRe, re, transposeB: true) + MatMul(innerIm, im, transposeB: true);
        Tensor rightIm = MatMul(innerIm, re, transposeB: true) - MatMul(innerRe, im, transposeB: true);
        Concatenate across = new(re.Rank - 1), down = new(re.Rank - 2);
        Tensor system = down.Apply(across.Apply(T(re), T(im)), across.Apply(Unary(ElementwiseFunction.Negate, T(im)), T(re)));
        return [Part(new LinearSolve(Transpose: false).Apply(system, down.Apply(rightRe, rightIm)), -2, 0, n)];
    }

    public override void Compute(ReadOnlySpan<int> shape, ReadOnlySpan<Numbers> inputs, ReadOnlySpan<Numbers> outputs)
    {
        int n = shape[0];
        Span<System.Numerics.Complex> values = Workspace.Take<System.Numerics.Complex>(n), vectors = Workspace.Take<System.Numerics.Complex>(n * n);
        GeneralEigen.Decompose(new Matrix(inputs[0], n, n), values, vectors);
        for (int i = 0; i < values.Length; i++) (outputs[0][i], outputs[1][i]) = (values[i].Real, values[i].Imaginary);
        for (int i = 0; i < vectors.Length; i++) (outputs[2][i], outputs[3][i]) = (vectors[i].Real, vectors[i].Imaginary);
    }

    private static Tensor OrZero(GradientContext context, int output) => context.Cotangents[output] ?? Filled(context.Outputs[output].Spec, 0);

    /// <summary>Vᴴ·X.</summary>
    private static (Tensor Re, Tensor Im) Adjoint(Tensor re, Tensor im, Tensor xRe, Tensor xIm) => (
        MatMul(re, xRe, transposeA: true) + MatMul(im, xIm, transposeA: true),
        MatMul(re, xIm, transposeA: true) - MatMul(im, xRe, transposeA: true));
}
