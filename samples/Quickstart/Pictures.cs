using System.Globalization;
using NKeras;

namespace Samples;

/// <summary>Draws digits in the terminal.</summary>
internal static class Pictures
{
    /// <summary>From white to black.</summary>
    private const string Shades = " .:-=+*#%@";

    /// <summary>The first few images side by side, with what they are and what the network says.</summary>
    /// <param name="images">uint8 [n, height, width].</param>
    /// <param name="labels">uint8 [n].</param>
    /// <param name="probabilities">float32 [n, classes].</param>
    /// <param name="count">How many to show.</param>
    /// <param name="black">The value of the darkest pixel.</param>
    public static void Show(Tensor images, Tensor labels, Tensor probabilities, int count, int black)
    {
        byte[] pixels = images.ToArray<byte>();
        byte[] truth = labels.ToArray<byte>();
        float[] scores = probabilities.ToArray<float>();
        int height = images.Shape[1]!.Value, width = images.Shape[2]!.Value, classes = probabilities.Shape[1]!.Value;

        // Two characters per pixel, and room for the caption below.
        int cell = (2 * width) + 6;
        Console.WriteLine();
        for (int row = 0; row < height; row++)
        {
            for (int i = 0; i < count; i++)
            {
                for (int column = 0; column < width; column++)
                {
                    char shade = Shades[pixels[(((i * height) + row) * width) + column] * (Shades.Length - 1) / black];
                    Console.Write($"{shade}{shade}");
                }

                Console.Write(new string(' ', cell - (2 * width)));
            }

            Console.WriteLine();
        }

        for (int i = 0; i < count; i++)
        {
            float[] row = scores[(i * classes)..((i + 1) * classes)];
            int best = Array.IndexOf(row, row.Max());
            string text = string.Create(CultureInfo.InvariantCulture, $"is {truth[i]}, says {best} ({100 * row[best]:F0}%)");
            Console.Write(text.PadRight(cell));
        }

        Console.WriteLine("\n");
    }
}
