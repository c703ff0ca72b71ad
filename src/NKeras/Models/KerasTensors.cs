using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras;

/// <summary>The inputs or outputs of a model: converts from one symbolic tensor, an array, or a collection expression.</summary>
/// <remarks>
/// Elements are of type <see cref="Tensor"/>, so that results of <see cref="Ops"/>, which are declared as such, can stand
/// among them; each must be symbolic.
/// </remarks>
[CollectionBuilder(typeof(KerasTensors), nameof(Create))]
public sealed class KerasTensors : IEnumerable<Tensor>
{
    private KerasTensors(IEnumerable<Tensor> tensors) => Symbolic = [.. tensors.Select(Check)];

    /// <summary>The tensors.</summary>
    internal IReadOnlyList<KerasTensor> Symbolic { get; }

    /// <summary>Collects symbolic tensors.</summary>
    /// <exception cref="ArgumentException">One of them is data: a model is built of symbolic tensors.</exception>
    public static KerasTensors Create(ReadOnlySpan<Tensor> tensors) => new(tensors.ToArray());

    /// <summary>A single tensor.</summary>
    /// <exception cref="ArgumentException">It is data: a model is built of symbolic tensors.</exception>
    public static implicit operator KerasTensors(Tensor tensor) => new([tensor]);

    /// <summary>Several tensors.</summary>
    /// <exception cref="ArgumentException">One of them is data: a model is built of symbolic tensors.</exception>
    public static implicit operator KerasTensors(Tensor[] tensors) => new(tensors);

    /// <summary>Several tensors.</summary>
    public static implicit operator KerasTensors(List<KerasTensor> tensors) => new(tensors);

    /// <inheritdoc/>
    public IEnumerator<Tensor> GetEnumerator() => Symbolic.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static KerasTensor Check(Tensor? tensor, int position) => tensor switch
    {
        KerasTensor symbolic => symbolic,
        null => throw new ArgumentNullException(nameof(tensor), $"Tensor {position} of a model's inputs or outputs is null."),
        _ => throw new ArgumentException($"A model is built of symbolic tensors that start at an Input; received data of shape {tensor.Shape}."),
    };
}
