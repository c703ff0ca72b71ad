using System.Globalization;

namespace NKeras.Models;

/// <summary>Sizes in memory for people.</summary>
internal static class MemorySize
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB", "PB"];

    /// <summary>A number of bits in the greatest unit of which there is at least one, with two digits.</summary>
    public static string Text(long bits)
    {
        Int128 divisor = 8;
        int unit = 0;
        for (; unit < Units.Length - 1 && bits >= divisor * 1024; unit++) divisor *= 1024;
        (Int128 hundredths, Int128 rest) = Int128.DivRem(bits * (Int128)100, divisor);
        // Halves go to the even digit, as Python's formatting does it: 1152 bytes are 1.12 KB.
        if (rest * 2 > divisor || (rest * 2 == divisor && Int128.IsOddInteger(hundredths))) hundredths++;
        return string.Create(CultureInfo.InvariantCulture, $"{hundredths / 100}.{hundredths % 100:00} {Units[unit]}");
    }
}
