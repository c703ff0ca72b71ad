using NKeras.Engine;

namespace NKeras.Core;

/// <summary>The data of a sparse tensor: places in order, none twice.</summary>
/// <param name="Coordinates">The coordinates along each axis.</param>
/// <param name="Values">The values.</param>
/// <param name="Shape">The dimensions.</param>
internal sealed record SparseData(Tensor[] Coordinates, Tensor Values, Shape Shape)
{
    /// <summary>Checks places and values, puts them in order and adds up those at one place.</summary>
    public static SparseData Read(Tensor indices, Tensor values, Shape denseShape)
    {
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(denseShape);
        if (!denseShape.IsKnown || denseShape.Rank == 0) throw new ArgumentException($"denseShape {denseShape}: a sparse tensor has one known dimension or more.", nameof(denseShape));
        if (indices is not ConcreteTensor || values is not ConcreteTensor) throw new ArgumentException("A sparse tensor is made of tensors with data; received a symbolic one.", nameof(indices));
        if (!indices.DType.IsInteger || indices.Rank != 2 || indices.Shape.Dims[1] != denseShape.Rank)
            throw new ArgumentException($"indices holds a row of {denseShape.Rank} whole numbers for each value, as denseShape {denseShape} has {denseShape.Rank} dimensions; received {indices.DType} of shape {indices.Shape}.", nameof(indices));
        if (values.Rank != 1 || values.Shape.Dims[0] != indices.Shape.Dims[0])
            throw new ArgumentException($"values holds one number for each of the {indices.Shape.Dims[0]} indices; received shape {values.Shape}.", nameof(values));
        return Ordered(Coordinate(indices, denseShape), values, denseShape);
    }

    /// <summary>The elements that are not zero.</summary>
    public static SparseData NonZero(Tensor dense)
    {
        if (dense.Rank == 0) throw new ArgumentException("A scalar cannot be made sparse.", nameof(dense));
        ElementView view = ElementView.Of(dense);
        int[] at = [.. Enumerable.Range(0, view.Size).Where(i => view.Number(i) != 0)], strides = Strides.Of(dense.Shape);
        int[][] coordinates = [.. Enumerable.Range(0, dense.Rank).Select(k => Array.ConvertAll(at, i => i / strides[k] % dense.Shape.Dims[k]))];
        return new SparseData([.. coordinates.Select(c => Tensor.From<int>(c))], Pick(dense, at), dense.Shape);
    }

    /// <summary>The rows of several tensors one after the other, without values that only fill up a batch.</summary>
    public static SparseData JoinRows(SparseTensor[] parts)
    {
        Shape shape = parts[0].Shape.With(0, parts.Sum(p => p.Shape.Dims[0]));
        List<int>[] coordinates = [.. Enumerable.Range(0, shape.Rank).Select(_ => new List<int>())];
        List<(ConcreteTensor Values, int At)> values = [];
        int first = 0;
        foreach (SparseTensor part in parts)
        {
            int[][] from = [.. part.Coordinates.Select(c => c.ToArray<int>())];
            int rows = part.Shape.Dims[0];
            for (int i = 0; i < from[0].Length; i++)
            {
                if (from[0][i] >= rows) continue;
                for (int k = 0; k < from.Length; k++) coordinates[k].Add(from[k][i] + (k == 0 ? first : 0));
                values.Add(((ConcreteTensor)part.Values, i));
            }

            first += rows;
        }

        ConcreteTensor joined = ConcreteTensor.Allocate(new TensorSpec(new Shape([values.Count]), parts[0].DType));
        for (int i = 0; i < values.Count; i++) values[i].Values.CopyElements(values[i].At, joined, i, 1);
        return Ordered([.. coordinates.Select(c => c.ToArray())], joined, shape);
    }

    /// <summary>Where the values of each row start, and their number at the end.</summary>
    public static int[] RowStarts(Tensor rows, int count)
    {
        int[] starts = new int[count + 1];
        foreach (int row in rows.ToArray<int>()) starts[row + 1]++;
        for (int i = 0; i < count; i++) starts[i + 1] += starts[i];
        return starts;
    }

    /// <summary>Checks where rows start.</summary>
    public static void CheckOffsets(IReadOnlyList<int> offsets, int rows, int values, string name)
    {
        if (offsets.Count != rows + 1 || offsets[0] != 0 || offsets[^1] != values)
            throw new ArgumentException($"{name} holds {rows + 1} numbers for {rows} rows, from 0 to the number of values, {values}; received {offsets.Count} numbers{(offsets.Count > 0 ? $" from {offsets[0]} to {offsets[^1]}" : "")}.", name);
        for (int i = 1; i < offsets.Count; i++)
        {
            if (offsets[i] < offsets[i - 1]) throw new ArgumentException($"{name} falls from {offsets[i - 1]} to {offsets[i]} at {i}; where a row starts, the one before ends.", name);
        }
    }

    private static int[][] Coordinate(Tensor indices, Shape shape)
    {
        ElementView view = ElementView.Of(indices);
        int rank = shape.Rank, count = indices.Shape.Dims[0];
        int[][] coordinates = [.. Enumerable.Range(0, rank).Select(_ => new int[count])];
        for (int i = 0; i < view.Size; i++)
        {
            long at = view.Long(i);
            if (at < 0 || at >= shape.Dims[i % rank])
                throw new ArgumentException($"indices[{i / rank}] is ({string.Join(", ", Enumerable.Range(0, rank).Select(k => view.Long((i / rank * rank) + k)))}), which is outside of denseShape {shape}.", nameof(indices));
            coordinates[i % rank][i / rank] = (int)at;
        }

        return coordinates;
    }

    private static SparseData Ordered(int[][] coordinates, Tensor values, Shape shape)
    {
        int count = values.Shape.Dims[0];
        int[] order = [.. Enumerable.Range(0, count)];
        if (Enumerable.Range(1, Math.Max(0, count - 1)).Any(i => Compare(i - 1, i) >= 0)) Array.Sort(order, (a, b) => Compare(a, b) is not 0 and var c ? c : a.CompareTo(b));
        int[] firsts = [.. Enumerable.Range(0, count).Where(i => i == 0 || Compare(order[i - 1], order[i]) != 0)];
        int[] kept = Array.ConvertAll(firsts, i => order[i]);
        ConcreteTensor sums = Pick(values, kept);
        if (firsts.Length < count) AddRepeated(values, order, firsts, sums);
        return new SparseData([.. coordinates.Select(c => Tensor.From<int>(Array.ConvertAll(kept, i => c[i])))], sums, shape);

        int Compare(int a, int b)
        {
            foreach (int[] coordinate in coordinates)
            {
                if (coordinate[a] != coordinate[b]) return coordinate[a] < coordinate[b] ? -1 : 1;
            }

            return 0;
        }
    }

    /// <summary>Adds to each value those that have the same place.</summary>
    private static void AddRepeated(Tensor values, int[] order, int[] firsts, ConcreteTensor sums)
    {
        if (values.DType == DType.String) throw new ArgumentException("indices has a place twice. Numbers at one place are added up, but texts cannot be.", "indices");
        ElementView from = ElementView.Of(values), to = ElementView.Of(sums);
        for (int k = 0; k < firsts.Length; k++)
        {
            for (int i = firsts[k] + 1; i < (k + 1 < firsts.Length ? firsts[k + 1] : order.Length); i++)
            {
                if (from.IsFloating) to.SetDouble(k, to.Double(k) + from.Double(order[i]));
                else to.SetLong(k, values.DType == DType.Bool ? to.Long(k) | from.Long(order[i]) : to.Long(k) + from.Long(order[i]));
            }
        }
    }

    private static ConcreteTensor Pick(Tensor from, int[] at)
    {
        ConcreteTensor result = ConcreteTensor.Allocate(new TensorSpec(new Shape([at.Length]), from.DType)), source = (ConcreteTensor)from;
        for (int i = 0; i < at.Length; i++) source.CopyElements(at[i], result, i, 1);
        return result;
    }
}
