namespace NKeras.Engine.Graphs;

/// <summary>State that compiled functions read and update in place: a weight, an optimizer's slot, a metric's total.</summary>
/// <remarks>
/// Tensors handed out by <see cref="Value"/> are snapshots: they share the memory until the state is next written, and the
/// state then moves to memory of its own (copy on write), so that a tensor never changes under its holder.
/// </remarks>
internal sealed class StateCell
{
    private readonly object _gate = new();
    private HostStorage _storage;
    private ConcreteTensor? _snapshot;

    public StateCell(Tensor initial)
    {
        Spec = initial.Spec;
        _storage = new HostStorage(Spec.ByteLength);
        initial.Data.CopyTo(_storage.Bytes);
    }

    public TensorSpec Spec { get; }

    /// <summary>The content: while tracing, the traced value.</summary>
    public Tensor Value => Trace.Current is { } trace ? trace.Read(this) : Snapshot;

    /// <summary>The content, whether or not something is being traced.</summary>
    public ConcreteTensor Snapshot
    {
        get
        {
            lock (_gate) return _snapshot ??= new ConcreteTensor(Spec, _storage);
        }
    }

    /// <summary>Replaces the content; while tracing, records that it is replaced.</summary>
    /// <exception cref="ArgumentException">Shape or type differ.</exception>
    public void Assign(Tensor value)
    {
        if (value.Shape != Spec.Shape || value.DType != Spec.DType)
            throw new ArgumentException($"A value of {value.Spec} cannot be assigned to a variable of {Spec}.", nameof(value));
        if (Trace.Current is { } trace)
        {
            trace.Assign(this, value);
            return;
        }

        lock (_gate)
        {
            // A fresh buffer rather than a copy into the old one: snapshots keep theirs, and a failed copy changes nothing.
            HostStorage fresh = new(Spec.ByteLength);
            value.Data.CopyTo(fresh.Bytes);
            _storage = fresh;
            _snapshot = null;
        }
    }

    /// <summary>The memory, for reading during a run.</summary>
    public HostStorage StorageForReading => _storage;

    /// <summary>The memory, for writing in place during a run.</summary>
    public HostStorage StorageForWriting()
    {
        lock (_gate)
        {
            if (_snapshot == null) return _storage;
            HostStorage fresh = new(Spec.ByteLength);
            _storage.CopyTo(fresh.Bytes);
            _storage = fresh;
            _snapshot = null;
            return fresh;
        }
    }
}
