using System.Text;
using NKeras;

namespace Samples.Vae;

/// <summary>What a decoder makes of codes on a grid, drawn with characters.</summary>
public static class DigitMap
{
    private const string Shades = " .:-=+*#%@";
    private const double Extent = 1.5;

    public static void Print(Model decoder, int rows, int columns)
    {
        float[,] codes = new float[rows * columns, 2];
        for (int i = 0; i < rows * columns; i++)
        {
            codes[i, 0] = (float)(Extent * ((2.0 * (i % columns) / (columns - 1)) - 1));
            codes[i, 1] = (float)(Extent * ((2.0 * (i / columns) / (rows - 1)) - 1));
        }

        float[] images = decoder.Predict(codes, verbose: 0).ToArray<float>();
        StringBuilder text = new();
        for (int y = 0; y < rows * 8; y++)
        {
            for (int column = 0; column < columns; column++)
            {
                int image = ((y / 8) * columns) + column;
                for (int x = 0; x < 8; x++) text.Append(Shades[(int)(images[(image * 64) + (y % 8 * 8) + x] * (Shades.Length - 0.01))]);
                text.Append(' ');
            }

            text.AppendLine();
        }

        Console.Write(text);
    }
}
