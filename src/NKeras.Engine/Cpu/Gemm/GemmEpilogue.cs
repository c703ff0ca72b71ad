namespace NKeras.Engine.Cpu;

/// <summary>Work done on each finished piece of C while it is still in cache.</summary>
/// <remarks>Called from several threads at once, each with other elements.</remarks>
internal abstract unsafe class GemmEpilogue
{
    /// <summary>Transforms <paramref name="count"/> neighbouring elements of one row of C; called exactly once per element.</summary>
    /// <param name="c">The first of the elements.</param>
    /// <param name="batch">The number of the product in the batch.</param>
    /// <param name="row">The row of C.</param>
    /// <param name="column">The column of the first element.</param>
    /// <param name="count">The number of elements.</param>
    public abstract void Apply(float* c, int batch, int row, int column, int count);
}
