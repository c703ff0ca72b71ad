namespace NKeras.Engine.Cpu;

/// <summary>Walks over the elements of some axes in row-major order and keeps both sides' offsets.</summary>
internal ref struct CopyWalker
{
    private readonly ReadOnlySpan<CopyAxis> _axes;
    private readonly Span<long> _index;

    /// <summary>Starts at an element.</summary>
    /// <param name="axes">The axes, outermost first.</param>
    /// <param name="position">The element's number.</param>
    /// <param name="index">Working memory, one number for each axis.</param>
    public CopyWalker(ReadOnlySpan<CopyAxis> axes, long position, Span<long> index)
    {
        _axes = axes;
        _index = index;
        for (int i = axes.Length - 1; i >= 0; i--)
        {
            (position, long at) = Math.DivRem(position, axes[i].Length);
            index[i] = at;
            Source += at * axes[i].Source;
            Target += at * axes[i].Target;
        }
    }

    /// <summary>The element's distance from the first, in bytes.</summary>
    public long Source { get; private set; }

    /// <summary>The same on the other side.</summary>
    public long Target { get; private set; }

    public void Next()
    {
        for (int i = _axes.Length - 1; i >= 0; i--)
        {
            CopyAxis axis = _axes[i];
            Source += axis.Source;
            Target += axis.Target;
            if (++_index[i] < axis.Length) return;
            _index[i] = 0;
            Source -= axis.Length * axis.Source;
            Target -= axis.Length * axis.Target;
        }
    }
}
