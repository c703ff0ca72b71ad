using System.Numerics;

namespace NKeras.Tests.Operations;

/// <summary>Complex tensors: arithmetic against System.Numerics.Complex, models, programs, refusals.</summary>
public sealed class ComplexTests
{
    private static readonly Complex[] s_a = [new(1, 2), new(-3, 0.5), new(0, -1), new(2, 0)];
    private static readonly Complex[] s_b = [new(2, -1), new(1, 1), new(-0.5, 3), new(0, 4)];

    private static ComplexTensor A => ComplexTensor.From(s_a, [2, 2]);

    private static ComplexTensor B => ComplexTensor.From(s_b, [2, 2]);

    private static void Same(IEnumerable<Complex> expected, Tensor actual)
    {
        Complex[] values = Assert.IsType<ComplexTensor>(actual).ToArray();
        Assert.Equal(expected.Count(), values.Length);
        foreach ((Complex e, Complex a) in expected.Zip(values)) Assert.True(Complex.Abs(e - a) < 1e-5, $"{a} is not {e}");
    }

    [Fact]
    public void ArithmeticIsThatOfComplexNumbers()
    {
        Same(s_a.Zip(s_b, (a, b) => a + b), A + B);
        Same(s_a.Zip(s_b, (a, b) => a - b), A - B);
        Same(s_a.Zip(s_b, (a, b) => a * b), A * B);
        Same(s_a.Zip(s_b, (a, b) => a / b), A / B);
        Same(s_a.Select(a => -a), -A);
        Same(s_a.Select(a => (2 * a) + 1), (2f * A) + 1f);
        Same(s_a.Select(a => 1 / a), 1f / A);
        Same(s_a.Select(Complex.Exp), Ops.Exp(A));
        Same(s_a.Select(a => Complex.Log(a)), Ops.Log(A));
        Same(s_a.Select(Complex.Sqrt), Ops.Sqrt(A));
        Same(s_a.Select(Complex.Conjugate), Ops.Conj(A));
        Same([s_a.Aggregate((x, y) => x + y)], Ops.Sum(A));
        Same([(s_a[0] * s_b[0]) + (s_a[1] * s_b[2]), (s_a[0] * s_b[1]) + (s_a[1] * s_b[3]), (s_a[2] * s_b[0]) + (s_a[3] * s_b[2]), (s_a[2] * s_b[1]) + (s_a[3] * s_b[3])], Ops.Matmul(A, B));
        Same([s_a.Zip(s_b, (a, b) => Complex.Conjugate(a) * b).Aggregate((x, y) => x + y)], Ops.Vdot(A, B));
        Same([s_a[0] * s_b[0] * s_a[0], s_a[1] * s_b[1] * s_a[1], s_a[2] * s_b[2] * s_a[2], s_a[3] * s_b[3] * s_a[3]], Ops.Einsum("ij,ij,ij->ij", A, B, A));
        float[] sizes = Ops.Cast(Ops.Abs(A), "float32").ToArray<float>();
        for (int i = 0; i < sizes.Length; i++) Assert.Equal(s_a[i].Magnitude, sizes[i], 1e-5);
        Assert.Equal("complex64", (A + B).DType.Name); // 64 bits are brought down, as for real numbers.
    }

    [Fact]
    public void DataMovesLikeThatOfRealTensors()
    {
        Same([s_a[0], s_a[2], s_a[1], s_a[3]], Ops.Transpose(A));
        Same([s_a[2], s_a[3]], A[1]);
        Same([.. s_a, .. s_b], Ops.Concatenate([Ops.Reshape(A, [4]), Ops.Reshape(B, [4])]));
        Same([s_a[0], 0, s_a[2], s_a[3]], Ops.Where(Tensor.From(new[,] { { true, false }, { true, true } }), A, 0f));
        Assert.Equal([true, false, false, false], Ops.Equal(A, ComplexTensor.From([s_a[0], 0, 0, 0], [2, 2])).ToArray<bool>());
        Assert.Equal([false, false, false, true], Ops.Isreal(A).ToArray<bool>());
        Assert.Equal("complex128", Ops.Conj(A).DType.Name);
    }

    [Fact]
    public void PartsAndViewsAreTheNumbers()
    {
        Assert.Equal(s_a.Select(a => a.Real), Ops.Real(A).ToArray<double>());
        Assert.Equal(s_a.Select(a => a.Imaginary), Ops.Imag(A).ToArray<double>());
        Assert.Equal(s_a.SelectMany(a => (double[])[a.Real, a.Imaginary]), Ops.ViewAsReal(A).ToArray<double>());
        Same(s_a, Ops.ViewAsComplex(Ops.ViewAsReal(A)));
        Same(s_a, Ops.Polar(Ops.Abs(A), Ops.Angle(A)));
        Assert.Equal([0f, MathF.PI], Ops.Angle(Tensor.From([2f, -1f])).ToArray<float>());
        Same([0, 0], Ops.Zeros([2], "complex64"));
        Same([1], Ops.Ones([1], "complex128"));
        Same([3, 4], Ops.Cast(Tensor.From([3, 4]), "complex64"));
        Same([3], Ops.ConvertToTensor(3f, "complex64"));
        Same([1, 1, 1, 1], Ops.OnesLike(A));
        Assert.Equal([1.0, -3, 0, 2], Ops.Cast(A, "float64").ToArray<double>());
        Assert.Throws<ArgumentException>(() => Ops.ViewAsComplex(Tensor.From([1f, 2f, 3f])));
        Assert.Throws<ArgumentException>(() => new ComplexTensor(Tensor.From([1f]), Tensor.From([1f, 2f])));
    }

    [Fact]
    public void WhatHasNoRuleIsRefusedWithAHint()
    {
        Assert.Contains("Ops.Real", Assert.Throws<ArgumentException>(() => Ops.Relu(A)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Ops.Greater(A, B));
        Assert.Throws<ArgumentException>(() => Ops.Max(A));
        Assert.Throws<ArgumentException>(() => A.ToArray<float>());
    }

    [Fact]
    public void SymbolicTensorsCanBeComplex()
    {
        KerasTensor x = new Input([2], dtype: "complex64");
        KerasTensor product = (KerasTensor)Ops.Multiply(x, Ops.Conj(x));
        Assert.Equal("complex64", product.DType.Name);
        Assert.Equal("float32", Ops.Real(x).DType.Name);
    }

    [Fact]
    public void GradientsOfPartsAgreeWithDifferences()
    {
        Tensor re = Tensor.From([0.5, -1, 2]), im = Tensor.From([1.0, 0.3, -0.7]);
        GradientCheck.Of(t =>
        {
            ComplexTensor z = new(t[0], t[1]);
            ComplexTensor y = (ComplexTensor)Ops.Divide(Ops.Exp(Ops.Multiply(z, z)), Ops.Sqrt(z));
            return [y.Real, y.Imag, Ops.Abs(z), Ops.Angle(z)];
        }, re, im);
    }
}
