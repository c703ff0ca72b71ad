using System.Text.Json.Nodes;
using NKeras.Initializers;
using NKeras.Saving;

namespace NKeras;

/// <summary>The functions of <c>keras.initializers</c>: from initializers to their forms in files, and back.</summary>
public static class InitializerFunctions
{
    /// <summary>The initializer that is meant: one, or a Keras name such as <c>"glorot_uniform"</c>; null for null (<c>keras.initializers.get</c>).</summary>
    /// <param name="identifier">The initializer or its name.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message suggests the nearest.</exception>
    public static Initializer? Get(Initializer? identifier) => identifier;

    /// <summary>The initializer that a form describes (<c>keras.initializers.get</c>).</summary>
    /// <param name="identifier">What <see cref="Serialize"/> or Keras wrote.</param>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static Initializer Get(JsonObject identifier) => Deserialize(identifier);

    /// <summary>The form of an initializer in files: its module, class, configuration and registered name (<c>keras.initializers.serialize</c>).</summary>
    /// <param name="initializer">The initializer.</param>
    /// <exception cref="ArgumentException">Something in it has no such form.</exception>
    public static JsonObject Serialize(Initializer initializer) => ObjectForms.Serialize(initializer);

    /// <summary>The initializer that a form, or a name, describes (<c>keras.initializers.deserialize</c>).</summary>
    /// <param name="config">What <see cref="Serialize"/> or Keras wrote.</param>
    /// <param name="customObjects">Classes of one's own that it names.</param>
    /// <exception cref="ArgumentException">It is not valid, or names a class that is neither Keras's nor known.</exception>
    public static Initializer Deserialize(JsonNode config, IReadOnlyDictionary<string, Type>? customObjects = null) => ObjectForms.Deserialize<Initializer>(config, customObjects);
}
