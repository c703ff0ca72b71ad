namespace NKeras.Terminals;

/// <summary>The colours in use, by their numbers in a terminal's table of 256.</summary>
internal enum TextColor
{
    /// <summary>The terminal's own.</summary>
    Default = 0,
    Red = 9,
    Blue = 33,
    Green = 34,
    Cyan = 45,
}
