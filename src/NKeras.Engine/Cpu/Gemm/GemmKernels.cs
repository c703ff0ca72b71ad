namespace NKeras.Engine.Cpu;

/// <summary>Finds the compiled variant of <see cref="GemmKernel"/> for a block. A variant is compiled when first used.</summary>
/// <typeparam name="TOps">The operations of a vector width.</typeparam>
/// <typeparam name="V">The vector type.</typeparam>
internal static unsafe class GemmKernels<TOps, V>
    where TOps : ISimdOps<V>
    where V : struct
{
    private const int MaxRows = 8;
    private const int MaxVectors = 3;

    private static readonly delegate*<GemmKernelArguments*, void>[] s_known =
        new delegate*<GemmKernelArguments*, void>[MaxRows * MaxVectors * 4];

    /// <summary>The kernel for a block.</summary>
    /// <param name="rows">Rows of the block, 1 to 8.</param>
    /// <param name="vectors">Vectors in a row, 1 to 3.</param>
    /// <param name="rowsApart">Neighbours in A are ks, not rows.</param>
    /// <param name="tail">Only part of the last vector is in use.</param>
    public static delegate*<GemmKernelArguments*, void> Get(int rows, int vectors, bool rowsApart, bool tail)
    {
        int index = (((rows - 1) * MaxVectors + vectors - 1) * 2 + (rowsApart ? 1 : 0)) * 2 + (tail ? 1 : 0);
        delegate*<GemmKernelArguments*, void> kernel = s_known[index];
        // Two threads may both look a kernel up: they find the same.
        return kernel != null ? kernel : s_known[index] = Find(rows, vectors, rowsApart, tail);
    }

    private static delegate*<GemmKernelArguments*, void> Find(int rows, int vectors, bool rowsApart, bool tail) => rows switch
    {
        1 => Find<Const1>(vectors, rowsApart, tail),
        2 => Find<Const2>(vectors, rowsApart, tail),
        3 => Find<Const3>(vectors, rowsApart, tail),
        4 => Find<Const4>(vectors, rowsApart, tail),
        5 => Find<Const5>(vectors, rowsApart, tail),
        6 => Find<Const6>(vectors, rowsApart, tail),
        7 => Find<Const7>(vectors, rowsApart, tail),
        _ => Find<Const8>(vectors, rowsApart, tail),
    };

    private static delegate*<GemmKernelArguments*, void> Find<TRows>(int vectors, bool rowsApart, bool tail)
        where TRows : struct, IConstant => vectors switch
        {
            1 => Find<TRows, Const1>(rowsApart, tail),
            2 => Find<TRows, Const2>(rowsApart, tail),
            _ => Find<TRows, Const3>(rowsApart, tail),
        };

    private static delegate*<GemmKernelArguments*, void> Find<TRows, TVectors>(bool rowsApart, bool tail)
        where TRows : struct, IConstant
        where TVectors : struct, IConstant => (rowsApart, tail) switch
        {
            (false, false) => &GemmKernel.Run<TOps, V, TRows, TVectors, Const0, Const0>,
            (false, true) => &GemmKernel.Run<TOps, V, TRows, TVectors, Const0, Const1>,
            (true, false) => &GemmKernel.Run<TOps, V, TRows, TVectors, Const1, Const0>,
            (true, true) => &GemmKernel.Run<TOps, V, TRows, TVectors, Const1, Const1>,
        };
}
