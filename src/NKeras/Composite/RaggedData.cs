using NKeras.Engine;

namespace NKeras.Core;

/// <summary>The data of a ragged tensor.</summary>
/// <param name="Values">The elements of all rows.</param>
/// <param name="RowSplits">Where each row starts, and the number of elements at the end.</param>
/// <param name="RowIds">The row of each element.</param>
/// <param name="Shape">The dimensions; that of the steps is unknown.</param>
/// <param name="MaxLength">The length of the longest row.</param>
internal sealed record RaggedData(Tensor Values, Tensor RowSplits, Tensor RowIds, Shape Shape, int MaxLength)
{
    /// <summary>Checks values and splits.</summary>
    public static RaggedData Read(Tensor values, Tensor rowSplits)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(rowSplits);
        if (values is not ConcreteTensor || rowSplits is not ConcreteTensor) throw new ArgumentException("A ragged tensor is made of tensors with data; received a symbolic one, or one that is composite itself.", nameof(values));
        if (values.Rank == 0) throw new ArgumentException("values is a scalar; it holds the elements of all rows.", nameof(values));
        if (!rowSplits.DType.IsInteger || rowSplits.Rank != 1 || rowSplits.Shape.Dims[0] == 0)
            throw new ArgumentException($"rowSplits is a vector of whole numbers, one more than rows; received {rowSplits.DType} of shape {rowSplits.Shape}.", nameof(rowSplits));
        int[] splits = Ops.Cast(rowSplits, DType.Int32).ToArray<int>();
        SparseData.CheckOffsets(splits, splits.Length - 1, values.Shape.Dims[0], nameof(rowSplits));
        return Of(values, splits);
    }

    /// <summary>The rows of several tensors one after the other, without values that only fill up a batch.</summary>
    public static RaggedData JoinRows(RaggedTensor[] parts)
    {
        int[][] splits = [.. parts.Select(p => p.RowSplits.ToArray<int>())];
        Shape inner = new(parts[0].Values.Shape.Dims);
        ConcreteTensor values = ConcreteTensor.Allocate(new TensorSpec(inner.With(0, splits.Sum(s => s[^1])), parts[0].DType));
        List<int> joined = [0];
        int row = inner.Dims[1..].ToArray().Aggregate(1, (a, b) => a * b);
        for (int i = 0; i < parts.Length; i++)
        {
            int first = joined[^1];
            ((ConcreteTensor)parts[i].Values).CopyElements(0, values, first * row, splits[i][^1] * row);
            joined.AddRange(splits[i].Skip(1).Select(s => s + first));
        }

        return Of(values, [.. joined]);
    }

    private static RaggedData Of(Tensor values, int[] splits)
    {
        int rows = splits.Length - 1, longest = 0;
        int[] ids = new int[values.Shape.Dims[0]];
        for (int i = 0; i < rows; i++)
        {
            ids.AsSpan(splits[i]..splits[i + 1]).Fill(i);
            longest = Math.Max(longest, splits[i + 1] - splits[i]);
        }

        Shape shape = new([rows, Shape.Unknown, .. values.Shape.Dims[1..]]);
        return new RaggedData(values, Tensor.From<int>(splits), Tensor.From<int>(ids), shape, longest);
    }
}
