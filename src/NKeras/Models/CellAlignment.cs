namespace NKeras.Models;

/// <summary>Where text stands in a cell that is wider.</summary>
internal enum CellAlignment
{
    Left,
    Center,
    Right,
}
