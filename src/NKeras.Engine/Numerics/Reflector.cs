namespace NKeras.Engine.Numerics;

/// <summary>A Householder reflection I - τ·v·vᵀ that acts on the rows or columns from a first one on.</summary>
internal readonly struct Reflector
{
    private readonly int _first;
    private readonly Numbers _v;

    private Reflector(int first, Numbers v, double tau) => (_first, _v, Tau) = (first, v, tau);

    /// <summary>τ; zero for the identity.</summary>
    public double Tau { get; }

    /// <summary>v, whose first element is one.</summary>
    public ReadOnlySpan<double> V => _v;

    /// <summary>The reflection that turns a vector into (β, 0, …), with β of the sign opposite to the first element's, as LAPACK's <c>larfg</c> does.</summary>
    /// <param name="first">The row or column that the vector's first element is in.</param>
    /// <param name="x">The vector, which is taken over.</param>
    /// <param name="beta">What is left of it.</param>
    public static Reflector Create(int first, Numbers x, out double beta)
    {
        double alpha = x[0], rest = Vectors.Norm(x.Span[1..]);
        x[0] = 1;
        beta = alpha;
        if (rest == 0) return new(first, x, 0);
        beta = -Math.CopySign(Rotation.Hypot(alpha, rest), alpha);
        double divisor = alpha - beta;
        for (int i = 1; i < x.Length; i++) x[i] /= divisor;
        return new(first, x, (beta - alpha) / beta);
    }

    /// <summary>Multiplies columns of a matrix from the left.</summary>
    public void ApplyLeft(Matrix a, int firstColumn)
    {
        if (Tau == 0 || firstColumn >= a.Columns) return;
        using Workspace.Scope scope = Workspace.Enter();
        Numbers products = Workspace.Take(a.Columns - firstColumn);
        for (int i = 0; i < _v.Length; i++) Vectors.AddScaled(_v[i], a.Row(_first + i, firstColumn), products);
        for (int i = 0; i < _v.Length; i++) Vectors.AddScaled(-Tau * _v[i], products, a.Row(_first + i, firstColumn));
    }

    /// <summary>Multiplies rows of a matrix from the right.</summary>
    public void ApplyRight(Matrix a, int firstRow)
    {
        if (Tau == 0) return;
        for (int i = firstRow; i < a.Rows; i++)
        {
            Span<double> row = a.Row(i).Slice(_first, _v.Length);
            Vectors.AddScaled(-Tau * Vectors.Dot(row, _v), _v, row);
        }
    }
}
