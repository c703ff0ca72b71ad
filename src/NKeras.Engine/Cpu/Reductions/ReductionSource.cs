namespace NKeras.Engine.Cpu;

/// <summary>Where a reduction's elements come from: memory, or an element-wise kernel that computes them piece by piece.</summary>
internal readonly unsafe struct ReductionSource
{
    private readonly byte* _memory;
    private readonly ElementwiseKernel? _producer;
    private readonly void** _inputs;

    /// <summary>Elements in memory.</summary>
    public ReductionSource(ElementwiseType type, void* memory)
    {
        Type = type;
        _memory = (byte*)memory;
    }

    /// <summary>The output of a kernel, computed from its inputs.</summary>
    public ReductionSource(ElementwiseKernel producer, void** inputs)
    {
        Type = producer.Program.OutputType(0);
        _producer = producer;
        _inputs = inputs;
    }

    /// <summary>The type of the elements.</summary>
    public ElementwiseType Type { get; }

    /// <summary>Whether elements have to be computed.</summary>
    public bool IsComputed => _producer is not null;

    /// <summary>Elements in memory, from one on.</summary>
    public void* At(nint index) => _memory + (index * Type.Size());

    /// <summary>Computes elements into a tile.</summary>
    public void Compute(nint start, nint count, void* tile) => _producer!.Evaluate(_inputs, &tile, start, count);
}
