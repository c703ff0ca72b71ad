namespace NKeras.Models;

/// <summary>A column of a summary.</summary>
/// <param name="Header">The title.</param>
/// <param name="Alignment">Where shorter text stands.</param>
/// <param name="Width">The cells for text, as long as the table has room.</param>
internal sealed record SummaryColumn(string Header, CellAlignment Alignment, int Width);
