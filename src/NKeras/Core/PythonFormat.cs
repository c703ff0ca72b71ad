using System.Globalization;
using System.Numerics;
using System.Text;

namespace NKeras.Core;

/// <summary>What stands behind the colon in a field of Python's <c>str.format</c>: <c>[[fill]align][sign][z][#][0][width][grouping][.precision][type]</c>.</summary>
internal sealed class PythonFormat
{
    private const string Integral = "bcdoxXn", Floating = "eEfFgGn%";
    private const int Most = 10_000;

    private readonly string _spec;
    private readonly char _fill = ' ';
    private readonly char _align = '>';
    private readonly char _sign = '-';
    private readonly bool _positiveZero;
    private readonly bool _alternate;
    private readonly int _width;
    private readonly char _grouping;
    private readonly int? _precision;
    private readonly char _type;

    /// <summary>Reads a specification.</summary>
    /// <exception cref="FormatException">It is not valid.</exception>
    public PythonFormat(string spec)
    {
        _spec = spec;
        int at = 0;
        if (spec.Length > 1 && spec[1] is '<' or '>' or '=' or '^') (_fill, _align, at) = (spec[0], spec[1], 2);
        else if (spec.Length > 0 && spec[0] is '<' or '>' or '=' or '^') (_align, at) = (spec[0], 1);
        bool aligned = at > 0;
        if (Next() is '+' or '-' or ' ') _sign = spec[at++];
        if (Next() == 'z') (_positiveZero, at) = (true, at + 1);
        if (Next() == '#') (_alternate, at) = (true, at + 1);
        if (Next() == '0')
        {
            at++;
            if (!aligned) (_fill, _align) = ('0', '=');
            else if (_fill == ' ') _fill = '0';
        }

        _width = Number() ?? 0;
        if (Next() is ',' or '_') _grouping = spec[at++];
        if (Next() == '.')
        {
            at++;
            _precision = Number() ?? throw Invalid("it has no precision after the point");
        }

        if (at < spec.Length) _type = spec[at++];
        if (at != spec.Length || (_type != default && !Integral.Contains(_type) && !Floating.Contains(_type))) throw Invalid("it is not one of Python's for numbers");

        char Next() => at < spec.Length ? spec[at] : default;

        int? Number()
        {
            int start = at;
            while (at < spec.Length && char.IsAsciiDigit(spec[at])) at++;
            if (at == start) return null;
            return int.TryParse(spec.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= Most ? number : throw Invalid("a number in it is too large");
        }
    }

    /// <summary>Refuses what is not for integers, or not for floating-point numbers.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public void CheckFor(bool integers)
    {
        if (integers && (_type == default || Integral.Contains(_type)))
        {
            if (_precision != null) throw Invalid("integers have no precision");
            if (_positiveZero) throw Invalid("'z' is for floating-point numbers");
        }
        else if (!integers && _type != default && !Floating.Contains(_type))
        {
            throw Invalid($"'{_type}' is for integers, and the number is a floating-point number");
        }
    }

    /// <summary>An integer.</summary>
    public string Apply(int value)
    {
        CheckFor(integers: true);
        if (_type != default && !Integral.Contains(_type)) return Apply((double)value);
        if (_type == 'c') return Padded("", char.ConvertFromUtf32(value));
        BigInteger size = BigInteger.Abs(value);
        string digits = _type switch
        {
            'b' => InBase(size, 2),
            'o' => InBase(size, 8),
            'x' => InBase(size, 16),
            'X' => InBase(size, 16).ToUpperInvariant(),
            _ => size.ToString(CultureInfo.InvariantCulture),
        };
        bool inPowers = _type is 'b' or 'o' or 'x' or 'X';
        string sign = SignOf(value < 0) + (_alternate && inPowers ? $"0{_type}" : "");
        return Padded(sign, Grouped(digits, inPowers ? 4 : 3, sign.Length));
    }

    /// <summary>A floating-point number.</summary>
    public string Apply(double value)
    {
        CheckFor(integers: false);
        string text = Text(value);
        if (_alternate && double.IsFinite(value) && !text.Contains('.', StringComparison.Ordinal)) text = text.Insert(text.AsSpan().IndexOfAny('e', '%') is >= 0 and var end ? end : text.Length, ".");
        bool negative = text[0] == '-';
        if (negative) text = text[1..];
        if (negative && _positiveZero && text.AsSpan().IndexOfAnyInRange('1', '9') < 0) negative = false;
        if (char.IsUpper(_type)) text = text.ToUpperInvariant();
        string sign = SignOf(negative);
        return Padded(sign, double.IsFinite(value) ? Grouped(text, 3, sign.Length) : text);
    }

    private static string InBase(BigInteger value, int size)
    {
        StringBuilder digits = new();
        do
        {
            digits.Insert(0, "0123456789abcdef"[(int)(value % size)]);
            value /= size;
        }
        while (value > 0);
        return digits.ToString();
    }

    private string Text(double value)
    {
        int precision = _precision ?? 6;
        switch (_type)
        {
            case 'f' or 'F':
                return PythonNumber.Fixed(value, precision);
            case 'e' or 'E':
                return PythonNumber.Scientific(value, precision);
            case '%':
                return $"{PythonNumber.Fixed(value * 100, precision)}%";
            case default(char) when _precision == null:
                return PythonNumber.Repr(value);
            default:
                return General(value, Math.Max(precision, 1));
        }
    }

    /// <summary>So many significant digits, in whichever form is shorter.</summary>
    private string General(double value, int precision)
    {
        if (!double.IsFinite(value)) return PythonNumber.Repr(value);
        string scientific = PythonNumber.Scientific(value, precision - 1);
        int at = scientific.IndexOf('e', StringComparison.Ordinal);
        int exponent = int.Parse(scientific.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        // Without a type it is told from an integer, which needs a digit more.
        bool usual = _type == default;
        if (exponent < -4 || exponent >= precision - (usual ? 1 : 0)) return Trimmed(scientific[..at]) + scientific[at..];
        string trimmed = Trimmed(PythonNumber.Fixed(value, precision - 1 - exponent));
        return usual && !trimmed.Contains('.', StringComparison.Ordinal) ? $"{trimmed}.0" : trimmed;
    }

    private string Trimmed(string digits) => _alternate || !digits.Contains('.', StringComparison.Ordinal) ? digits : digits.TrimEnd('0').TrimEnd('.');

    private string SignOf(bool negative) => negative ? "-" : _sign == '-' ? "" : $"{_sign}";

    /// <summary>Separates groups of digits before the point; zeros that fill up are grouped, too.</summary>
    private string Grouped(string text, int size, int before)
    {
        if (_grouping == default) return text;
        int end = text.AsSpan().IndexOfAny(".e%");
        if (end < 0) end = text.Length;
        string digits = text[..end], rest = text[end..];
        string grouped = Separated(digits);
        int room = _width - before;
        while (_fill == '0' && _align == '=' && grouped.Length + rest.Length < room)
        {
            digits = $"0{digits}";
            grouped = Separated(digits);
        }

        return grouped + rest;

        string Separated(string number)
        {
            StringBuilder result = new(number);
            for (int i = number.Length - size; i > 0; i -= size) result.Insert(i, _grouping);
            return result.ToString();
        }
    }

    private string Padded(string sign, string text)
    {
        int missing = _width - sign.Length - text.Length;
        if (missing <= 0) return sign + text;
        return _align switch
        {
            '<' => sign + text + new string(_fill, missing),
            '=' => sign + new string(_fill, missing) + text,
            '^' => new string(_fill, missing / 2) + sign + text + new string(_fill, missing - (missing / 2)),
            _ => new string(_fill, missing) + sign + text,
        };
    }

    private FormatException Invalid(string why) => new($"The format ':{_spec}' is not valid: {why}.");
}
