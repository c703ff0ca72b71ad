namespace NKeras.Engine.Primitives;

/// <summary>Plain attention, one query at a time: places of elements, and the weights of all keys.</summary>
internal sealed class AttentionReference
{
    private readonly DotAttention _attention;
    private readonly ElementView[] _inputs;
    private readonly int _batches, _queries, _heads, _keyHeads;

    public AttentionReference(DotAttention attention, ReadOnlySpan<ElementView> inputs)
    {
        (_attention, _inputs) = (attention, inputs[..(3 + (attention.HasBias ? 1 : 0) + (attention.HasMask ? 1 : 0))].ToArray());
        ReadOnlySpan<int> q = inputs[0].Shape.Dims, k = inputs[1].Shape.Dims;
        (_batches, _queries, _heads, Keys, _keyHeads) = (q[0], q[1], q[2], k[1], k[2]);
        Weights = new double[Keys];
    }

    /// <summary>The number of keys.</summary>
    public int Keys { get; }

    /// <summary>The weights of the keys for the query that was read last.</summary>
    public double[] Weights { get; }

    /// <summary>All queries.</summary>
    public IEnumerable<(int Batch, int Head, int Query)> Rows =>
        from batch in Enumerable.Range(0, _batches) from head in Enumerable.Range(0, _heads) from query in Enumerable.Range(0, _queries) select (batch, head, query);

    /// <summary>Which vector of the queries, or of the result, a query's is.</summary>
    public int QueryAt(int batch, int head, int query) => (((batch * _queries) + query) * _heads) + head;

    /// <summary>Which vector of the keys, or of the values, a key's is.</summary>
    public int KeyAt(int batch, int head, int key) => (((batch * Keys) + key) * _keyHeads) + (head / (_heads / _keyHeads));

    /// <summary>Where a query's greatest logit is.</summary>
    public int StatsAt(int batch, int head, int query) => 2 * LogitRow(batch, head, query);

    /// <summary>Which row of logits a query's is.</summary>
    public int LogitRow(int batch, int head, int query) => (((batch * _heads) + head) * _queries) + query;

    /// <summary>Computes the weights of a query.</summary>
    /// <returns>The greatest logit, and the sum of the exponentials of what the others are below it.</returns>
    public (double Max, double Sum) ReadRow(int batch, int head, int query)
    {
        int depth = _inputs[0].Shape.Dims[3], q = QueryAt(batch, head, query) * depth;
        double max = float.MinValue, sum = 0;
        for (int key = 0; key < Keys; key++)
        {
            int k = KeyAt(batch, head, key) * depth;
            double logit = 0;
            for (int d = 0; d < depth; d++) logit += _inputs[0].Double(q + d) * _inputs[1].Double(k + d);
            logit *= _attention.Scale;
            if (_attention.HasBias) logit += _inputs[3].Double(Place(_inputs[3], batch, head, query, key));
            bool counts = (!_attention.Causal || key <= query) && (!_attention.HasMask || _inputs[^1].Long(Place(_inputs[^1], batch, head, query, key)) != 0);
            if (!counts) logit += DotAttention.Masked;
            Weights[key] = logit;
            max = Math.Max(max, logit);
        }

        for (int key = 0; key < Keys; key++) sum += Weights[key] = Math.Exp(Weights[key] - max);
        for (int key = 0; key < Keys; key++) Weights[key] /= sum;
        return (max, sum);
    }

    private static int Place(ElementView x, int batch, int head, int query, int key)
    {
        ReadOnlySpan<int> dims = x.Shape.Dims;
        int at = dims[0] == 1 ? 0 : batch;
        at = (at * dims[1]) + (dims[1] == 1 ? 0 : head);
        at = (at * dims[2]) + (dims[2] == 1 ? 0 : query);
        return (at * dims[3]) + (dims[3] == 1 ? 0 : key);
    }
}
