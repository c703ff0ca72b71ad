using System.Collections;
using System.Runtime.CompilerServices;
using NKeras.Core;

namespace NKeras;

/// <summary>
/// Symbolic tensors, such as the inputs or outputs of a model: converts from one, from several as an array, a collection
/// expression or a tuple, and from tensors by name (<c>new() { ["image"] = image, ["text"] = text }</c>).
/// </summary>
/// <remarks>
/// Elements can be given as <see cref="Tensor"/>, so that results of <see cref="Ops"/>, which are declared as such, can
/// stand among them; each must be symbolic.
/// </remarks>
[CollectionBuilder(typeof(KerasTensors), nameof(Create))]
public sealed class KerasTensors : IReadOnlyList<KerasTensor>
{
    private readonly List<KerasTensor> _tensors = [];
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _positions = [];

    /// <summary>Creates an empty structure, to be filled by name.</summary>
    public KerasTensors()
    {
    }

    private KerasTensors(IEnumerable<Tensor?> tensors, bool single = false)
    {
        _tensors.AddRange(tensors.Select(Check));
        IsSingle = single;
    }

    /// <inheritdoc/>
    public int Count => _tensors.Count;

    /// <summary>The names, in the order in which they were given; null if the tensors have none.</summary>
    public IReadOnlyList<string>? Names => _names.Count == 0 ? null : _names;

    /// <summary>Whether it is one tensor rather than a list of one.</summary>
    internal bool IsSingle { get; }

    /// <inheritdoc/>
    public KerasTensor this[int index] => _tensors[index];

    /// <summary>The tensor with a name.</summary>
    /// <exception cref="ArgumentException">Reading: there is none. Writing: it is data, or the other tensors have no names.</exception>
    // The type is Tensor so that results of Ops can be assigned.
    public Tensor this[string name]
    {
        get
        {
            return _positions.TryGetValue(name, out int at) ? _tensors[at] : throw new ArgumentException($"There is no symbolic tensor '{name}'. {Suggestion.For(name, _names)}", nameof(name));
        }

        set
        {
            if (_names.Count != _tensors.Count) throw new ArgumentException($"Tensor '{name}' cannot be added to tensors without names.", nameof(name));
            if (_positions.TryGetValue(name, out int at))
            {
                _tensors[at] = Check(value, at);
                return;
            }

            _tensors.Add(Check(value, _names.Count));
            _positions.Add(name, _names.Count);
            _names.Add(name);
        }
    }

    /// <summary>Collects symbolic tensors.</summary>
    /// <exception cref="ArgumentException">One of them is data: a model is built of symbolic tensors.</exception>
    public static KerasTensors Create(ReadOnlySpan<Tensor> tensors) => new(tensors.ToArray());

    /// <summary>A single tensor.</summary>
    /// <exception cref="ArgumentException">It is data: a model is built of symbolic tensors.</exception>
    public static implicit operator KerasTensors(Tensor tensor) => new([tensor], single: true);

    /// <summary>Several tensors.</summary>
    /// <exception cref="ArgumentException">One of them is data: a model is built of symbolic tensors.</exception>
    public static implicit operator KerasTensors(Tensor[] tensors) => new(tensors);

    /// <summary>Several tensors.</summary>
    public static implicit operator KerasTensors(List<KerasTensor> tensors) => new(tensors);

    /// <summary>Two tensors.</summary>
    /// <exception cref="ArgumentException">One of them is data: a model is built of symbolic tensors.</exception>
    public static implicit operator KerasTensors((Tensor, Tensor) tensors) => new([tensors.Item1, tensors.Item2]);

    /// <summary>Three tensors.</summary>
    /// <exception cref="ArgumentException">One of them is data: a model is built of symbolic tensors.</exception>
    public static implicit operator KerasTensors((Tensor, Tensor, Tensor) tensors) => new([tensors.Item1, tensors.Item2, tensors.Item3]);

    /// <summary>Tensors by name.</summary>
    public static implicit operator KerasTensors(Dictionary<string, KerasTensor> tensors)
    {
        KerasTensors result = [];
        foreach ((string name, KerasTensor tensor) in tensors) result[name] = tensor;
        return result;
    }

    /// <summary>Takes two tensors apart: <c>var (mean, deviation) = encoder.ApplyAll(x);</c>.</summary>
    /// <exception cref="InvalidOperationException">There are not two.</exception>
    public void Deconstruct(out KerasTensor first, out KerasTensor second)
    {
        Structures.CheckCount(2, Count);
        (first, second) = (_tensors[0], _tensors[1]);
    }

    /// <summary>Takes three tensors apart.</summary>
    /// <exception cref="InvalidOperationException">There are not three.</exception>
    public void Deconstruct(out KerasTensor first, out KerasTensor second, out KerasTensor third)
    {
        Structures.CheckCount(3, Count);
        (first, second, third) = (_tensors[0], _tensors[1], _tensors[2]);
    }

    /// <summary>The tensors in turn.</summary>
    public IEnumerator<Tensor> GetEnumerator() => _tensors.GetEnumerator();

    IEnumerator<KerasTensor> IEnumerable<KerasTensor>.GetEnumerator() => _tensors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _tensors.GetEnumerator();

    /// <summary>Shapes and types, with the names if there are any.</summary>
    public override string ToString() => Structures.Describe(_tensors, Names, IsSingle);

    /// <summary>The tensors in Keras's order: by name if they have names, as listed otherwise.</summary>
    internal IReadOnlyList<KerasTensor> Flat => Names == null ? _tensors : [.. _names.Order(StringComparer.Ordinal).Select(n => _tensors[_positions[n]])];

    /// <summary>Other tensors, in the order of <see cref="Flat"/>, in the same structure.</summary>
    internal KerasTensors WithFlat(IReadOnlyList<KerasTensor> flat)
    {
        if (Names == null) return new KerasTensors(flat, IsSingle);
        string[] sorted = [.. _names.Order(StringComparer.Ordinal)];
        KerasTensors result = [];
        foreach (string name in _names) result[name] = flat[Array.BinarySearch(sorted, name, StringComparer.Ordinal)];
        return result;
    }

    /// <summary>Values of these tensors, in the order of <see cref="Flat"/>, in the same structure.</summary>
    internal Tensors Pack(IReadOnlyList<Tensor> flat)
    {
        if (Names == null) return IsSingle ? flat[0] : Tensors.Create([.. flat]);
        string[] sorted = [.. _names.Order(StringComparer.Ordinal)];
        return Tensors.Named(_names.Select(n => KeyValuePair.Create(n, flat[Array.BinarySearch(sorted, n, StringComparer.Ordinal)])));
    }

    private static KerasTensor Check(Tensor? tensor, int position) => tensor switch
    {
        KerasTensor symbolic => symbolic,
        null => throw new ArgumentNullException(nameof(tensor), $"Tensor {position} of a model's inputs or outputs is null."),
        _ => throw new ArgumentException($"A model is built of symbolic tensors that start at an Input; received data of shape {tensor.Shape}."),
    };
}
