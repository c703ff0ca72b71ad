using System.Collections.Immutable;
using NKeras.Saving;

namespace NKeras;

/// <summary>
/// Lets configurations that are read on this thread name classes of one's own without registering them, until it is disposed
/// (<c>keras.utils.CustomObjectScope</c>).
/// </summary>
/// <example><code>
/// using (new CustomObjectScope(new Dictionary&lt;string, Type&gt; { ["MyLayer"] = typeof(MyLayer) }))
/// {
///     model = Model.FromJson(json);
/// }
/// </code></example>
public sealed class CustomObjectScope : IDisposable
{
    private readonly ImmutableStack<IReadOnlyDictionary<string, Type>> _outer;

    /// <summary>Opens the scope.</summary>
    /// <param name="customObjects">The classes, by the names that configurations have for them. Keras's own classes cannot be replaced.</param>
    public CustomObjectScope(IReadOnlyDictionary<string, Type> customObjects)
    {
        ArgumentNullException.ThrowIfNull(customObjects);
        _outer = CustomTypes.Scopes ?? [];
        CustomTypes.Scopes = _outer.Push(customObjects);
    }

    /// <summary>Closes the scope.</summary>
    public void Dispose() => CustomTypes.Scopes = _outer;
}
