using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>
/// Attention of some queries of one head, tile by tile of the logits: the sums so far are scaled down where a greater logit turns up, so that no row is needed as a whole.
/// </summary>
/// <typeparam name="TOps">The operations of a vector width.</typeparam>
/// <typeparam name="V">The vector type.</typeparam>
internal static unsafe class AttentionForward<TOps, V>
    where TOps : ISimdOps<V>
    where V : struct
{
    private const int TileQueries = AttentionGeometry.TileQueries, TileKeys = AttentionGeometry.TileKeys;

    /// <summary>Computes the results of a group of queries.</summary>
    public static void Run(AttentionGeometry g, KernelRequest request, void** slots, int batch, int head, int query)
    {
        int end = Math.Min(g.Queries, query + AttentionGeometry.GroupQueries);
        if (Run(g, request, slots, batch, head, query, end, whole: false)) return;

        // For a query none of whose keys counts all do equally, those after it, too.
        Run(g, request, slots, batch, head, query, end, whole: true);
    }

    /// <summary>Computes the results; false if keys were left out that turned out to count.</summary>
    private static bool Run(AttentionGeometry g, KernelRequest request, void** slots, int batch, int head, int query, int end, bool whole)
    {
        int keyHead = head / g.HeadsPerKeyHead, rowQ = g.Heads * g.Depth, rowK = g.KeyHeads * g.Depth, rowV = g.KeyHeads * g.ValueDepth, rowY = g.Heads * g.ValueDepth;
        float* q = (float*)slots[request.InputSlots[0]] + ((long)batch * g.Queries * rowQ) + (head * g.Depth);
        float* k = (float*)slots[request.InputSlots[1]] + ((long)batch * g.Keys * rowK) + (keyHead * g.Depth);
        float* v = (float*)slots[request.InputSlots[2]] + ((long)batch * g.Keys * rowV) + (keyHead * g.ValueDepth);
        float* y = (float*)slots[request.OutputSlots[0]] + ((long)batch * g.Queries * rowY) + (head * g.ValueDepth);
        float* stats = (float*)slots[request.OutputSlots[1]] + (2L * ((batch * g.Heads) + head) * g.Queries);
        AttentionExtras extras = new(g, request, slots, batch, head);

        float* keys = (float*)Scratch.Get(ScratchUse.Attention, sizeof(float) * (nuint)(TileKeys * (g.Depth + g.ValueDepth + TileQueries)));
        float* values = keys + (TileKeys * g.Depth), tile = values + (TileKeys * g.ValueDepth);
        bool trims = g.Causal && !whole;
        for (int i = query; i < end; i++) (stats[2 * i], stats[(2 * i) + 1]) = (float.MinValue, 0);
        int endKey = trims ? Math.Min(g.Keys, end) : g.Keys;
        for (int key = 0; key < endKey; key += TileKeys)
        {
            int tileKeys = Math.Min(TileKeys, endKey - key);
            GemmPacking.Interleave(k + ((long)key * rowK), rowK, tileKeys, g.Depth, keys, TileKeys);
            GemmPacking.Copy(v + ((long)key * rowV), rowV, g.ValueDepth, tileKeys, values, g.ValueDepth);
            for (int i = query; i < end; i += TileQueries)
            {
                int rows = Math.Min(TileQueries, end - i), columns = trims ? Math.Min(tileKeys, i + rows - key) : tileKeys;
                if (columns <= 0) continue;
                AttentionProducts<TOps, V>.Run(rows, columns, g.Depth, q + ((long)i * rowQ), rowQ, keys, TileKeys, tile, TileKeys);
                for (int r = 0; r < rows; r++)
                {
                    float* x = tile + (r * TileKeys), row = stats + (2 * (i + r)), sums = y + ((long)(i + r) * rowY);
                    int before = i + r - key + 1, count = trims ? Math.Clamp(before, 0, columns) : columns;
                    AttentionRows<TOps, V>.Logits(g, x, count, g.Causal ? before : count, extras.Bias(i + r, key), extras.Mask(i + r, key));
                    float max = AttentionRows<TOps, V>.Max(x, count, row[0]), factor = MathF.Exp(row[0] - max);
                    row[1] = (row[1] * factor) + AttentionRows<TOps, V>.Exponentials(x, count, max);
                    row[0] = max;
                    if (count < columns) AttentionRows<TOps, V>.Fill(x, count, columns, 0);
                    if (key > 0 && factor != 1) AttentionRows<TOps, V>.Multiply(sums, g.ValueDepth, factor);
                }

                AttentionProducts<TOps, V>.Run(rows, g.ValueDepth, columns, tile, TileKeys, values, g.ValueDepth, y + ((long)i * rowY), rowY, accumulate: key > 0);
            }
        }

        for (int i = query; i < end; i++)
        {
            if (trims && g.Mask >= 0 && i + 1 < g.Keys && stats[2 * i] <= (float)DotAttention.Masked) return false;
            if (g.Keys == 0) new Span<float>(y + ((long)i * rowY), g.ValueDepth).Clear();
            else AttentionRows<TOps, V>.Multiply(y + ((long)i * rowY), g.ValueDepth, 1 / stats[(2 * i) + 1]);
        }

        return true;
    }
}
