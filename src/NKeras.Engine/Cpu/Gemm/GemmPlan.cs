namespace NKeras.Engine.Cpu;

/// <summary>How one call is blocked and cut into parts: decided by sizes only, never by the number of threads.</summary>
internal unsafe struct GemmPlan
{
    /// <summary>With fewer multiplications than this in the whole call, waking a second thread costs more than it gains.</summary>
    private const long ParallelWork = 1 << 19;

    /// <summary>Parts are not cut when that leaves them less than about this.</summary>
    private const long PartWork = 1 << 21;

    private const int WantedParts = 16;

    /// <summary>A panel of B of this depth and a block's rows of A fit the first-level cache together, or nearly.</summary>
    private const int MaxDepth = 320;

    /// <summary>Floats of A that stay in the second-level cache while panels of B go by.</summary>
    private const int CachedA = 128 * 1024;

    /// <summary>The largest A that is packed as a whole, before the parts start, instead of by each part.</summary>
    private const long MaxSharedA = 1024 * 1024;

    /// <summary>What is computed.</summary>
    public GemmProblem Problem;

    /// <summary>Rows of a panel of A.</summary>
    public int PanelRows;

    /// <summary>Columns of a full panel of B.</summary>
    public int PanelColumns;

    /// <summary>How many ks are summed in registers before the sums go to C.</summary>
    public int Depth;

    /// <summary>Rows of a tile.</summary>
    public int TileRows;

    /// <summary>Columns of a tile.</summary>
    public int TileColumns;

    /// <summary>Tiles below each other in one C.</summary>
    public int RowTiles;

    /// <summary>Tiles beside each other in one C.</summary>
    public int ColumnTiles;

    /// <summary>How many products of the batch a part does; above 1, each is a single tile.</summary>
    public int BatchesPerPart;

    /// <summary>The number of parts.</summary>
    public int Parts;

    /// <summary>The kernel reads A from panels instead of where it is.</summary>
    public bool PackA;

    /// <summary>The kernel reads B from panels instead of where it is.</summary>
    public bool PackB;

    /// <summary>A is packed once for all parts.</summary>
    public bool ShareA;

    /// <summary>The shared panels of A.</summary>
    public float* SharedA;

    /// <summary>Plans a call.</summary>
    public GemmPlan(in GemmProblem p, int width, int rows, int vectors)
    {
        Problem = p;
        PanelColumns = width * vectors;
        PanelRows = Spread(p.M, rows);

        int panels = (p.N + PanelColumns - 1) / PanelColumns;
        PackA = p.M > 2 && (p.TransposeA ? panels > 2 : panels > 3);
        PackB = p.TransposeB || (p.M > 4 * PanelRows && p.K * (long)p.Ldb > 16 * 1024);
        Depth = p.M <= PanelRows && !PackB ? Math.Max(p.K, 1) : Spread(p.K, MaxDepth);

        long work = (long)p.M * p.N * p.K;
        bool parallel = work * p.Batch >= ParallelWork;
        bool shareable = PackA && p.Batch == 1 && (long)p.M * p.K <= MaxSharedA;
        TileRows = Math.Min(p.M, Math.Max(1, CachedA / Depth / PanelRows) * PanelRows);
        TileColumns = Math.Min(p.N, 8 * PanelColumns);
        int fewestColumns = shareable || !PackA ? PanelColumns : 4 * PanelColumns;
        while (parallel && Count(p.M, TileRows) * (long)Count(p.N, TileColumns) * p.Batch < WantedParts
            && (long)TileRows * TileColumns * p.K > PartWork)
        {
            if (TileColumns > fewestColumns) TileColumns = Halve(TileColumns, PanelColumns);
            else if (TileRows > 16 * PanelRows) TileRows = Halve(TileRows, PanelRows);
            else break;
        }

        RowTiles = Count(p.M, TileRows);
        ColumnTiles = Count(p.N, TileColumns);
        int tiles = RowTiles * ColumnTiles;
        ShareA = shareable && ColumnTiles > 1;
        BatchesPerPart = !parallel ? p.Batch : tiles > 1 ? 1 : (int)Math.Clamp(PartWork / Math.Max(work, 1), 1, p.Batch);
        Parts = Count(p.Batch, BatchesPerPart) * tiles;
    }

    /// <summary>The size of the pieces when a length is cut into as few nearly equal ones as may be.</summary>
    private static int Spread(int length, int largest) =>
        length <= largest ? Math.Max(length, 1) : Count(length, Count(length, largest));

    private static int Count(int length, int piece) => (int)(((uint)length + (uint)piece - 1) / (uint)piece);

    private static int Halve(int length, int unit) => Count(Count(length, 2), unit) * unit;
}
