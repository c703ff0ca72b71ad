namespace NKeras.Tests.Operations.Properties;

/// <summary>An array of numbers whose elements are found one by one, by definition: what fast tensors are compared with.</summary>
/// <param name="Dims">The dimensions.</param>
/// <param name="Items">The elements in row-major order.</param>
internal sealed record SlowArray(int[] Dims, int[] Items)
{
    public int Rank => Dims.Length;

    public int this[ReadOnlySpan<int> index] => Items[Place(index)];

    public Tensor ToTensor() => Tensor.From(Items, Dims);

    /// <summary>An array whose element at each index is given by a function.</summary>
    public static SlowArray Of(int[] dims, Func<int[], int> item) => new(dims, [.. Indices(dims).Select(item)]);

    /// <summary>An array of different numbers.</summary>
    public static SlowArray Counting(int[] dims) => new(dims, [.. Enumerable.Range(0, dims.Aggregate(1, (a, b) => a * b))]);

    /// <summary>All indices of an array, in row-major order.</summary>
    public static IEnumerable<int[]> Indices(int[] dims)
    {
        if (dims.Contains(0)) yield break;
        int[] index = new int[dims.Length];
        while (true)
        {
            yield return [.. index];
            int axis = dims.Length - 1;
            while (axis >= 0 && ++index[axis] == dims[axis]) index[axis--] = 0;
            if (axis < 0) yield break;
        }
    }

    /// <summary>The place of an index among the elements.</summary>
    public int Place(ReadOnlySpan<int> index)
    {
        int place = 0;
        for (int axis = 0; axis < Dims.Length; axis++)
        {
            Assert.InRange(index[axis], 0, Dims[axis] - 1);
            place = (place * Dims[axis]) + index[axis];
        }

        return place;
    }

    /// <summary>The element that an index of a larger shape meets when this array is broadcast to it.</summary>
    public int Broadcast(int[] index)
    {
        int[] own = new int[Rank];
        for (int axis = 0; axis < Rank; axis++) own[axis] = Dims[axis] == 1 ? 0 : index[index.Length - Rank + axis];
        return this[own];
    }

    /// <summary>The shape that shapes are broadcast to; null if they do not fit.</summary>
    public static int[]? Common(params int[][] shapes)
    {
        int[] common = new int[shapes.Max(s => s.Length)];
        for (int i = 1; i <= common.Length; i++)
        {
            int[] given = [.. shapes.Where(s => s.Length >= i).Select(s => s[^i]).Where(d => d != 1).Distinct()];
            if (given.Length > 1) return null;
            common[^i] = given.Length == 0 ? 1 : given[0];
        }

        return common;
    }
}
