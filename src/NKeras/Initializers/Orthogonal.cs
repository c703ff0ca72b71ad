using System.Runtime.Intrinsics;
using NKeras.Engine;
using NKeras.Saving;

namespace NKeras.Initializers;

/// <summary>
/// A random matrix with orthonormal rows or columns, whichever are fewer, times a gain (<c>keras.initializers.Orthogonal</c>;
/// Saxe et al., 2014). A shape of higher rank counts as a matrix of all its leading axes by the last.
/// </summary>
/// <param name="gain">The factor.</param>
/// <param name="seed">The seed, or a generator, with which every call gives other values; from the program's global sequence if omitted.</param>
public sealed class Orthogonal(double gain = 1.0, RandomSeed? seed = null) : RandomInitializer(seed)
{
    /// <summary>The factor.</summary>
    public double Gain { get; } = gain;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shape has fewer than two axes.</exception>
    public override Tensor Apply(Shape shape, DType? dtype = null)
    {
        if (shape.Rank < 2)
            throw new ArgumentException($"The Orthogonal initializer makes tensors with two axes or more; received shape {shape}.", nameof(shape));
        int columns = shape.Dims[^1], rows = columns == 0 ? 0 : shape.Size / columns;
        int count = Math.Min(rows, columns), length = Math.Max(rows, columns);
        Reading.Current?.AddWork((double)count * count * length, $"An orthogonal value of shape {shape}");

        // vectors[i] is a row of the result if there are fewer rows than columns, else a column.
        float[] random = RandomOps.Normal(new Shape([count, length]), dtype: DType.Float32, seed: Source).ToArray<float>();
        double[][] vectors = [.. Enumerable.Range(0, count).Select(i => Array.ConvertAll(random[(i * length)..((i + 1) * length)], v => (double)v))];
        Orthonormalize(vectors);

        ConcreteTensor result = ConcreteTensor.Allocate(new TensorSpec(shape, dtype ?? Config.Floatx()));
        ElementView view = ElementView.Of(result);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                view.SetNumber((r * columns) + c, Gain * (rows < columns ? vectors[r][c] : vectors[c][r]));
        }

        return result;
    }

    /// <summary>Gram and Schmidt's procedure, each step done twice: once is not enough in finite precision, twice is.</summary>
    private static void Orthonormalize(double[][] vectors)
    {
        for (int i = 0; i < vectors.Length; i++)
        {
            double[] v = vectors[i];
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++) AddMultiple(v, vectors[j], -Dot(v, vectors[j]));
            }

            double norm = Math.Sqrt(Dot(v, v));
            for (int k = 0; k < v.Length; k++) v[k] /= norm;
        }
    }

    /// <summary>The inner product. Always four sums side by side, so that every machine gives the same bits.</summary>
    private static double Dot(double[] a, double[] b)
    {
        Vector256<double> sums = default;
        int i = 0;
        for (; i <= a.Length - Vector256<double>.Count; i += Vector256<double>.Count) sums += Vector256.Create(a, i) * Vector256.Create(b, i);
        double sum = Vector256.Sum(sums);
        for (; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void AddMultiple(double[] to, double[] of, double factor)
    {
        int i = 0;
        for (; i <= to.Length - Vector256<double>.Count; i += Vector256<double>.Count) (Vector256.Create(to, i) + (Vector256.Create(of, i) * factor)).CopyTo(to, i);
        for (; i < to.Length; i++) to[i] += of[i] * factor;
    }
}
