namespace NKeras.Layers;

/// <summary>Several cells one upon the other as one cell (<c>keras.layers.StackedRNNCells</c>): the output of each is the input of the next.</summary>
/// <remarks>Input and states are those of the cells, the states of the first cell first; the output is that of the last.</remarks>
/// <example><code>
/// RNN layer = new(new StackedRNNCells([new LSTMCell(16), new LSTMCell(4)]));
/// Tensor last = layer.Apply(RandomOps.Normal([32, 10, 8])); // (32, 4)
/// </code></example>
public sealed class StackedRNNCells : RNNCell
{
    private readonly RNNCell[] _cells;

    /// <summary>Creates the cell.</summary>
    /// <param name="cells">The cells, from the first to the last.</param>
    /// <param name="name">The name; <c>stacked_rnn_cells</c>, <c>stacked_rnn_cells_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">There are no cells.</exception>
    public StackedRNNCells(IReadOnlyList<RNNCell> cells, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Count == 0 || cells.Contains(null!)) throw new ArgumentException($"Cell '{Name}' is made of one cell or more, none of which is null.", nameof(cells));
        _cells = [.. cells];
    }

    /// <summary>The cells, from the first to the last.</summary>
    public IReadOnlyList<RNNCell> Cells => _cells;

    /// <inheritdoc/>
    public override Ints StateSize => Ints.Create([.. _cells.SelectMany(c => c.StateSize)]);

    /// <inheritdoc/>
    public override int OutputSize => _cells[^1].OutputSize;

    /// <inheritdoc/>
    public override Tensors GetInitialState(int? batchSize = null) => Tensors.Create([.. _cells.SelectMany(c => c.GetInitialState(batchSize))]);

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        Shape shape = inputShape;
        foreach (RNNCell cell in _cells)
        {
            BuildInner(cell, shape);
            shape = [shape[0], cell.OutputSize];
        }

        Built = true;
    }

    /// <inheritdoc/>
    public override (Tensor Output, Tensors States) Call(Tensor inputs, Tensors states, bool training = false)
    {
        CellStep cell = Begin(states, training);
        return cell.Step(cell.Project(inputs), states);
    }

    internal override CellStep Begin(Tensors states, bool training)
    {
        CheckStates(states);
        using CallScope scope = new(this, training);
        Tensors[] parts = [.. Parts(states)];
        CellStep[] cells = [.. _cells.Select((c, i) => c.Begin(parts[i], training))];
        return new CellStep(cells[0].Project, (x, s) =>
        {
            using CallScope inner = new(this, training);
            List<Tensor> next = [];
            Tensors[] own = [.. Parts(s)];
            for (int i = 0; i < cells.Length; i++)
            {
                (x, Tensors made) = cells[i].Step(i == 0 ? x : cells[i].Project(x), own[i]);
                next.AddRange(made);
            }

            return (x, Tensors.Create([.. next]));
        });
    }

    /// <summary>The states of each cell.</summary>
    private IEnumerable<Tensors> Parts(Tensors states)
    {
        int at = 0;
        foreach (RNNCell cell in _cells)
        {
            int count = cell.StateSize.Count;
            yield return Tensors.Create([.. states.Skip(at).Take(count)]);
            at += count;
        }
    }
}
