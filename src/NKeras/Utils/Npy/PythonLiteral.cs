using System.Globalization;

namespace NKeras.Npy;

/// <summary>Reads the few Python literals that the header of a .npy file is made of.</summary>
/// <remarks>Every method skips the white space before what it reads, and throws <see cref="InvalidDataException"/> if it finds something else.</remarks>
internal sealed class PythonLiteral(string text)
{
    private int _position;

    /// <summary>The next character, or NUL at the end.</summary>
    public char Next
    {
        get
        {
            while (_position < text.Length && text[_position] is ' ' or '\n' or '\t' or '\r') _position++;
            return _position < text.Length ? text[_position] : '\0';
        }
    }

    /// <summary>Takes one character.</summary>
    public void Expect(char expected)
    {
        if (!TryTake(expected)) throw Unexpected($"'{expected}'");
    }

    /// <summary>Takes one character if it is the next.</summary>
    public bool TryTake(char expected)
    {
        if (Next != expected || _position == text.Length) return false;
        _position++;
        return true;
    }

    /// <summary>Makes sure that nothing is left.</summary>
    public void ExpectEnd()
    {
        _ = Next;
        if (_position < text.Length) throw Unexpected("the end");
    }

    /// <summary>A string without escapes, in quotes of either kind.</summary>
    public string String()
    {
        char quote = Next;
        int end = quote is '\'' or '"' ? text.IndexOf(quote, _position + 1) : -1;
        if (end < 0) throw Unexpected("a string");
        string value = text[(_position + 1)..end];
        _position = end + 1;
        return value;
    }

    /// <summary><c>True</c> or <c>False</c>.</summary>
    public bool Boolean()
    {
        _ = Next;
        foreach ((string word, bool value) in (ReadOnlySpan<(string, bool)>)[("True", true), ("False", false)])
        {
            if (!text.AsSpan(_position).StartsWith(word, StringComparison.Ordinal)) continue;
            _position += word.Length;
            return value;
        }

        throw Unexpected("True or False");
    }

    /// <summary>A tuple of integers that are not negative.</summary>
    public IReadOnlyList<long> Tuple()
    {
        List<long> items = [];
        Expect('(');
        while (!TryTake(')'))
        {
            items.Add(Integer());
            if (TryTake(',')) continue;
            // "(3)" is a number, not a tuple.
            if (items.Count == 1) throw Unexpected("','");
            Expect(')');
            break;
        }

        return items;
    }

    private long Integer()
    {
        _ = Next;
        int start = _position;
        while (_position < text.Length && char.IsAsciiDigit(text[_position])) _position++;
        if (!long.TryParse(text.AsSpan(start.._position), NumberStyles.None, CultureInfo.InvariantCulture, out long value)) throw Unexpected("an integer");
        // Python 2 wrote "3L".
        if (_position < text.Length && text[_position] == 'L') _position++;
        return value;
    }

    private InvalidDataException Unexpected(string expected) =>
        new($"the header is malformed at character {_position}: expected {expected}");
}
