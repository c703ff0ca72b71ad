namespace NKeras.Terminals;

/// <summary>How text looks in a terminal.</summary>
/// <param name="Bold">Whether it is bold.</param>
/// <param name="Color">Its colour.</param>
internal readonly record struct TextStyle(bool Bold, TextColor Color = TextColor.Default)
{
    public static TextStyle Plain { get; }

    public static TextStyle Strong { get; } = new(true);

    /// <summary>The parameters of the escape sequence that starts the style, as far as the terminal has it; empty for plain text.</summary>
    public string Codes(TerminalColors colors)
    {
        string bold = Bold && colors != TerminalColors.None ? "1" : "";
        string color = colors is TerminalColors.None or TerminalColors.Monochrome ? "" : Color switch
        {
            TextColor.Default => "",
            TextColor.Red => "91",
            TextColor.Blue when colors == TerminalColors.Sixteen => "94",
            TextColor.Green when colors == TerminalColors.Sixteen => "32",
            TextColor.Cyan when colors == TerminalColors.Sixteen => "96",
            _ => $"38;5;{(int)Color}",
        };
        return bold.Length > 0 && color.Length > 0 ? $"{bold};{color}" : bold + color;
    }
}
