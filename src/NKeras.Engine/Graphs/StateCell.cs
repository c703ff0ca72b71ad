namespace NKeras.Engine.Graphs;

/// <summary>State that compiled functions read and update in place: a weight, an optimizer's slot, a metric's total.</summary>
/// <remarks>
/// Tensors handed out by <see cref="Value"/> are snapshots: they share the memory until the state is next written, and the
/// state then moves to memory of its own (copy on write), so that a tensor never changes under its holder.
/// </remarks>
internal sealed class StateCell
{
    private readonly object _gate = new();
    private HostStorage? _storage;
    private ConcreteTensor? _snapshot;
    private Func<Tensor>? _initial;

    public StateCell(Tensor initial)
    {
        Spec = initial.Spec;
        _storage = CopyOf(initial);
    }

    /// <summary>State whose first content is made when it is first needed.</summary>
    /// <param name="spec">Shape and type.</param>
    /// <param name="initial">Makes the content.</param>
    public StateCell(TensorSpec spec, Func<Tensor> initial) => (Spec, _initial) = (spec, initial);

    public TensorSpec Spec { get; }

    /// <summary>The content: while tracing, the traced value.</summary>
    public Tensor Value => Trace.Current is { } trace ? trace.Read(this) : Snapshot;

    /// <summary>The content, whether or not something is being traced.</summary>
    public ConcreteTensor Snapshot
    {
        get
        {
            lock (_gate) return _snapshot ??= new ConcreteTensor(Spec, Storage);
        }
    }

    /// <summary>The first element, for a glance at a scalar between two runs: no snapshot is made, so nothing is copied.</summary>
    public unsafe double FirstNumber => new ElementView(StorageForReading.Pointer, Spec).Number(0);

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
            _storage = CopyOf(value);
            _initial = null;
            _snapshot = null;
        }
    }

    /// <summary>Replaces the content by memory that nobody else holds, without a copy.</summary>
    /// <exception cref="ArgumentException">It has another size.</exception>
    public void Adopt(HostStorage storage)
    {
        if (storage.ByteLength != Spec.ByteLength) throw new ArgumentException($"{storage.ByteLength} bytes cannot be the content of a variable of {Spec}.", nameof(storage));
        lock (_gate) (_storage, _initial, _snapshot) = (storage, null, null);
    }

    /// <summary>Makes the first content unless there is content already.</summary>
    /// <exception cref="ArgumentException">What was to make it gave something else.</exception>
    public void Fill()
    {
        lock (_gate) _ = Storage;
    }

    /// <summary>The memory, for reading during a run.</summary>
    public HostStorage StorageForReading => _storage ?? FilledStorage();

    /// <summary>The memory, for writing in place during a run.</summary>
    public HostStorage StorageForWriting()
    {
        lock (_gate)
        {
            if (_snapshot == null) return Storage;
            HostStorage fresh = new(Spec.ByteLength);
            Storage.CopyTo(fresh.Bytes);
            _storage = fresh;
            _snapshot = null;
            return fresh;
        }
    }

    /// <summary>The memory; to be asked for within the lock.</summary>
    private HostStorage Storage => _storage ?? Make();

    private HostStorage Make()
    {
        Tensor? value = null;
        // It is data, not part of a function that happens to be traced.
        Trace.Suspend(() => value = _initial!());
        if (value!.Spec != Spec) throw new ArgumentException($"The initial value is {value.Spec}, where {Spec} was asked for.");
        _initial = null;
        return _storage = CopyOf(value);
    }

    private HostStorage FilledStorage()
    {
        lock (_gate) return Storage;
    }

    private HostStorage CopyOf(Tensor value)
    {
        HostStorage storage = new(Spec.ByteLength);
        value.Data.CopyTo(storage.Bytes);
        return storage;
    }
}
