namespace NKeras.Engine.Graphs;

/// <summary>A tensor that stands for a value of a function being traced.</summary>
internal sealed class TracedTensor(Trace trace, Value value) : Tensor(value.Spec)
{
    public Trace Trace { get; } = trace;

    public Value Value { get; } = value;

    internal override Storage Data => throw new InvalidOperationException(
        $"A value of shape {Shape} was read while its function is being traced, when no data exists yet. Return it from the function, or run eagerly.");

    public override string ToString() => $"TracedTensor(shape={Shape}, dtype={DType})";
}
