using System.Text.Json.Nodes;
using NKeras.Optimizers;
using NKeras.Saving;

namespace NKeras;

/// <summary>The functions of <c>keras.optimizers</c>: from optimizers to their forms in files, and back.</summary>
public static class OptimizerFunctions
{
    private const string Module = "keras.optimizers";

    /// <summary>The optimizer that is meant: one, or a Keras name such as <c>"adam"</c>; null for null (<c>keras.optimizers.get</c>).</summary>
    /// <param name="identifier">The optimizer or its name.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message suggests the nearest.</exception>
    public static Optimizer? Get(Optimizer? identifier) => identifier;

    /// <summary>The optimizer that a form describes (<c>keras.optimizers.get</c>).</summary>
    /// <param name="identifier">What <see cref="Serialize"/> or Keras wrote.</param>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static Optimizer Get(JsonObject identifier) => Deserialize(identifier);

    /// <summary>The form of an optimizer in files: its module, class, configuration and registered name (<c>keras.optimizers.serialize</c>).</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <exception cref="ArgumentException">Something in it has no such form.</exception>
    public static JsonObject Serialize(Optimizer optimizer) => ObjectForms.Serialize(optimizer);

    /// <summary>The optimizer that a form, or a name, describes (<c>keras.optimizers.deserialize</c>).</summary>
    /// <param name="config">What <see cref="Serialize"/> or Keras wrote. Names of Keras's classes may be written in small letters, and need no module.</param>
    /// <param name="customObjects">Classes of one's own that it names.</param>
    /// <exception cref="ArgumentException">It is not valid, or names a class that is neither Keras's nor known.</exception>
    public static Optimizer Deserialize(JsonNode config, IReadOnlyDictionary<string, Type>? customObjects = null) =>
        ObjectForms.Deserialize<Optimizer>(ObjectForms.Complete(config, Module), customObjects);
}
