using NKeras.Core;
using NKeras.Engine;

namespace NKeras;

/// <summary>
/// A tensor that is not one block of numbers but several tensors that belong together: a <see cref="SparseTensor"/>, a
/// <see cref="RaggedTensor"/> or a <see cref="ComplexTensor"/>.
/// </summary>
/// <remarks>Functions of <c>Ops</c> that have no rule for it refuse it.</remarks>
public abstract class CompositeTensor : Tensor
{
    private protected CompositeTensor(TensorSpec spec)
        : base(spec)
    {
    }

    /// <summary>What is known without the data, and how to put it together from its parts.</summary>
    internal abstract CompositeSpec Composition { get; }

    /// <summary>The tensors it consists of, in the order of <see cref="CompositeSpec.Parts"/>.</summary>
    internal abstract IReadOnlyList<Tensor> Parts { get; }

    /// <summary>"sparse", "ragged" or "complex".</summary>
    internal abstract string Kind { get; }

    /// <summary>What to do where blocks of numbers are wanted.</summary>
    internal virtual string Hint => $"Make it dense first: ToDense(), or Ops.ConvertToTensor(x, {Kind}: false).";

    internal override Storage Data => throw new InvalidOperationException($"A {Kind} tensor of shape {Shape} is not one block of numbers. {Hint}");

    /// <summary>The rows from several tensors, one after the other; those that only fill up a batch are left out.</summary>
    /// <param name="parts">Tensors with data, of one kind.</param>
    internal abstract CompositeTensor JoinRows(IReadOnlyList<CompositeTensor> parts);
}
