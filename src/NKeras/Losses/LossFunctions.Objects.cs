using System.Text.Json.Nodes;
using NKeras.Losses;
using NKeras.Saving;

namespace NKeras;

// From losses to their forms in files, and back.
public static partial class LossFunctions
{
    /// <summary>The loss that is meant: one, or a Keras name such as <c>"mse"</c>; null for null (<c>keras.losses.get</c>).</summary>
    /// <param name="identifier">The loss or its name.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message suggests the nearest.</exception>
    public static Loss? Get(Loss? identifier) => identifier;

    /// <summary>A function of one's own as a loss, called as the function is (<c>keras.losses.get</c>).</summary>
    /// <param name="identifier">Maps targets and predictions to one value per sample.</param>
    public static Loss Get(Func<Tensor, Tensor, Tensor> identifier) => identifier;

    /// <summary>The loss that a form describes (<c>keras.losses.get</c>).</summary>
    /// <param name="identifier">What <see cref="Serialize"/> or Keras wrote.</param>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static Loss Get(JsonObject identifier) => Deserialize(identifier);

    /// <summary>The form of a loss in files: its module, class, configuration and registered name (<c>keras.losses.serialize</c>).</summary>
    /// <param name="loss">The loss.</param>
    /// <exception cref="ArgumentException">Something in it has no such form.</exception>
    public static JsonObject Serialize(Loss loss) => ObjectForms.Serialize(loss);

    /// <summary>The loss that a form, or a name, describes (<c>keras.losses.deserialize</c>).</summary>
    /// <param name="name">What <see cref="Serialize"/> or Keras wrote.</param>
    /// <param name="customObjects">Classes of one's own that it names.</param>
    /// <exception cref="ArgumentException">It is not valid, or names a class that is neither Keras's nor known.</exception>
    // Keras: calls the form "name".
    public static Loss Deserialize(JsonNode name, IReadOnlyDictionary<string, Type>? customObjects = null) => ObjectForms.Deserialize<Loss>(name, customObjects);
}
