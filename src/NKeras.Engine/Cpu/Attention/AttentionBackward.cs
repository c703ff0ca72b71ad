using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>The gradients of attention for the heads that share a head of keys, tile by tile of the logits, which are computed again.</summary>
/// <typeparam name="TOps">The operations of a vector width.</typeparam>
/// <typeparam name="V">The vector type.</typeparam>
internal static unsafe class AttentionBackward<TOps, V>
    where TOps : ISimdOps<V>
    where V : struct
{
    private const int TileQueries = AttentionGeometry.TileQueries, TileKeys = AttentionGeometry.TileKeys;

    /// <summary>Computes the gradients for one head of keys.</summary>
    public static void Run(AttentionGeometry g, KernelRequest request, void** slots, int batch, int keyHead)
    {
        int rowQ = g.Heads * g.Depth, rowK = g.KeyHeads * g.Depth, rowV = g.KeyHeads * g.ValueDepth, rowY = g.Heads * g.ValueDepth, first = request.InputSlots.Length - 3;
        long atK = ((long)batch * g.Keys * rowK) + (keyHead * g.Depth), atV = ((long)batch * g.Keys * rowV) + (keyHead * g.ValueDepth);
        float* k = (float*)slots[request.InputSlots[1]] + atK, v = (float*)slots[request.InputSlots[2]] + atV;
        float* dk = (float*)slots[request.OutputSlots[1]] + atK, dv = (float*)slots[request.OutputSlots[2]] + atV;
        Clear(dk, g.Keys, rowK, g.Depth);
        Clear(dv, g.Keys, rowV, g.ValueDepth);

        int tile = TileKeys * TileQueries;
        float* keys = (float*)Scratch.Get(ScratchUse.Attention, sizeof(float) * (nuint)((TileKeys * ((2 * g.Depth) + g.ValueDepth)) + (2 * tile) + g.Queries));
        float* keyRows = keys + (TileKeys * g.Depth), values = keyRows + (TileKeys * g.Depth), x = values + (TileKeys * g.ValueDepth), dx = x + tile, means = dx + tile;
        for (int head = keyHead * g.HeadsPerKeyHead; head < (keyHead + 1) * g.HeadsPerKeyHead; head++)
        {
            long atQ = ((long)batch * g.Queries * rowQ) + (head * g.Depth), atY = ((long)batch * g.Queries * rowY) + (head * g.ValueDepth);
            float* q = (float*)slots[request.InputSlots[0]] + atQ, dq = (float*)slots[request.OutputSlots[0]] + atQ;
            float* y = (float*)slots[request.InputSlots[first]] + atY, dy = (float*)slots[request.InputSlots[first + 2]] + atY;
            float* stats = (float*)slots[request.InputSlots[first + 1]] + (2L * ((batch * g.Heads) + head) * g.Queries);
            float* logits = request.OutputSlots.Length == 4 ? (float*)slots[request.OutputSlots[3]] + ((long)((batch * g.Heads) + head) * g.Queries * g.Keys) : null;
            if (logits != null) Clear(logits, g.Queries, g.Keys, g.Keys);
            Clear(dq, g.Queries, rowQ, g.Depth);
            for (int i = 0; i < g.Queries; i++) means[i] = AttentionRows<TOps, V>.Dot(y + ((long)i * rowY), dy + ((long)i * rowY), g.ValueDepth);
            AttentionExtras extras = new(g, request, slots, batch, head);
            for (int key = 0; key < g.Keys; key += TileKeys)
            {
                int tileKeys = Math.Min(TileKeys, g.Keys - key);
                float* keyTile = k + ((long)key * rowK), valueTile = v + ((long)key * rowV);
                GemmPacking.Interleave(keyTile, rowK, tileKeys, g.Depth, keys, TileKeys);
                GemmPacking.Interleave(valueTile, rowV, tileKeys, g.ValueDepth, values, TileKeys);
                GemmPacking.Copy(keyTile, rowK, g.Depth, tileKeys, keyRows, g.Depth);
                for (int i = 0; i < g.Queries; i += TileQueries)
                {
                    int rows = Math.Min(TileQueries, g.Queries - i), columns = Columns(g, stats, key, tileKeys, i, rows);
                    if (columns <= 0) continue;
                    float* queryTile = q + ((long)i * rowQ), cotangents = dy + ((long)i * rowY);
                    AttentionProducts<TOps, V>.Run(rows, columns, g.Depth, queryTile, rowQ, keys, TileKeys, x, TileKeys);
                    AttentionProducts<TOps, V>.Run(rows, columns, g.ValueDepth, cotangents, rowY, values, TileKeys, dx, TileKeys);
                    for (int r = 0; r < rows; r++)
                    {
                        float* row = x + (r * TileKeys), stat = stats + (2 * (i + r));
                        int before = i + r - key + 1, count = g.Causal && stat[0] > (float)DotAttention.Masked ? Math.Clamp(before, 0, columns) : columns;
                        AttentionRows<TOps, V>.Logits(g, row, count, g.Causal ? before : count, extras.Bias(i + r, key), extras.Mask(i + r, key));
                        float* target = logits == null ? null : logits + ((long)(i + r) * g.Keys) + key;
                        AttentionRows<TOps, V>.Slopes(g, row, dx + (r * TileKeys), count, stat[0], 1 / stat[1], means[i + r], target);
                        if (count == columns) continue;
                        AttentionRows<TOps, V>.Fill(row, count, columns, 0);
                        AttentionRows<TOps, V>.Fill(dx + (r * TileKeys), count, columns, 0);
                    }

                    AttentionProducts<TOps, V>.Run(columns, g.ValueDepth, rows, x, TileKeys, cotangents, rowY, dv + ((long)key * rowV), rowV, accumulate: true, transposeA: true);
                    AttentionProducts<TOps, V>.Run(rows, g.Depth, columns, dx, TileKeys, keyRows, g.Depth, dq + ((long)i * rowQ), rowQ, accumulate: true);
                    AttentionProducts<TOps, V>.Run(columns, g.Depth, rows, dx, TileKeys, queryTile, rowQ, dk + ((long)key * rowK), rowK, accumulate: true, transposeA: true);
                }
            }
        }
    }

    /// <summary>How many keys of a tile count for any of some queries.</summary>
    private static int Columns(AttentionGeometry g, float* stats, int key, int tileKeys, int query, int rows)
    {
        if (!g.Causal) return tileKeys;
        if (g.Mask >= 0)
        {
            // For a query none of whose keys counts all do equally, those after it, too.
            for (int i = query; i < query + rows; i++)
            {
                if (stats[2 * i] <= (float)DotAttention.Masked) return tileKeys;
            }
        }

        return Math.Min(tileKeys, query + rows - key);
    }

    private static void Clear(float* x, int rows, nint step, int count)
    {
        for (int i = 0; i < rows; i++) new Span<float>(x + (i * step), count).Clear();
    }
}
