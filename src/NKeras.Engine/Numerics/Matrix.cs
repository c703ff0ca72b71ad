namespace NKeras.Engine.Numerics;

/// <summary>A row-major matrix of doubles in someone else's memory: what the decompositions work on.</summary>
internal readonly ref struct Matrix(Span<double> data, int rows, int columns)
{
    private readonly Span<double> _data = data;

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public ref double this[int row, int column] => ref _data[(row * Columns) + column];

    public Span<double> Row(int row) => _data.Slice(row * Columns, Columns);

    public Span<double> Row(int row, int firstColumn) => _data.Slice((row * Columns) + firstColumn, Columns - firstColumn);

    /// <summary>The first rows.</summary>
    public Matrix Top(int rows) => new(_data, rows, Columns);

    /// <summary>Whether no element is infinite or NaN: decompositions by iteration would not end.</summary>
    public bool IsFinite()
    {
        foreach (double value in _data[..(Rows * Columns)])
        {
            if (!double.IsFinite(value)) return false;
        }

        return true;
    }

    /// <summary>The greatest absolute value.</summary>
    public double Greatest()
    {
        double greatest = 0;
        foreach (double value in _data[..(Rows * Columns)]) greatest = Math.Max(greatest, Math.Abs(value));
        return greatest;
    }

    public void Scale(double factor) => Vectors.Scale(factor, _data[..(Rows * Columns)]);

    public void Fill(double value) => _data[..(Rows * Columns)].Fill(value);

    /// <summary>Ones on the diagonal, zeros elsewhere.</summary>
    public void SetIdentity()
    {
        Fill(0);
        for (int i = 0; i < Math.Min(Rows, Columns); i++) this[i, i] = 1;
    }

    public void SwapRows(int a, int b)
    {
        if (a == b) return;
        Span<double> x = Row(a), y = Row(b);
        for (int i = 0; i < x.Length; i++) (x[i], y[i]) = (y[i], x[i]);
    }

    /// <summary>The elements of a column from a row on, in the <see cref="Workspace"/>.</summary>
    public Numbers Column(int column, int firstRow)
    {
        Numbers values = Workspace.Take(Rows - firstRow);
        for (int i = 0; i < values.Length; i++) values[i] = this[firstRow + i, column];
        return values;
    }

    /// <summary>Writes the transpose into another matrix.</summary>
    public void TransposeTo(Matrix target)
    {
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++) target[j, i] = this[i, j];
        }
    }
}
