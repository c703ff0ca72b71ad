namespace NKeras.Plotting;

/// <summary>How edges get from one row to the next.</summary>
internal enum EdgeStyle
{
    RightAngles,
    Curves,
    Lines,
}
