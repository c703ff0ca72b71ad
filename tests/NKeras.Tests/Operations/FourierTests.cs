using NKeras.Core;

namespace NKeras.Tests.Operations;

/// <summary>Fourier transforms: against their definition, Parseval's theorem, round trips.</summary>
public sealed class FourierTests
{
    private static Tensor Signal(params int[] dims) =>
        Tensor.From<double>([.. Enumerable.Range(0, dims.Aggregate(1, (n, d) => n * d)).Select(i => Math.Cos(i * i) + (0.01 * i))], Shape.Create([.. dims.Select(d => (int?)d)]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(31)]
    [InlineData(37)]
    [InlineData(97)]
    [InlineData(120)]
    public void TransformsAreThoseOfTheDefinition(int n)
    {
        using WideScope scope = WideScope.Wanted();
        (Tensor re, Tensor im) = (Signal(2, n), Ops.Flip(Signal(2, n)));
        (Tensor real, Tensor imag) = Ops.Fft((re, im));
        double[] x = re.ToArray<double>(), y = im.ToArray<double>(), a = real.ToArray<double>(), b = imag.ToArray<double>();
        for (int row = 0; row < 2; row++)
        {
            double energy = 0, transformed = 0;
            for (int k = 0; k < n; k++)
            {
                double sumRe = 0, sumIm = 0;
                for (int j = 0; j < n; j++)
                {
                    (double s, double c) = Math.SinCos(-2 * Math.PI * (j * k % n) / n);
                    sumRe += (x[(row * n) + j] * c) - (y[(row * n) + j] * s);
                    sumIm += (x[(row * n) + j] * s) + (y[(row * n) + j] * c);
                }

                Assert.Equal(sumRe, a[(row * n) + k], 1e-9);
                Assert.Equal(sumIm, b[(row * n) + k], 1e-9);
                energy += (x[(row * n) + k] * x[(row * n) + k]) + (y[(row * n) + k] * y[(row * n) + k]);
                transformed += (sumRe * sumRe) + (sumIm * sumIm);
            }

            Assert.Equal(energy, transformed / n, 1e-8 * energy); // Parseval.
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(41)]
    public void RealTransformsGoThereAndBack(int n)
    {
        using WideScope scope = WideScope.Wanted();
        Tensor x = Signal(3, n);
        (Tensor re, Tensor im) = Ops.Rfft(x);
        Assert.Equal((n / 2) + 1, re.Shape[-1]);
        Same(x, Ops.Irfft((re, im), fftLength: n));
        (Tensor a, Tensor b) = Ops.Fft((x, Ops.ZerosLike(x)));
        Same(a[.., ..((n / 2) + 1)], re);
        Same(b[.., ..((n / 2) + 1)], im);
        (Tensor, Tensor) plane = Ops.Fft2((x, Signal(3, n)));
        Same(x, Ops.Ifft2(plane).Real);
    }

    [Fact]
    public void LengthsCutOrFillUp()
    {
        (Tensor re, _) = Ops.Rfft(Tensor.From([1.0, 2, 3, 4, 5]), fftLength: 3);
        Same(Tensor.From([6.0, -1.5]), re);
        (re, _) = Ops.Rfft(Tensor.From([1.0]), fftLength: 4);
        Same(Tensor.From([1.0, 1, 1]), re);
        Assert.Throws<ArgumentException>(() => Ops.Rfft(Tensor.From([1.0]), fftLength: 0));
        Assert.Throws<ArgumentException>(() => Ops.Fft((Tensor.From([1.0]), Tensor.From([1.0, 2]))));
        Assert.Throws<ArgumentException>(() => Ops.Fft2((Ops.Ones([2, 2], "int32"), Ops.Ones([2, 2], "int32"))));
        Assert.Throws<ArgumentException>(() => Ops.Fft2((Tensor.From([1.0]), Tensor.From([1.0]))));
    }

    [Theory]
    [InlineData(16, 4, 16, "hann")]
    [InlineData(16, 8, 32, "hamming")]
    [InlineData(5, 2, 9, "hamming")]
    public void ShortTimeTransformsGoThereAndBack(int length, int stride, int fft, string window)
    {
        using WideScope scope = WideScope.Wanted();
        Tensor x = Signal(2, 64);
        (Tensor re, Tensor im) = Ops.Stft(x, length, stride, fft, window);
        Tensor back = Ops.Istft((re, im), length, stride, fft, length: 60, window: window);
        // At the very end frames may not reach.
        Same(x[.., 8..56], back[.., 8..56]);
        Tensor own = Ops.Ones([length], "float64");
        (re, im) = Ops.Stft(x, length, stride, fft, own);
        Same(x[.., 8..56], Ops.Istft((re, im), length, stride, fft, length: null, window: own)[.., 8..56]);
    }

    [Fact]
    public void SequencesOverlap()
    {
        Assert.Equal([1, 2, 3, 3, 4, 5], Ops.ExtractSequences(Tensor.From([1, 2, 3, 4, 5, 6]), 3, 2).ToArray<int>());
        Assert.Equal("(2, 0, 9)", Ops.ExtractSequences(Signal(2, 4), 9, 2).Shape.ToString());
        Assert.Equal("(None, 2, 3)", Ops.ExtractSequences(new KerasTensor([null, 6]), 3, 2).Shape.ToString());
        Assert.Equal("(2, None, 3)", Ops.ExtractSequences(new KerasTensor([2, null]), 3, 2).Shape.ToString());
        Assert.Equal("(None, 9, 9)", Ops.Stft(new KerasTensor([null, 32]), 16, 4, 16).Real.Shape.ToString());
        Assert.Equal("(None, None, 9)", Ops.Stft(new KerasTensor([null, null]), 16, 4, 16).Imag.Shape.ToString());
        Assert.Equal("(None, 32)", Ops.Istft((new KerasTensor([null, 9, 9]), new KerasTensor([null, 9, 9])), 16, 4, 16).Shape.ToString());
        Assert.Equal("(None, 12)", Ops.Irfft((new KerasTensor([null, 7]), new KerasTensor([null, 7]))).Shape.ToString());
        Assert.Throws<ArgumentException>(() => Ops.Stft(Signal(8), 4, 0, 4));
        Assert.Throws<ArgumentException>(() => Ops.Stft(Signal(8), 4, 1, 2));
        Assert.Throws<ArgumentException>(() => Ops.Stft(Signal(8), 4, 1, 4, "square"));
        Assert.Throws<ArgumentException>(() => Ops.Stft(Signal(8), 4, 1, 4, Signal(3)));
    }

    [Fact]
    public void GradientsAgreeWithDifferences()
    {
        GradientCheck.Of(t => [Ops.Fft((t[0], t[1])).Real, Ops.Fft((t[0], t[1])).Imag], Signal(2, 6), Signal(2, 6));
        GradientCheck.Of(t => [Ops.Rfft(t[0], 7).Real, Ops.Rfft(t[0], 7).Imag], Signal(2, 5));
        GradientCheck.Of((re, im) => Ops.Irfft((re, im), 6), Signal(2, 4), Signal(2, 4));
        GradientCheck.Of(t => [Ops.Stft(t[0], 4, 2, 6, t[1]).Real, Ops.Stft(t[0], 4, 2, 6, t[1]).Imag], Signal(12), Signal(4));
        GradientCheck.Of((re, im) => Ops.Istft((re, im), 4, 2, 4), Signal(5, 3), Signal(5, 3));
        GradientCheck.Of(t => [Ops.Ifft2((t[0], t[1])).Real, Ops.Ifft2((t[0], t[1])).Imag], Signal(2, 3), Signal(2, 3));
    }

    private static void Same(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        double[] e = Ops.Cast(expected, "float64").ToArray<double>(), a = Ops.Cast(actual, "float64").ToArray<double>();
        for (int i = 0; i < e.Length; i++) Assert.Equal(e[i], a[i], 1e-9);
    }
}
