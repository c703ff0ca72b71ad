using NKeras.Terminals;

namespace NKeras.Tests.Terminals;

public sealed class TerminalTests
{
    // What rich's Console(force_terminal=...) finds; monochrome is a color_system with no_color.
    [Theory]
    [InlineData("", true, nameof(TerminalColors.Sixteen))]
    [InlineData("", false, nameof(TerminalColors.None))]
    [InlineData("TERM=xterm", true, nameof(TerminalColors.Sixteen))]
    [InlineData("TERM=xterm-16color", true, nameof(TerminalColors.Sixteen))]
    [InlineData("TERM=xterm-256color", true, nameof(TerminalColors.Many))]
    [InlineData("TERM=xterm-256color", false, nameof(TerminalColors.None))]
    [InlineData("TERM=XTERM-KITTY", true, nameof(TerminalColors.Many))]
    [InlineData("TERM=xterm COLORTERM=truecolor", true, nameof(TerminalColors.Many))]
    [InlineData("TERM=dumb COLORTERM=truecolor", true, nameof(TerminalColors.None))]
    [InlineData("TERM=unknown", true, nameof(TerminalColors.None))]
    [InlineData("TERM=xterm NO_COLOR=1", true, nameof(TerminalColors.Monochrome))]
    [InlineData("TERM=xterm NO_COLOR=", true, nameof(TerminalColors.Sixteen))]
    [InlineData("TERM=xterm FORCE_COLOR=1", false, nameof(TerminalColors.Sixteen))]
    [InlineData("TERM=xterm-256color FORCE_COLOR=1 NO_COLOR=1", false, nameof(TerminalColors.Monochrome))]
    [InlineData("TERM=dumb FORCE_COLOR=1", false, nameof(TerminalColors.None))]
    public void Environment(string variables, bool terminal, string expected)
    {
        if (OperatingSystem.IsWindows()) return; // There it is the console's mode that counts.
        Dictionary<string, string> environment = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        Assert.Equal(expected, Terminal.Colors(name => environment.GetValueOrDefault(name), terminal).ToString());
    }

    [Fact]
    public void EscapeSequences()
    {
        StyledText text = new StyledText("a", TextStyle.Strong).Add("b").Add("c", new TextStyle(true, TextColor.Green)).Add("", TextStyle.Strong);
        Assert.Equal("abc", text.ToString());
        Assert.Equal("\e[1ma\e[0mb\e[1mc\e[0m", text.ToString(TerminalColors.Monochrome));
        Assert.Equal("\e[1ma\e[0mb\e[1;32mc\e[0m", text.ToString(TerminalColors.Sixteen));
        Assert.Equal("\e[1ma\e[0mb\e[1;38;5;34mc\e[0m", text.ToString(TerminalColors.Many));
    }
}
