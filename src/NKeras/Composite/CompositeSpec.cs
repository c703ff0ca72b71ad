using NKeras.Engine;

namespace NKeras.Core;

/// <summary>What is known of a sparse, ragged or complex tensor without its data.</summary>
/// <param name="Shape">The dimensions.</param>
/// <param name="DType">The element type.</param>
/// <param name="Capacity">How many values there is room for; <see cref="Shape.Unknown"/> while shapes are inferred.</param>
internal abstract record CompositeSpec(Shape Shape, DType DType, int Capacity)
{
    /// <summary>Shapes and types of the tensors it consists of.</summary>
    public abstract TensorSpec[] Parts { get; }

    /// <summary>Puts a tensor together from its parts.</summary>
    public abstract CompositeTensor Build(ReadOnlySpan<Tensor> parts);

    /// <summary>What a symbolic tensor stands for; null if it is a dense one.</summary>
    public static CompositeSpec? Of(KerasTensor tensor) => Of(tensor.Spec, tensor.Sparse, tensor.Ragged);

    /// <summary>What is known of a tensor with an unknown number of values; null for a dense one.</summary>
    public static CompositeSpec? Of(TensorSpec spec, bool sparse, bool ragged) => sparse ? new SparseSpec(spec.Shape, spec.DType, Shape.Unknown, true)
        : ragged ? new RaggedSpec(spec.Shape, spec.DType, Shape.Unknown, spec.Shape.Dims[1])
        : spec.DType.IsComplex ? new ComplexSpec(spec.Shape, spec.DType)
        : null;

    /// <summary>Takes composite tensors apart; others are their own only part.</summary>
    public static IEnumerable<Tensor> PartsOf(Tensor tensor) => tensor is CompositeTensor composite ? composite.Parts : [tensor];

    /// <summary>Tensors from their parts, in order.</summary>
    /// <param name="composites">What is known of each tensor; null for a dense one.</param>
    /// <param name="parts">The parts of all.</param>
    public static Tensor[] Assemble(IReadOnlyList<CompositeSpec?> composites, ReadOnlySpan<Tensor> parts)
    {
        Tensor[] tensors = new Tensor[composites.Count];
        int next = 0;
        for (int i = 0; i < tensors.Length; i++)
        {
            int count = composites[i]?.Parts.Length ?? 1;
            tensors[i] = composites[i]?.Build(parts.Slice(next, count)) ?? parts[next];
            next += count;
        }

        return tensors;
    }
}
