using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Saving;

namespace NKeras;

/// <summary>The functions of <c>keras.constraints</c>: from constraints to their forms in files, and back.</summary>
public static class ConstraintFunctions
{
    /// <summary>The constraint that is meant: one, or a Keras name such as <c>"non_neg"</c>; null for null (<c>keras.constraints.get</c>).</summary>
    /// <param name="identifier">The constraint or its name.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message suggests the nearest.</exception>
    public static Constraint? Get(Constraint? identifier) => identifier;

    /// <summary>The constraint that a form describes (<c>keras.constraints.get</c>).</summary>
    /// <param name="identifier">What <see cref="Serialize"/> or Keras wrote.</param>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static Constraint Get(JsonObject identifier) => Deserialize(identifier);

    /// <summary>The form of a constraint in files: its module, class, configuration and registered name (<c>keras.constraints.serialize</c>).</summary>
    /// <param name="constraint">The constraint.</param>
    /// <exception cref="ArgumentException">Something in it has no such form.</exception>
    public static JsonObject Serialize(Constraint constraint) => ObjectForms.Serialize(constraint);

    /// <summary>The constraint that a form, or a name, describes (<c>keras.constraints.deserialize</c>).</summary>
    /// <param name="config">What <see cref="Serialize"/> or Keras wrote.</param>
    /// <param name="customObjects">Classes of one's own that it names.</param>
    /// <exception cref="ArgumentException">It is not valid, or names a class that is neither Keras's nor known.</exception>
    public static Constraint Deserialize(JsonNode config, IReadOnlyDictionary<string, Type>? customObjects = null) => ObjectForms.Deserialize<Constraint>(config, customObjects);
}
