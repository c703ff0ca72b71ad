using NKeras;

namespace Samples.UNet;

/// <summary>Pictures with several handwritten digits at random places, and which digit each pixel belongs to.</summary>
public static class Canvases
{
    /// <summary>Height and width of a picture.</summary>
    public const int Side = 32;

    /// <summary>The class of pixels without ink; those with ink have the number of their digit.</summary>
    public const int Background = 10;

    /// <summary>The ten digits and the background.</summary>
    public const int Classes = 11;

    private const int DigitSide = 8, Digits = 5, Tries = 20;

    /// <summary>Draws pictures.</summary>
    /// <param name="digits">Real digits, uint8 (n, 8, 8) from 0 to 16.</param>
    /// <param name="labels">What they are, uint8 (n).</param>
    /// <param name="count">How many pictures.</param>
    /// <param name="seed">Chooses digits and places.</param>
    /// <returns>Pictures, float32 (count, 32, 32, 1) from 0 to 1, and the class of each pixel, int32 (count, 32, 32).</returns>
    public static (Tensor X, Tensor Y) Draw(Tensor digits, Tensor labels, int count, int seed)
    {
        byte[] ink = digits.ToArray<byte>(), digitOf = labels.ToArray<byte>();
        float[] x = new float[count * Side * Side];
        int[] y = new int[count * Side * Side];
        Array.Fill(y, Background);
        Random random = new(seed);
        for (int picture = 0; picture < count; picture++)
        {
            foreach ((int top, int left) in Places(random))
            {
                int digit = random.Next(digitOf.Length);
                for (int row = 0; row < DigitSide; row++)
                {
                    for (int column = 0; column < DigitSide; column++)
                    {
                        byte pixel = ink[(((digit * DigitSide) + row) * DigitSide) + column];
                        int at = (((picture * Side) + top + row) * Side) + left + column;
                        if (pixel == 0) continue;
                        (x[at], y[at]) = (pixel / 16f, digitOf[digit]);
                    }
                }
            }
        }

        return (Tensor.From(x, [count, Side, Side, 1]), Tensor.From(y, [count, Side, Side]));
    }

    /// <summary>Some places for digits that do not overlap.</summary>
    private static List<(int Top, int Left)> Places(Random random)
    {
        List<(int Top, int Left)> places = [];
        for (int i = 0; i < Tries && places.Count < Digits; i++)
        {
            (int top, int left) = (random.Next(Side - DigitSide + 1), random.Next(Side - DigitSide + 1));
            if (places.All(p => Math.Abs(p.Top - top) >= DigitSide || Math.Abs(p.Left - left) >= DigitSide)) places.Add((top, left));
        }

        return places;
    }
}
