using System.Text;

namespace NKeras.Terminals;

/// <summary>Text in pieces of one style each. Plain text and text for terminals are two views of the same pieces.</summary>
internal sealed class StyledText
{
    private readonly List<(string Text, TextStyle Style)> _pieces = [];

    public StyledText()
    {
    }

    public StyledText(string text, TextStyle style = default) => Add(text, style);

    /// <summary>The characters with their styles.</summary>
    public IEnumerable<(Rune Rune, TextStyle Style)> Characters => _pieces.SelectMany(p => p.Text.EnumerateRunes().Select(r => (r, p.Style)));

    /// <summary>Text whose neighbouring characters of one style form one piece.</summary>
    public static StyledText From(IEnumerable<(Rune Rune, TextStyle Style)> characters)
    {
        StyledText result = new();
        StringBuilder piece = new();
        TextStyle current = default;
        foreach ((Rune rune, TextStyle style) in characters)
        {
            if (style != current) Flush();
            current = style;
            piece.Append(rune);
        }

        Flush();
        return result;

        void Flush()
        {
            result.Add(piece.ToString(), current);
            piece.Clear();
        }
    }

    /// <summary>Adds a piece at the end.</summary>
    public StyledText Add(string text, TextStyle style = default)
    {
        if (text.Length > 0) _pieces.Add((text, style));
        return this;
    }

    /// <summary>Adds the pieces of another text at the end.</summary>
    public StyledText Add(StyledText text)
    {
        _pieces.AddRange(text._pieces);
        return this;
    }

    /// <summary>The text with the escape sequences that a terminal understands.</summary>
    public string ToString(TerminalColors colors)
    {
        StringBuilder result = new();
        foreach ((string text, TextStyle style) in _pieces)
        {
            string codes = style.Codes(colors);
            if (codes.Length == 0) result.Append(text);
            else result.Append("\e[").Append(codes).Append('m').Append(text).Append("\e[0m");
        }

        return result.ToString();
    }

    /// <summary>The text alone.</summary>
    public override string ToString() => ToString(TerminalColors.None);
}
