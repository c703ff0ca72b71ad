namespace NKeras.Core;

/// <summary>Keras's names for objects of one kind (<c>"adam"</c>, <c>"mse"</c>, …) and what they stand for.</summary>
/// <param name="kind">What the error calls it, such as "optimizer".</param>
internal sealed class NameTable<T>(string kind)
{
    private readonly Dictionary<string, Func<T>> _factories = [];

    /// <summary>Adds a factory under one or several names; class names and snake case both count in Keras.</summary>
    public NameTable<T> Add(Func<T> factory, params ReadOnlySpan<string> names)
    {
        foreach (string name in names) _factories.Add(name, factory);
        return this;
    }

    /// <summary>A new object by name.</summary>
    /// <exception cref="ArgumentException">The name is unknown; the message suggests the nearest.</exception>
    public T Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _factories.TryGetValue(name, out Func<T>? factory)
            ? factory()
            : throw new ArgumentException($"Unknown {kind} '{name}'. {Suggestion.For(name, _factories.Keys)}");
    }
}
