using System.Runtime.InteropServices;

namespace NKeras.Engine.Tests.Support;

/// <summary>Compares results of which not a bit may differ.</summary>
internal static class Bits
{
    /// <summary>Asserts that two arrays hold the same bits.</summary>
    public static void AssertSame(Array expected, Array actual, string where) => Assert.True(Of(expected).SequenceEqual(Of(actual)), where);

    private static Span<byte> Of(Array array) => array is float[] floats ? MemoryMarshal.AsBytes(floats.AsSpan()) : (byte[])array;
}
