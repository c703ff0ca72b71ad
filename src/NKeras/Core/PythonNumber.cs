using System.Globalization;

namespace NKeras.Core;

/// <summary>Numbers as Python prints them.</summary>
internal static class PythonNumber
{
    /// <summary>More digits than a number has that lies half-way between two shorter ones.</summary>
    private const int Enough = 60;

    /// <summary><c>repr(value)</c>: the shortest text that reads as the same number.</summary>
    public static string Repr(double value)
    {
        if (Special(value) is { } special) return special;
        string text = value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        if (text.Contains('.') || text.Contains('e')) return text;
        if (Math.Abs(value) < 1e16) return $"{text}.0";
        // .NET takes to exponents one power of ten later.
        string digits = text.TrimEnd('0');
        int first = digits[0] == '-' ? 2 : 1;
        return $"{digits[..first]}{(digits.Length > first ? "." : "")}{digits[first..]}e+16";
    }

    /// <summary><c>f"{value:.4f}"</c>.</summary>
    public static string Fixed(double value, int digits) => Special(value) ?? Rounded(value, 'F', digits);

    /// <summary><c>f"{value:.4e}"</c>.</summary>
    public static string Scientific(double value, int digits)
    {
        if (Special(value) is { } special) return special;
        string text = Rounded(value, 'E', digits);
        int at = text.IndexOf('E');
        return $"{text[..at]}e{text[at + 1]}{text[(at + 2)..].TrimStart('0').PadLeft(2, '0')}";
    }

    /// <summary>A score as Keras's progress bar shows it: small ones in scientific form.</summary>
    public static string Score(double value) => Math.Abs(value) > 1e-3 ? Fixed(value, 4) : Scientific(value, 4);

    /// <summary>.NET rounds what lies exactly half-way up, Python to the even digit: 0.03125 is 0.0312.</summary>
    private static string Rounded(double value, char format, int digits)
    {
        string exact = value.ToString($"{format}{digits + Enough}", CultureInfo.InvariantCulture);
        int point = exact.IndexOf('.'), end = exact.IndexOf('E');
        if (end < 0) end = exact.Length;
        int next = point + 1 + digits;
        bool halfWay = exact[next] == '5' && exact.AsSpan(next + 1, end - next - 1).TrimEnd('0').IsEmpty;
        // Without digits after the point there is none.
        int kept = digits == 0 ? point : next;
        bool even = (exact[kept - 1] - '0') % 2 == 0;
        return halfWay && even ? exact[..kept] + exact[end..] : value.ToString($"{format}{digits}", CultureInfo.InvariantCulture);
    }

    private static string? Special(double value) => value switch
    {
        double.NaN => "nan",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ => null,
    };
}
