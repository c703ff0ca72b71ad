using System.Text.Json.Nodes;
using NKeras.Regularizers;
using NKeras.Saving;

namespace NKeras;

/// <summary>The functions of <c>keras.regularizers</c>: from regularizers to their forms in files, and back.</summary>
public static class RegularizerFunctions
{
    /// <summary>The regularizer that is meant: one, or a Keras name such as <c>"l2"</c>; null for null (<c>keras.regularizers.get</c>).</summary>
    /// <param name="identifier">The regularizer or its name.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message suggests the nearest.</exception>
    public static Regularizer? Get(Regularizer? identifier) => identifier;

    /// <summary>The regularizer that a form describes (<c>keras.regularizers.get</c>).</summary>
    /// <param name="identifier">What <see cref="Serialize"/> or Keras wrote.</param>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static Regularizer Get(JsonObject identifier) => Deserialize(identifier);

    /// <summary>The form of a regularizer in files: its module, class, configuration and registered name (<c>keras.regularizers.serialize</c>).</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <exception cref="ArgumentException">Something in it has no such form.</exception>
    public static JsonObject Serialize(Regularizer regularizer) => ObjectForms.Serialize(regularizer);

    /// <summary>The regularizer that a form, or a name, describes (<c>keras.regularizers.deserialize</c>).</summary>
    /// <param name="config">What <see cref="Serialize"/> or Keras wrote.</param>
    /// <param name="customObjects">Classes of one's own that it names.</param>
    /// <exception cref="ArgumentException">It is not valid, or names a class that is neither Keras's nor known.</exception>
    public static Regularizer Deserialize(JsonNode config, IReadOnlyDictionary<string, Type>? customObjects = null) => ObjectForms.Deserialize<Regularizer>(config, customObjects);
}
