using System.Text.Json;
using NKeras.Core;
using NKeras.Initializers;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Initializers;

/// <summary>Kernels of short-time Fourier transforms as Keras 3.16 makes them, and SciPy's windows.</summary>
public sealed class STFTTests
{
    [Fact]
    public void KernelsAreKeras()
    {
        const float Half = 0.70710678f;
        AssertClose([0, 0, 0, Half, 0, -Half, Half, -Half, Half, 0, 0, 0], new STFT().Apply([4, 1, 3]));
        AssertClose([0, 0, 0, 0, -0.25f, 0, 0, 0, 0, 0, 0.25f, 0], new STFT("imag", "hamming", "spectrum", periodic: true).Apply([4, 1, 3]));
        AssertClose([0, 0, 0, 0, -2, 0, 0, 0, 0, 0, 1, 0], new STFT("imag", Tensor.From<float>([1, 2, 2, 1]), null).Apply([4, 1, 3]));
    }

    [Fact]
    public void WindowsAreSciPys()
    {
        foreach (JsonElement record in RecordedData.Records("windows.jsonl.gz"))
        {
            string name = record.GetProperty("name").GetString()!;
            double[] expected = record.GetProperty("values").Deserialize<double[]>()!, actual = NamedWindow.Of(name, record.GetProperty("length").GetInt32(), record.GetProperty("periodic").GetBoolean());
            Assert.All(expected.Zip(actual), p => Assert.True(Math.Abs(p.First - p.Second) < 1e-12, $"{record}: {p.Second}"));
            Assert.Equal(expected.Length, actual.Length);
        }
    }

    [Fact]
    public void BadSettingsAreRefused()
    {
        Assert.Contains("hann", Assert.Throws<ArgumentException>(() => new STFT(window: "han_n")).Message);
        Assert.Equal("side", Assert.Throws<ArgumentException>(() => new STFT("both")).ParamName);
        Assert.Equal("scaling", Assert.Throws<ArgumentException>(() => new STFT(scaling: "l2")).ParamName);
        Assert.Equal("shape", Assert.Throws<ArgumentException>(() => new STFT().Apply([4, 3])).ParamName);
        Assert.Contains("(2)", Assert.Throws<ArgumentException>(() => new STFT("real", Tensor.From<float>([1, 1])).Apply([4, 1, 3])).Message.Replace(",", ""));
    }

    private static void AssertClose(float[] expected, Tensor actual) => Assert.All(expected.Zip(actual.ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-5f));
}
