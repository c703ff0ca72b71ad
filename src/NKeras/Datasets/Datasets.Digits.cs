using System.IO.Compression;
using System.Reflection;

namespace NKeras;

public static partial class Datasets
{
    /// <summary>1,797 handwritten digits, 8×8 pixels each. They are part of the package: no download, no file.</summary>
    /// <remarks>
    /// Source: the test part of "Optical Recognition of Handwritten Digits" by E. Alpaydin and C. Kaynak (1998), UCI Machine
    /// Learning Repository, https://doi.org/10.24432/C50P49. Terms: Creative Commons Attribution 4.0 International (CC BY 4.0).
    /// </remarks>
    public static class Digits
    {
        private const string Resource = "NKeras.Datasets.digits.csv.gz";
        private const int Samples = 1797;
        private const int Side = 8;
        private const int Pixels = Side * Side;

        /// <summary>The digits, shuffled and split into a training and a test set.</summary>
        /// <param name="testSplit">The fraction of samples in the test set: at least 0, less than 1.</param>
        /// <param name="seed">Chooses the order of the samples; the same seed gives the same order everywhere.</param>
        /// <returns>
        /// Images <c>X</c>, uint8 of shape (n, 8, 8) with values from 0 (paper) to 16 (ink), and digits <c>Y</c>, uint8 of shape (n,)
        /// with values from 0 to 9.
        /// </returns>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="testSplit"/> is not in [0, 1).</exception>
        public static ((Tensor X, Tensor Y) Train, (Tensor X, Tensor Y) Test) LoadData(double testSplit = 0.2, int seed = 113)
        {
            // Negated, so that NaN is refused too.
            if (!(testSplit >= 0 && testSplit < 1))
                throw new ArgumentOutOfRangeException(nameof(testSplit), testSplit, "The fraction of test samples must be at least 0 and less than 1.");

            (byte[] images, byte[] labels) = Parse();
            int[] order = Shuffled(seed);
            int trainCount = (int)(Samples * (1 - testSplit));
            return (Take(images, labels, order.AsSpan(..trainCount)), Take(images, labels, order.AsSpan(trainCount..)));
        }

        private static (byte[] Images, byte[] Labels) Parse()
        {
            using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
            using StreamReader lines = new(new GZipStream(resource, CompressionMode.Decompress));
            byte[] images = new byte[Samples * Pixels];
            byte[] labels = new byte[Samples];
            for (int i = 0; i < Samples; i++)
            {
                string[] columns = lines.ReadLine()!.Split(',');
                for (int p = 0; p < Pixels; p++) images[i * Pixels + p] = byte.Parse(columns[p], System.Globalization.CultureInfo.InvariantCulture);
                labels[i] = byte.Parse(columns[Pixels], System.Globalization.CultureInfo.InvariantCulture);
            }

            return (images, labels);
        }

        private static int[] Shuffled(int seed)
        {
            // Keras: shuffles with NumPy's Mersenne Twister. Fisher and Yates' shuffle with SplitMix64 (Steele, Lea and Flood,
            // 2014) is ten lines of integer arithmetic and gives the same order on every platform and .NET version.
            int[] order = [.. Enumerable.Range(0, Samples)];
            ulong state = (ulong)seed;
            for (int i = Samples - 1; i > 0; i--)
            {
                state += 0x9E3779B97F4A7C15;
                ulong bits = state;
                bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
                bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
                bits ^= bits >> 31;
                int j = (int)Math.BigMul(bits, (ulong)(i + 1), out _);
                (order[i], order[j]) = (order[j], order[i]);
            }

            return order;
        }

        private static (Tensor X, Tensor Y) Take(byte[] images, byte[] labels, ReadOnlySpan<int> samples)
        {
            byte[] x = new byte[samples.Length * Pixels];
            byte[] y = new byte[samples.Length];
            for (int i = 0; i < samples.Length; i++)
            {
                images.AsSpan(samples[i] * Pixels, Pixels).CopyTo(x.AsSpan(i * Pixels));
                y[i] = labels[samples[i]];
            }

            return (Tensor.From(x, [samples.Length, Side, Side]), Tensor.From(y));
        }
    }
}
