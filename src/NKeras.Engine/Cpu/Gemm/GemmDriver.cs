using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Runs planned products with the kernels of one vector width.</summary>
/// <typeparam name="TOps">The operations of a vector width.</typeparam>
/// <typeparam name="V">The vector type.</typeparam>
internal static unsafe class GemmDriver<TOps, V>
    where TOps : ISimdOps<V>
    where V : struct
{
    /// <summary>Floats of A that one part of the shared packing moves.</summary>
    private const int PackingPart = 64 * 1024;

    /// <summary>Computes the products.</summary>
    /// <param name="problem">What is computed.</param>
    /// <param name="pool">The threads that may help; null for the calling one alone, which gives the same bits.</param>
    public static void Run(in GemmProblem problem, WorkerPool? pool)
    {
        GemmPlan plan = new(problem, GemmBlock.Rows(TOps.Width), GemmBlock.Vectors(TOps.Width) * TOps.Width);
        void* context = Unsafe.AsPointer(ref plan); // On the stack, so it does not move.
        if (plan.ShareA)
        {
            plan.SharedA = (float*)Scratch.Get(ScratchUse.GemmSharedA, sizeof(float) * (nuint)plan.Problem.M * (nuint)plan.Problem.K);
            int panels = (plan.Problem.M + plan.PanelRows - 1) / plan.PanelRows;
            int panelsEach = PanelsOfPackingPart(plan);
            RunParts(pool, (panels + panelsEach - 1) / panelsEach, &PackPart, context);
        }

        RunParts(pool, plan.Parts, &RunPart, context);
    }

    private static void RunParts(WorkerPool? pool, int parts, delegate*<void*, int, void> body, void* context)
    {
        if (pool != null && parts > 1)
        {
            pool.Run(parts, body, context);
            return;
        }

        for (int i = 0; i < parts; i++) body(context, i);
    }

    private static int PanelsOfPackingPart(in GemmPlan plan) => Math.Max(1, PackingPart / (plan.PanelRows * Math.Max(plan.Problem.K, 1)));

    private static void PackPart(void* context, int part)
    {
        ref GemmPlan plan = ref Unsafe.AsRef<GemmPlan>(context);
        ref GemmProblem p = ref plan.Problem;
        int rows = PanelsOfPackingPart(plan) * plan.PanelRows;
        int row = part * rows;
        rows = Math.Min(rows, p.M - row);
        for (int k = 0; k < p.K; k += plan.Depth)
        {
            int depth = Math.Min(plan.Depth, p.K - k);
            PackA(plan, p.A, row, rows, k, depth, plan.SharedA + (nint)k * p.M + (nint)row * depth);
        }
    }

    private static void RunPart(void* context, int part)
    {
        ref GemmPlan plan = ref Unsafe.AsRef<GemmPlan>(context);
        int tiles = plan.RowTiles * plan.ColumnTiles;
        int group = part / tiles;
        int tile = part - group * tiles;
        int rowTile = tile / plan.ColumnTiles;
        int columnTile = tile - rowTile * plan.ColumnTiles;
        int batchEnd = Math.Min(plan.Problem.Batch, (group + 1) * plan.BatchesPerPart);
        for (int batch = group * plan.BatchesPerPart; batch < batchEnd; batch++)
            RunTile(plan, batch, rowTile * plan.TileRows, columnTile * plan.TileColumns);
    }

    private static void RunTile(in GemmPlan plan, int batch, int row, int column)
    {
        ref readonly GemmProblem p = ref plan.Problem;
        int rows = Math.Min(plan.TileRows, p.M - row);
        int columns = Math.Min(plan.TileColumns, p.N - column);
        float* a = p.A + batch * p.StrideA;
        float* c = p.C + batch * p.StrideC + row * p.Ldc + column;

        float* packed = null;
        if (plan.PackA && !plan.ShareA)
            packed = (float*)Scratch.Get(ScratchUse.GemmA, sizeof(float) * (nuint)rows * (nuint)plan.Depth);

        int k = 0;
        do // Once even when K is 0, for the bias and what follows.
        {
            int depth = Math.Min(plan.Depth, p.K - k);
            float* blockA;
            if (plan.ShareA)
                blockA = plan.SharedA + (nint)k * p.M + (nint)row * depth;
            else if (plan.PackA)
                PackA(plan, a, row, rows, k, depth, blockA = packed);
            else
                blockA = p.TransposeA ? a + k * p.Lda + row : a + row * p.Lda + k;

            RunBlock(plan, batch, blockA, rows, column, columns, k, depth, c);
            k += depth;
        }
        while (k < p.K);

        if (p.Epilogue is { } epilogue)
            for (int i = 0; i < rows; i++) epilogue.Apply(c + i * p.Ldc, batch, row + i, column, columns);
    }

    /// <summary>Adds to a tile the products of a range of ks.</summary>
    private static void RunBlock(
        in GemmPlan plan, int batch, float* a, int rows, int column, int columns, int k, int depth, float* c)
    {
        ref readonly GemmProblem p = ref plan.Problem;
        int width = TOps.Width, usualVectors = GemmBlock.Vectors(width), mostVectors = GemmBlock.MostVectors(width);
        float* b = p.B + batch * p.StrideB;
        float* panel = null;
        if (plan.PackB)
            panel = (float*)Scratch.Get(ScratchUse.GemmB, sizeof(float) * (nuint)(mostVectors * width) * (nuint)depth);

        bool last = k + depth >= p.K;
        bool rowsApart = !plan.PackA && !p.TransposeA;
        GemmKernelArguments arguments;
        arguments.StrideC = p.Ldc;
        arguments.K = depth;
        arguments.Accumulate = p.Accumulate || k > 0;
        arguments.Relu = p.Relu && last;

        // Panels of nearly equal width: a narrow one at the end would waste registers. For one or two rows, the widest
        // there are, since then reading B is all that counts.
        int vectorsLeft = (columns + width - 1) / width;
        int panelsLeft = p.M <= 2
            ? (vectorsLeft + mostVectors - 1) / mostVectors
            : Math.Max(1, (vectorsLeft + 2 * usualVectors - mostVectors - 1) / usualVectors);
        for (int j = 0; panelsLeft > 0; panelsLeft--)
        {
            int vectors = (vectorsLeft + panelsLeft - 1) / panelsLeft;
            int panelColumns = Math.Min(vectors * width, columns - j);
            if (plan.PackB)
            {
                arguments.B = panel;
                arguments.StrideB = vectors * width;
                if (p.TransposeB) GemmPacking.Interleave(b + (column + j) * p.Ldb + k, p.Ldb, panelColumns, depth, panel, vectors * width);
                else GemmPacking.Copy(b + k * p.Ldb + column + j, p.Ldb, panelColumns, depth, panel, vectors * width);
            }
            else
            {
                arguments.B = b + k * p.Ldb + column + j;
                arguments.StrideB = p.Ldb;
            }

            arguments.Tail = panelColumns - (vectors - 1) * width;
            bool tail = arguments.Tail != width;
            arguments.Bias = p.Bias != null && last ? p.Bias + column + j : null;

            int panelRows = Math.Min(plan.PanelRows, rows);
            delegate*<GemmKernelArguments*, void> kernel = GemmKernels<TOps, V>.Get(panelRows, vectors, rowsApart, tail);
            for (int i = 0; i < rows; i += panelRows)
            {
                if (rows - i < panelRows)
                    kernel = GemmKernels<TOps, V>.Get(panelRows = rows - i, vectors, rowsApart, tail);
                arguments.A = plan.PackA ? a + (nint)i * depth : p.TransposeA ? a + i : a + i * p.Lda;
                arguments.StrideA = plan.PackA ? panelRows : p.Lda;
                arguments.C = c + i * p.Ldc + j;
                kernel(&arguments);
            }

            j += panelColumns;
            vectorsLeft -= vectors;
        }
    }

    private static void PackA(in GemmPlan plan, float* a, int row, int rows, int k, int depth, float* target)
    {
        ref readonly GemmProblem p = ref plan.Problem;
        for (int i = 0; i < rows; i += plan.PanelRows)
        {
            int panelRows = Math.Min(plan.PanelRows, rows - i);
            if (p.TransposeA) GemmPacking.Copy(a + k * p.Lda + row + i, p.Lda, panelRows, depth, target, panelRows);
            else GemmPacking.Interleave(a + (row + i) * p.Lda + k, p.Lda, panelRows, depth, target, panelRows);
            target += (nint)panelRows * depth;
        }
    }
}
