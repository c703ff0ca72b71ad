using System.Text.Json.Nodes;
using NKeras.Optimizers.Schedules;
using NKeras.Saving;

namespace NKeras;

/// <summary>The functions of <c>keras.optimizers.schedules</c>: from schedules to their forms in files, and back.</summary>
public static class ScheduleFunctions
{
    private const string Module = "keras.optimizers.schedules";

    /// <summary>The form of a schedule in files: its module, class, configuration and registered name (<c>keras.optimizers.schedules.serialize</c>).</summary>
    /// <param name="learningRateSchedule">The schedule.</param>
    /// <exception cref="ArgumentException">Something in it has no such form.</exception>
    public static JsonObject Serialize(LearningRateSchedule learningRateSchedule) => ObjectForms.Serialize(learningRateSchedule);

    /// <summary>The schedule that a form describes (<c>keras.optimizers.schedules.deserialize</c>).</summary>
    /// <param name="config">What <see cref="Serialize"/> or Keras wrote. Keras's classes need no module.</param>
    /// <param name="customObjects">Classes of one's own that it names.</param>
    /// <exception cref="ArgumentException">It is not valid, or names a class that is neither Keras's nor known.</exception>
    public static LearningRateSchedule Deserialize(JsonNode config, IReadOnlyDictionary<string, Type>? customObjects = null) =>
        ObjectForms.Deserialize<LearningRateSchedule>(ObjectForms.Complete(config, Module), customObjects);
}
