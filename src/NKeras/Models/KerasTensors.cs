using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras;

/// <summary>The inputs or outputs of a model: converts from one symbolic tensor, an array, or a collection expression.</summary>
[CollectionBuilder(typeof(KerasTensors), nameof(Create))]
public sealed class KerasTensors : IReadOnlyList<KerasTensor>
{
    private readonly KerasTensor[] _tensors;

    private KerasTensors(KerasTensor[] tensors) => _tensors = tensors;

    /// <inheritdoc/>
    public int Count => _tensors.Length;

    /// <inheritdoc/>
    public KerasTensor this[int index] => _tensors[index];

    /// <summary>Collects symbolic tensors.</summary>
    public static KerasTensors Create(ReadOnlySpan<KerasTensor> tensors) => new(tensors.ToArray());

    /// <summary>A single tensor.</summary>
    /// <exception cref="ArgumentException">It is data: a model is built of symbolic tensors.</exception>
    public static implicit operator KerasTensors(Tensor tensor) => tensor is KerasTensor symbolic
        ? new([symbolic])
        : throw new ArgumentException($"A model is built of symbolic tensors that start at an Input; received data of shape {tensor.Shape}.");

    /// <summary>Several tensors.</summary>
    public static implicit operator KerasTensors(KerasTensor[] tensors) => new([.. tensors]);

    /// <inheritdoc/>
    public IEnumerator<KerasTensor> GetEnumerator() => ((IEnumerable<KerasTensor>)_tensors).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
