namespace NKeras.Terminals;

/// <summary>What a place to write to does with escape sequences.</summary>
internal enum TerminalColors
{
    /// <summary>It is no terminal, or one without them: plain text only.</summary>
    None,

    /// <summary>Bold, but no colours.</summary>
    Monochrome,

    Sixteen,

    /// <summary>256 colours or more.</summary>
    Many,
}
