using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Tests.Saving;

public class PythonJsonTests
{
    /// <summary>Python's <c>json</c> reads these, and writes them for what is infinite or no number.</summary>
    [Fact]
    public void NumbersThatJsonDoesNotHaveAreRead()
    {
        JsonObject read = PythonJson.Read("""{"a": NaN, "b": [Infinity, -Infinity, 1, "NaN", "Infinity \" NaN"], "c": {"NaN": -1.5}}""");
        Assert.True(double.IsNaN((double)read["a"]!));
        Assert.Equal([double.PositiveInfinity, double.NegativeInfinity], read["b"]!.AsArray().Take(2).Select(n => (double)n!));
        Assert.Equal(["NaN", "Infinity \" NaN"], read["b"]!.AsArray().Skip(3).Select(n => (string)n!));
        Assert.Equal(-1.5, (double)read["c"]!["NaN"]!);
        Assert.Equal("""{"a":NaN,"b":[Infinity,-Infinity,1,"NaN","Infinity \" NaN"],"c":{"NaN":-1.5}}""", PythonJson.Write(read));
    }

    [Theory]
    [InlineData("{\"a\": Nan}")]
    [InlineData("{\"a\": +Infinity}")]
    [InlineData("{\"a\": NaNNaN}")]
    [InlineData("{NaN: 1}")]
    [InlineData("NaN")]
    [InlineData("{\"a\": \"NaN")]
    [InlineData("{\"a\": NaN, \"a\": 1}")]
    public void WhatPythonDoesNotReadIsRefused(string json) => Assert.Throws<ArgumentException>(() => PythonJson.Read(json));

    [Fact]
    public void AByteOrderMarkIsPassedOver() => Assert.Equal(1, (int)PythonJson.Read([0xEF, 0xBB, 0xBF, .. "{\"a\": 1}"u8])["a"]!);
}
