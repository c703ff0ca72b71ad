using System.Text;

namespace NKeras.Terminals;

/// <summary>A line that is drawn over until it is finished, or, where that cannot be, written when it is finished.</summary>
/// <param name="writer">Where it goes.</param>
/// <param name="dynamic">Whether a line can be drawn over.</param>
/// <param name="colors">Which escape sequences are understood.</param>
/// <param name="columns">How wide the terminal is now.</param>
internal sealed class TerminalLine(TextWriter writer, bool dynamic, TerminalColors colors, Func<int> columns)
{
    private int _width;

    /// <summary>Whether unfinished lines are shown.</summary>
    public bool Dynamic => dynamic;

    /// <summary>Whether pieces of text differ by their colours.</summary>
    public bool Colored => colors >= TerminalColors.Sixteen;

    /// <summary>How many cells of the terminal an unfinished line may take. In the last column the cursor would move on to the next line, where nothing leads back from.</summary>
    public int Room => Math.Max(1, columns() - 1);

    /// <summary>Whether an unfinished line is shown.</summary>
    public bool Open { get; private set; }

    /// <summary>A line on the console.</summary>
    public static TerminalLine OnConsole()
    {
        bool terminal = Terminal.IsShowing;
        TerminalColors colors = Terminal.Colors(Environment.GetEnvironmentVariable, terminal);
        return new TerminalLine(Console.Out, terminal && Terminal.CanReturn(Environment.GetEnvironmentVariable), colors, () => Terminal.Width);
    }

    /// <summary>Whether the writer's encoding has a character: consoles of old code pages have few.</summary>
    public bool CanWrite(char character)
    {
        string text = character.ToString();
        return writer.Encoding.GetString(writer.Encoding.GetBytes(text)) == text;
    }

    /// <summary>Draws the line over what it was.</summary>
    /// <param name="pieces">Text, each with the parameters of the escape sequence that it is shown with, or none.</param>
    /// <param name="finished">Whether it is the last time. A finished line is shown whole, and may wrap: nothing is drawn over it.</param>
    public void Draw(IReadOnlyList<(string Text, string Codes)> pieces, bool finished)
    {
        if (!dynamic && !finished) return;
        StringBuilder line = new();
        if (dynamic) line.Append('\b', _width).Append('\r');
        int width = Append(line, pieces, finished ? int.MaxValue : Room);
        if (dynamic) line.Append(' ', Math.Max(0, _width - width));
        if (finished) line.Append('\n');
        writer.Write(line);
        writer.Flush();
        _width = width;
        Open = !finished;
    }

    /// <summary>Writes a line that is not drawn over.</summary>
    public void Write(string text)
    {
        writer.Write($"{text}\n");
        writer.Flush();
    }

    /// <summary>Leaves an unfinished line as it is, so that what follows begins on the next.</summary>
    public void Leave()
    {
        if (Open) Write("");
        Open = false;
    }

    private int Append(StringBuilder line, IReadOnlyList<(string Text, string Codes)> pieces, int room)
    {
        int width = pieces.Sum(p => TextWidth.Of(p.Text.EnumerateRunes()));
        bool cut = width > room;
        int left = cut ? room - 1 : width;
        foreach ((string text, string codes) in pieces)
        {
            string shown = cut ? Start(text, ref left) : text;
            // Without colours, bold remains.
            bool styled = Colored ? codes.Length > 0 : colors == TerminalColors.Monochrome && codes == "1";
            if (shown.Length == 0 && cut) continue;
            line.Append(styled ? $"\e[{codes}m{shown}\e[0m" : shown);
        }

        if (!cut) return width;
        line.Append(CanWrite('…') ? '…' : '.');
        return room - left;
    }

    /// <summary>As much of a text as there is room for.</summary>
    private static string Start(string text, ref int left)
    {
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int width = TextWidth.Of(rune);
            if (width > left)
            {
                // Nothing narrower comes in its place.
                left = 0;
                break;
            }

            left -= width;
            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
