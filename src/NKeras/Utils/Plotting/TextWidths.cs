using System.Globalization;
using System.Text;

namespace NKeras.Plotting;

/// <summary>How wide text is in Helvetica, Arial and their like.</summary>
internal static class TextWidths
{
    private const int OtherLetter = 600;
    private const int WideLetter = 1000;

    /// <summary>From the blank to the tilde, in thousandths of the font size.</summary>
    private static readonly short[] s_regular =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // blank to /
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
    ];

    private static readonly short[] s_bold =
    [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
        975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
        333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
        611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
    ];

    /// <summary>The width of a text; an estimate for letters that Helvetica's table does not have.</summary>
    public static double Of(string text, double size, bool bold)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes()) width += Of(rune, bold ? s_bold : s_regular);
        return width * size / 1000;
    }

    private static int Of(Rune rune, short[] table)
    {
        int c = rune.Value;
        if (c >= ' ' && c - ' ' < table.Length) return table[c - ' '];
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.Control) return 0;
        // The scripts of East Asia, their full-width forms, and pictures.
        return c is (>= 0x1100 and < 0x1160) or (>= 0x2E80 and < 0xA4D0) or (>= 0xAC00 and < 0xD7A4) or (>= 0xF900 and < 0xFB00) or (>= 0xFE30 and < 0xFE70) or (>= 0xFF00 and < 0xFF61) or >= 0x1F000
            ? WideLetter
            : OtherLetter + (Rune.IsUpper(rune) ? 150 : 0);
    }
}
