namespace NKeras.Engine;

/// <summary>Conversions of bfloat16, the upper half of a float32's bits.</summary>
internal static class BFloat16
{
    public static float ToSingle(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    /// <summary>The nearest bfloat16, ties to even.</summary>
    public static ushort FromSingle(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value)) return (ushort)((bits >> 16) | 0x40); // Keep it a NaN when the payload is cut off.
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>The nearest bfloat16, rounded once.</summary>
    public static ushort FromDouble(double value)
    {
        // Rounding to float first would round twice. Rounding that step to odd keeps what decides the second one.
        float nearest = (float)value;
        if (nearest == value || !float.IsFinite(nearest)) return FromSingle(nearest);
        uint bits = BitConverter.SingleToUInt32Bits(nearest);
        if ((bits & 1) == 0)
        {
            bool towardZero = Math.Abs(nearest) < Math.Abs(value);
            bits = towardZero ? bits + 1 : bits - 1;
        }

        return FromSingle(BitConverter.UInt32BitsToSingle(bits));
    }
}
