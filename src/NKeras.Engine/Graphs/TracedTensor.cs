namespace NKeras.Engine.Graphs;

/// <summary>A tensor that stands for a value of a function being traced.</summary>
internal sealed class TracedTensor(Trace trace, Value value) : Tensor(value.Spec)
{
    public Trace Trace { get; } = trace;

    public Value Value { get; } = value;

    private ConcreteTensor? _data;

    internal override Storage Data => Known?.Data ?? throw new InvalidOperationException(
        $"A value of shape {Shape} was read while its function is being traced, when no data exists yet. Return it from the function, or run eagerly (Compile(..., runEagerly: true)).");

    /// <summary>What it is worth, where that is known while the function is traced.</summary>
    private ConcreteTensor? Known => _data ??= Trace.DataOf(Value);

    public override string ToString() => Known?.ToString() ?? $"TracedTensor(shape={Shape}, dtype={DType})";
}
