using System.Globalization;

namespace NKeras.Terminals;

/// <summary>The terminal that the program runs in, if it does.</summary>
internal static class Terminal
{
    /// <summary>The width where there is no terminal.</summary>
    private const int WidthWithoutTerminal = 80;

    /// <summary>The width in characters; the variable COLUMNS goes before what the terminal says.</summary>
    public static int Width
    {
        get
        {
            string? columns = Environment.GetEnvironmentVariable("COLUMNS");
            if (int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given > 0) return given;
            if (Console.IsOutputRedirected) return WidthWithoutTerminal;
            try
            {
                return Console.WindowWidth > 0 ? Console.WindowWidth : WidthWithoutTerminal;
            }
            catch (IOException)
            {
                return WidthWithoutTerminal; // A console without a window.
            }
        }
    }

    /// <summary>Writes to the console, with colours if it shows them.</summary>
    public static void Write(StyledText text)
    {
        Console.Out.Write(text.ToString(Colors(Environment.GetEnvironmentVariable, IsShowing)));
    }

    /// <summary>Whether what is written to the console is shown in a terminal.</summary>
    // A program that has set a writer of its own, a StringWriter above all, wants the text.
    public static bool IsShowing => !Console.IsOutputRedirected && Console.Out.Encoding.CodePage == Console.OutputEncoding.CodePage;

    /// <summary>Whether a line in the terminal can be drawn over.</summary>
    /// <param name="variable">The environment.</param>
    internal static bool CanReturn(Func<string, string?> variable) => (variable("TERM") ?? "").Trim().ToLowerInvariant() is not ("dumb" or "unknown");

    /// <summary>What the output shows, by the environment variables that Keras (that is, rich) goes by.</summary>
    /// <param name="variable">The environment.</param>
    /// <param name="terminal">Whether the output is a terminal; FORCE_COLOR makes it one.</param>
    internal static TerminalColors Colors(Func<string, string?> variable, bool terminal)
    {
        if (!terminal && !IsSet("FORCE_COLOR")) return TerminalColors.None;
        string term = Lower("TERM");
        if (term is "dumb" or "unknown") return TerminalColors.None;
        bool windows = OperatingSystem.IsWindows();
        if (windows && terminal && !WindowsConsole.EnableEscapeSequences()) return TerminalColors.None;
        if (IsSet("NO_COLOR")) return TerminalColors.Monochrome;
        bool many = windows || Lower("COLORTERM") is "truecolor" or "24bit" || term[(term.LastIndexOf('-') + 1)..] is "256color" or "kitty";
        return many ? TerminalColors.Many : TerminalColors.Sixteen;

        bool IsSet(string name) => !string.IsNullOrEmpty(variable(name));
        string Lower(string name) => (variable(name) ?? "").Trim().ToLowerInvariant();
    }
}
