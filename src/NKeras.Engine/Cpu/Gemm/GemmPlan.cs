namespace NKeras.Engine.Cpu;

/// <summary>How one call is blocked and cut into parts: decided by sizes only, never by the number of threads.</summary>
internal unsafe struct GemmPlan
{
    /// <summary>With fewer multiplications than this in the whole call, waking a second thread costs more than it gains.</summary>
    private const long ParallelWork = 1 << 19;

    /// <summary>Parts with fewer multiplications are not cut further.</summary>
    private const long PartWork = 1 << 19;

    /// <summary>A power of two, as counts of cores often are.</summary>
    private const int WantedParts = 16;

    /// <summary>The largest <see cref="Depth"/>: a panel of B fits the first-level cache, or nearly.</summary>
    private const int MaxDepth = 256;

    /// <summary>Floats of A that stay in the second-level cache while panels of B go by.</summary>
    private const int CachedA = 128 * 1024;

    /// <summary>The largest A that is packed as a whole, before the parts start, instead of by each part.</summary>
    private const long MaxSharedA = 4 * 1024 * 1024;

    private const int MaxTileColumns = 384;

    /// <summary>Copying B pays if more panels of rows than this read it; until then it comes from the second-level cache fast enough.</summary>
    private const int FewRowPanels = 16;

    /// <summary>Where every tile packs its rows of A, fewer columns would not make up for that.</summary>
    private const int MinTileColumns = 192;

    /// <summary>Where every tile packs its columns of B, fewer rows would not make up for that.</summary>
    private const int MinTileRows = 128;

    /// <summary>What is computed.</summary>
    public GemmProblem Problem;

    /// <summary>Rows of a panel of A.</summary>
    public int PanelRows;

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
    /// <param name="p">The call.</param>
    /// <param name="rows">Rows of the register block.</param>
    /// <param name="columns">Columns of the register block.</param>
    public GemmPlan(in GemmProblem p, int rows, int columns)
    {
        Problem = p;
        PanelRows = Spread(p.M, rows, 1);

        int panels = Count(p.N, columns);
        PackA = p.M > 2 && (p.TransposeA ? panels > 2 : panels > 4);
        PackB = p.TransposeB || (p.M > FewRowPanels * PanelRows && p.K * (long)p.Ldb > 16 * 1024);
        Depth = p.M <= PanelRows && !PackB ? Math.Max(p.K, 1) : Spread(p.K, MaxDepth, 1);

        long work = (long)p.M * p.N * p.K;
        bool parallel = work * p.Batch >= ParallelWork;
        bool shareable = PackA && p.Batch == 1 && (long)p.M * p.K <= MaxSharedA;
        TileRows = Spread(p.M, Math.Max(CachedA / Depth, PanelRows), PanelRows);
        TileColumns = Spread(p.N, MaxTileColumns, columns);
        int fewestRows = PackB ? MinTileRows : PanelRows;
        int fewestColumns = PackA && !shareable ? MinTileColumns : columns;
        while (parallel && Count(p.M, TileRows) * (long)Count(p.N, TileColumns) * p.Batch < WantedParts
            && (long)TileRows * TileColumns * p.K > PartWork)
        {
            if (TileColumns > fewestColumns) TileColumns = Spread(TileColumns, (TileColumns + 1) / 2, columns);
            else if (TileRows > fewestRows) TileRows = Spread(TileRows, (TileRows + 1) / 2, PanelRows);
            else break;
        }

        RowTiles = Count(p.M, TileRows);
        ColumnTiles = Count(p.N, TileColumns);
        int tiles = RowTiles * ColumnTiles;
        ShareA = shareable && ColumnTiles > 1;
        BatchesPerPart = !parallel ? p.Batch : tiles > 1 ? 1 : (int)Math.Clamp(PartWork / Math.Max(work, 1), 1, p.Batch);
        Parts = Count(p.Batch, BatchesPerPart) * tiles;
    }

    /// <summary>The size of the pieces when a length is cut into as few nearly equal ones as may be, each a multiple of a unit.</summary>
    private static int Spread(int length, int largest, int unit) =>
        length <= largest ? Math.Max(length, 1) : Count(Count(length, Count(length, largest)), unit) * unit;

    private static int Count(int length, int piece) => (int)(((uint)length + (uint)piece - 1) / (uint)piece);
}
