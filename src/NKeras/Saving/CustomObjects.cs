using System.Collections;

namespace NKeras.Saving;

/// <summary>Classes and functions of one's own, by the names that a file has for them (<c>custom_objects</c>).</summary>
/// <example><code>
/// Model model = Model.Load("model.keras", new CustomObjects { ["MyLayer"] = typeof(MyLayer) });
/// </code></example>
public sealed class CustomObjects : IEnumerable<string>
{
    private readonly Dictionary<string, Type> _types = [];
    private readonly Dictionary<string, Delegate> _functions = [];

    /// <summary>The classes.</summary>
    internal IReadOnlyDictionary<string, Type> Types => _types;

    /// <summary>The functions.</summary>
    internal IReadOnlyDictionary<string, Delegate> Functions => _functions;

    /// <summary>Sets what a name means.</summary>
    /// <param name="name">The name in the file.</param>
    public CustomObject this[string name]
    {
        set
        {
            ArgumentNullException.ThrowIfNull(name);
            ArgumentNullException.ThrowIfNull(value);
            if (value.Type is { } type) _types[name] = type;
            else _functions[name] = value.Function!;
        }
    }

    /// <summary>The names.</summary>
    public IEnumerator<string> GetEnumerator() => _types.Keys.Concat(_functions.Keys).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
