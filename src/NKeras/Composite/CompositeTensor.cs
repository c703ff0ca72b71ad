using NKeras.Core;
using NKeras.Engine;

namespace NKeras;

/// <summary>
/// A tensor that is not one block of numbers but several tensors that belong together: a <see cref="SparseTensor"/> or a
/// <see cref="RaggedTensor"/>.
/// </summary>
/// <remarks>Functions of <c>Ops</c> that have no rule for it refuse it; <see cref="ToDense"/> makes one block of it.</remarks>
public abstract class CompositeTensor : Tensor
{
    private protected CompositeTensor(Shape shape, Tensor values)
        : base(new TensorSpec(shape, values.DType)) => Values = values;

    /// <summary>The numbers that are there.</summary>
    public Tensor Values { get; }

    /// <summary>What is known without the data, and how to put it together from its parts.</summary>
    internal abstract CompositeSpec Composition { get; }

    /// <summary>The tensors it consists of, in the order of <see cref="CompositeSpec.Parts"/>.</summary>
    internal abstract IReadOnlyList<Tensor> Parts { get; }

    /// <summary>"sparse" or "ragged".</summary>
    internal abstract string Kind { get; }

    internal override Storage Data => throw new InvalidOperationException($"A {Kind} tensor of shape {Shape} is not one block of numbers. Make it dense first: ToDense(), or Ops.ConvertToTensor(x, {Kind}: false).");

    /// <summary>The same numbers as one tensor, with zeros where there are none.</summary>
    public abstract Tensor ToDense();

    /// <summary>Other numbers at the same places.</summary>
    internal abstract CompositeTensor WithValues(Tensor values);

    /// <summary>The rows from several tensors, one after the other; those that only fill up a batch are left out.</summary>
    /// <param name="parts">Tensors with data, of one kind.</param>
    internal abstract CompositeTensor JoinRows(IReadOnlyList<CompositeTensor> parts);
}
