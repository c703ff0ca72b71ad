namespace NKeras.Plotting.Layered;

/// <summary>Where the edges of a drawing point.</summary>
internal enum LayoutDirection
{
    TopToBottom,
    BottomToTop,
    LeftToRight,
    RightToLeft,
}
