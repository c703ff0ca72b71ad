using System.Text.Json;
using NKeras.Core;

namespace NKeras.Tests.Callbacks;

/// <summary>Numbers look as in Python.</summary>
public sealed class PythonNumberTests
{
    [Fact]
    public void TextsArePythons()
    {
        JsonElement[] numbers = [.. CallbackTraces.Of("numbers").Single().GetProperty("numbers").EnumerateArray()];
        Assert.NotEmpty(numbers);
        foreach (JsonElement number in numbers)
        {
            double value = number[0].GetDouble();
            Assert.Equal(number[1].GetString(), PythonNumber.Repr(value));
            Assert.Equal(number[2].GetString(), PythonNumber.Fixed(value, 4));
            Assert.Equal(number[3].GetString(), PythonNumber.Scientific(value, 4));
        }
    }

    [Theory]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void NumbersThatAreNone(double value, string expected)
    {
        Assert.Equal(expected, PythonNumber.Repr(value));
        Assert.Equal(expected, PythonNumber.Fixed(value, 4));
        Assert.Equal(expected, PythonNumber.Scientific(value, 4));
    }
}
