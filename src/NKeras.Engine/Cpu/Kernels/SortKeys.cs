namespace NKeras.Engine.Cpu;

/// <summary>Unsigned integers in the order of floats: zeros of either sign are equal, and NaN is greater than any number.</summary>
internal static class SortKeys
{
    public static uint Of(float value)
    {
        if (float.IsNaN(value)) return uint.MaxValue;
        int bits = BitConverter.SingleToInt32Bits(value + 0f); // -0 + 0 is 0.
        return (uint)(bits ^ ((bits >> 31) | int.MinValue));
    }

    public static ulong Of(double value)
    {
        if (double.IsNaN(value)) return ulong.MaxValue;
        long bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return (ulong)(bits ^ ((bits >> 63) | long.MinValue));
    }
}
