using System.Collections;
using System.Runtime.CompilerServices;
using NKeras.Core;

namespace NKeras;

/// <summary>
/// Tensors as a layer, a model or <c>Fit</c> takes and gives them: converts from a tensor, an array of numbers, several
/// tensors as a collection expression or a tuple, or tensors by name (<c>new() { ["image"] = images, ["text"] = texts }</c>).
/// </summary>
/// <remarks>An element is null where an optional input is left out.</remarks>
[CollectionBuilder(typeof(Tensors), nameof(Create))]
public sealed partial class Tensors : IReadOnlyList<Tensor>
{
    private readonly List<Tensor> _tensors = [];
    private readonly List<string> _names = [];
    private Dictionary<string, int>? _positions;

    /// <summary>Creates an empty structure, to be filled by name.</summary>
    public Tensors()
    {
    }

    private Tensors(IEnumerable<Tensor?> tensors, bool single = false)
    {
        _tensors.AddRange(tensors!);
        IsSingle = single;
    }

    /// <inheritdoc/>
    public int Count => _tensors.Count;

    /// <summary>The names, in the order in which they were given; null if the tensors have none.</summary>
    public IReadOnlyList<string>? Names => _names.Count == 0 ? null : _names;

    /// <summary>Whether it is one tensor rather than a list of one.</summary>
    internal bool IsSingle { get; }

    /// <inheritdoc/>
    public Tensor this[int index] => _tensors[index];

    /// <summary>The tensor with a name.</summary>
    /// <exception cref="ArgumentException">Reading: there is none. Writing: the other tensors have no names.</exception>
    public Tensor this[string name]
    {
        get
        {
            return _positions?.TryGetValue(name, out int at) == true ? _tensors[at] : throw new ArgumentException($"There is no tensor '{name}'. {Suggestion.For(name, _names)}", nameof(name));
        }

        set
        {
            if (_names.Count != _tensors.Count) throw new ArgumentException($"Tensor '{name}' cannot be added to tensors without names.", nameof(name));
            if (_positions?.TryGetValue(name, out int at) == true)
            {
                _tensors[at] = value;
                return;
            }

            (_positions ??= []).Add(name, _names.Count);
            _names.Add(name);
            _tensors.Add(value);
        }
    }

    /// <summary>Collects tensors.</summary>
    public static Tensors Create(ReadOnlySpan<Tensor> tensors) => new(tensors.ToArray());

    /// <summary>One tensor.</summary>
    public static implicit operator Tensors(Tensor tensor) => new([tensor], single: true);

    /// <summary>Several tensors.</summary>
    public static implicit operator Tensors(Tensor[] tensors) => new(tensors);

    /// <summary>Two tensors; null leaves out an optional input.</summary>
    public static implicit operator Tensors((Tensor?, Tensor?) tensors) => new([tensors.Item1, tensors.Item2]);

    /// <summary>Three tensors; null leaves out an optional input.</summary>
    public static implicit operator Tensors((Tensor?, Tensor?, Tensor?) tensors) => new([tensors.Item1, tensors.Item2, tensors.Item3]);

    /// <summary>Tensors by name.</summary>
    public static implicit operator Tensors(Dictionary<string, Tensor> tensors) => Named(tensors);

    /// <summary>One tensor, made of a rectangular array of numbers.</summary>
    public static implicit operator Tensors(Array values) => new([Tensor.From(values)], single: true);

    /// <summary>Takes two tensors apart: <c>var (mean, deviation) = model.ApplyAll(x);</c>.</summary>
    /// <exception cref="InvalidOperationException">There are not two.</exception>
    public void Deconstruct(out Tensor first, out Tensor second)
    {
        Structures.CheckCount(2, Count);
        (first, second) = (_tensors[0], _tensors[1]);
    }

    /// <summary>Takes three tensors apart.</summary>
    /// <exception cref="InvalidOperationException">There are not three.</exception>
    public void Deconstruct(out Tensor first, out Tensor second, out Tensor third)
    {
        Structures.CheckCount(3, Count);
        (first, second, third) = (_tensors[0], _tensors[1], _tensors[2]);
    }

    /// <inheritdoc/>
    public IEnumerator<Tensor> GetEnumerator() => _tensors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Shapes and types, with the names if there are any.</summary>
    public override string ToString() => Structures.Describe(_tensors, Names, IsSingle);

    /// <summary>Tensors with names, in a given order.</summary>
    internal static Tensors Named(IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        Tensors result = [];
        foreach ((string name, Tensor tensor) in tensors) result[name] = tensor;
        return result;
    }

    /// <summary>Other tensors in the same structure.</summary>
    internal Tensors With(IReadOnlyList<Tensor?> tensors)
    {
        Tensors result = new(tensors, IsSingle);
        result._names.AddRange(_names);
        result._positions = _positions == null ? null : new(_positions);
        return result;
    }

    /// <summary>The same structure with every tensor replaced.</summary>
    internal Tensors Select(Func<Tensor, Tensor?> map) => With([.. _tensors.Select(t => t is null ? null : map(t))]);

    /// <summary>The tensors in Keras's order: by name if they have names, as listed otherwise.</summary>
    internal IReadOnlyList<Tensor> Flat => Names == null ? _tensors : [.. _names.Order(StringComparer.Ordinal).Select(n => this[n])];

    /// <summary>The tensors in the order of a model's inputs or outputs.</summary>
    /// <param name="what">What the argument is called.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="slots">The names of the inputs or outputs.</param>
    /// <param name="slotKind">"inputs" or "outputs".</param>
    /// <param name="isOptional">Which may be null; none if omitted.</param>
    internal Tensor[] InOrder(string what, string model, IReadOnlyList<string> slots, string slotKind, Func<int, bool>? isOptional = null)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_tensors[i] is KerasTensor symbolic) throw new ArgumentException($"{what} is data, not the symbolic tensor '{symbolic.Name}'.", what);
        }

        if (Names != null && _names.FirstOrDefault(n => !slots.Contains(n)) is { } unknown)
            throw new ArgumentException($"Model '{model}' has no {slotKind[..^1]} '{unknown}', which {what} names. {Suggestion.For(unknown, slots)}", what);
        Tensor[] ordered = Names == null ? [.. _tensors] : [.. slots.Select(s => _names.Contains(s) ? this[s] : isOptional?.Invoke(slots.ToList().IndexOf(s)) == true ? null! : throw Mismatch())];
        if (ordered.Length != slots.Count) throw Mismatch();
        for (int i = 0; i < ordered.Length; i++)
        {
            if (ordered[i] is null && isOptional?.Invoke(i) != true) throw new ArgumentNullException(what, $"{what}: tensor {i} is null, but '{slots[i]}' of model '{model}' is not optional.");
        }

        return ordered;

        ArgumentException Mismatch() =>
            new($"Model '{model}' has {slots.Count} {slotKind} ({string.Join(", ", slots.Select(n => $"'{n}'"))}), but {what} holds {Count} tensor{(Count == 1 ? "" : "s")}.", what);
    }
}
