using System.Collections;
using System.Runtime.CompilerServices;

namespace NKeras;

/// <summary>
/// Data for the inputs or outputs of a model: converts from a tensor, an array of numbers, several tensors in a collection
/// expression, or tensors by name (<c>new() { ["image"] = images, ["text"] = texts }</c>).
/// </summary>
[CollectionBuilder(typeof(Tensors), nameof(Create))]
public sealed class Tensors : IReadOnlyList<Tensor>
{
    private readonly List<Tensor> _tensors = [];
    private readonly List<string> _names = [];

    /// <summary>Creates an empty structure, to be filled by name.</summary>
    public Tensors()
    {
    }

    private Tensors(IEnumerable<Tensor> tensors) => _tensors.AddRange(tensors);

    /// <inheritdoc/>
    public int Count => _tensors.Count;

    /// <summary>The names, in the order in which they were given; null if the tensors have none.</summary>
    public IReadOnlyList<string>? Names => _names.Count == 0 ? null : _names;

    /// <inheritdoc/>
    public Tensor this[int index] => _tensors[index];

    /// <summary>The tensor with a name.</summary>
    /// <exception cref="ArgumentException">Reading: there is none. Writing: the other tensors have no names.</exception>
    public Tensor this[string name]
    {
        get
        {
            int at = _names.IndexOf(name);
            return at >= 0 ? _tensors[at] : throw new ArgumentException($"There is no tensor '{name}'. {Suggestion.For(name, _names)}", nameof(name));
        }

        set
        {
            if (_names.Count != _tensors.Count) throw new ArgumentException($"Tensor '{name}' cannot be added to tensors without names.", nameof(name));
            int at = _names.IndexOf(name);
            if (at >= 0)
            {
                _tensors[at] = value;
                return;
            }

            _names.Add(name);
            _tensors.Add(value);
        }
    }

    /// <summary>Collects tensors.</summary>
    public static Tensors Create(ReadOnlySpan<Tensor> tensors) => new(tensors.ToArray());

    /// <summary>One tensor.</summary>
    public static implicit operator Tensors(Tensor tensor) => new([tensor]);

    /// <summary>Several tensors.</summary>
    public static implicit operator Tensors(Tensor[] tensors) => new(tensors);

    /// <summary>One tensor, made of a rectangular array of numbers.</summary>
    public static implicit operator Tensors(Array values) => new([Tensor.From(values)]);

    /// <inheritdoc/>
    public IEnumerator<Tensor> GetEnumerator() => _tensors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The tensors in the order of a model's inputs or outputs.</summary>
    /// <param name="what">What the argument is called.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="slots">The names of the inputs or outputs.</param>
    /// <param name="slotKind">"inputs" or "outputs".</param>
    internal Tensor[] InOrder(string what, string model, IReadOnlyList<string> slots, string slotKind)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_tensors[i] is null) throw new ArgumentNullException(what, $"{what}: tensor {i} is null.");
            if (_tensors[i] is KerasTensor) throw new ArgumentException($"{what} is data, not the symbolic tensor '{((KerasTensor)_tensors[i]).Name}'.", what);
        }

        if (Count != slots.Count)
            throw new ArgumentException($"Model '{model}' has {slots.Count} {slotKind} ({Quoted(slots)}), but {what} holds {Count} tensor{(Count == 1 ? "" : "s")}.", what);
        if (Names == null) return [.. _tensors];
        if (_names.FirstOrDefault(n => !slots.Contains(n)) is { } unknown)
            throw new ArgumentException($"Model '{model}' has no {slotKind[..^1]} '{unknown}', which {what} names. {Suggestion.For(unknown, slots)}", what);
        return [.. slots.Select(s => this[s])];
    }

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'"));
}
