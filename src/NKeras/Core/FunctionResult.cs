namespace NKeras.Core;

/// <summary>The structure of what a compiled function returns, whose program gives blocks of numbers.</summary>
internal sealed class FunctionResult(Tensors traced)
{
    private readonly CompositeSpec?[] _composites = [.. traced.Select(t => (t as CompositeTensor)?.Composition)];

    /// <summary>The structure of the results.</summary>
    public Tensors Structure { get; } = traced.Select(_ => null);

    /// <summary>The blocks of numbers that tensors in the structure consist of.</summary>
    public IEnumerable<Tensor> Parts(Tensors tensors) => tensors.SelectMany(CompositeSpec.PartsOf);

    /// <summary>The tensors from their blocks.</summary>
    public Tensors Assemble(ReadOnlySpan<Tensor> parts) => Structure.With(CompositeSpec.Assemble(_composites, parts));
}
