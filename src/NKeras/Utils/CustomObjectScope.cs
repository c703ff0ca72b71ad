using System.Collections.Immutable;
using NKeras.Saving;

namespace NKeras;

/// <summary>
/// Lets configurations that are read on this thread name classes and functions of one's own without registering them, until it is disposed
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
    private readonly ImmutableStack<IReadOnlyDictionary<string, Type>> _outer = CustomTypes.Scopes ?? [];
    private readonly ImmutableStack<IReadOnlyDictionary<string, Delegate>> _outerFunctions = CustomFunctions.Scopes ?? [];

    /// <summary>Opens the scope.</summary>
    /// <param name="customObjects">The classes, by the names that configurations have for them. Keras's own classes cannot be replaced.</param>
    public CustomObjectScope(IReadOnlyDictionary<string, Type> customObjects)
    {
        ArgumentNullException.ThrowIfNull(customObjects);
        CustomTypes.Scopes = _outer.Push(customObjects);
    }

    /// <summary>Opens the scope.</summary>
    /// <param name="customObjects">
    /// The functions, by the names that configurations have for them, or by those of <see cref="Layers.Lambda"/> layers whose Python code they
    /// replace: <see cref="TensorFunction"/>s and the other delegates that such a layer takes.
    /// </param>
    public CustomObjectScope(IReadOnlyDictionary<string, Delegate> customObjects)
    {
        ArgumentNullException.ThrowIfNull(customObjects);
        CustomFunctions.Scopes = _outerFunctions.Push(customObjects);
    }

    /// <summary>Opens the scope.</summary>
    /// <param name="customObjects">The classes and functions, by the names that configurations have for them. Keras's own classes cannot be replaced.</param>
    public CustomObjectScope(CustomObjects customObjects)
    {
        ArgumentNullException.ThrowIfNull(customObjects);
        (CustomTypes.Scopes, CustomFunctions.Scopes) = (_outer.Push(customObjects.Types), _outerFunctions.Push(customObjects.Functions));
    }

    /// <summary>Closes the scope.</summary>
    public void Dispose() => (CustomTypes.Scopes, CustomFunctions.Scopes) = (_outer, _outerFunctions);
}
