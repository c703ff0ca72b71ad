using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Metrics;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;
using NKeras.Regularizers;

namespace NKeras.Saving.Older;

/// <summary>
/// Serialised forms of other versions of Keras as today's: without a module, which the place tells then, with a module or a class that has another name
/// today, or with a list for a configuration. The entries of configurations are <see cref="OlderConfigs"/>'s.
/// </summary>
internal static class OlderForms
{
    /// <summary>Which of Keras's modules an object is looked for in, by what is expected in its place.</summary>
    private static readonly (Type Type, string[] Kinds)[] s_kinds =
    [
        (typeof(Layer), ["layers", "models"]),
        (typeof(Initializer), ["initializers"]),
        (typeof(Regularizer), ["regularizers"]),
        (typeof(Constraint), ["constraints"]),
        (typeof(Loss), ["losses"]),
        (typeof(Metric), ["metrics", "losses"]),
        (typeof(Optimizer), ["optimizers"]),
        (typeof(LearningRateSchedule), ["schedules"]),
        (typeof(DTypePolicy), ["dtype_policies"]),
        (typeof(ActivationFunction), ["layers"]),
    ];

    /// <summary>What is written where a class of Keras's own is registered under its own name.</summary>
    private const string OwnPackage = "Custom>";

    /// <summary>A form as today's Keras writes it; what is no form is given back as it is.</summary>
    /// <param name="form">The form.</param>
    /// <param name="expected">What is expected in its place; null if that is not known.</param>
    /// <exception cref="ArgumentException">It names a class that Keras had once and has no more.</exception>
    public static JsonObject Renewed(JsonObject form, Type? expected)
    {
        string[] kinds = s_kinds.FirstOrDefault(k => k.Type.IsAssignableFrom(expected)).Kinds ?? [];
        form = WithClassName(form, kinds);
        if (Text(form["class_name"]) is not { } className || className.StartsWith("__", StringComparison.Ordinal) || className == "function") return form;
        if (Text(form["module"]) is not { } module) return form.ContainsKey("module") && form["module"] is not null ? form : WithoutModule(form, className, kinds);
        if (OlderModules.Today(module, className) is not { } today) return form;
        // Keras's own optimizers of 2.11 and 2.12 were registered like a user's classes.
        bool ownName = Text(form["registered_name"]) is { } registered && registered == OwnPackage + className && TypeTable.Find(today, className) != null;
        form = Changed(form, today, className, TypeTable.KindOf(today));
        if (ownName) form["registered_name"] = null;
        return form;
    }

    /// <summary>Keras 1 kept the name of the class of a regularizer or constraint among its settings.</summary>
    private static JsonObject WithClassName(JsonObject form, string[] kinds)
    {
        if (form.ContainsKey("class_name") || !kinds.Any(k => k is "regularizers" or "constraints") || Text(form["name"]) is not { } name) return form;
        JsonObject config = (JsonObject)form.DeepClone();
        config.Remove("name");
        return new JsonObject { ["class_name"] = name, ["config"] = config };
    }

    /// <summary>Forms without a module are those of Keras 1, Keras 2 and legacy files: Keras's classes come first, then the user's.</summary>
    private static JsonObject WithoutModule(JsonObject form, string className, string[] kinds)
    {
        if (Text(form["registered_name"]) is { } registered && registered != className) return form;
        if (className.StartsWith(OwnPackage, StringComparison.Ordinal) && CustomTypes.Find(className, className) == null)
        {
            string own = className[OwnPackage.Length..];
            if (kinds.Any(k => TypeTable.Find($"keras.{k}", own) != null)) className = own;
        }

        foreach (string kind in kinds)
        {
            if (OlderClasses.Find(kind, className) is { } renamed) return Changed(form, $"keras.{kind}", className, kind);
            if (OlderClasses.Spelling(kind, className) is { } today) return Changed(form, $"keras.{kind}", today, kind);
        }

        return form;
    }

    private static JsonObject Changed(JsonObject form, string module, string className, string? kind)
    {
        OlderClass? older = kind == null ? null : OlderClasses.Find(kind, className);
        bool isList = form["config"] is JsonArray;
        if (older == null && !isList && Text(form["module"]) == module && Text(form["class_name"]) == className) return form;
        JsonObject changed = (JsonObject)form.DeepClone();
        // Keras 1 and 2 wrote no more than the layers of a Sequential.
        if (isList) changed["config"] = new JsonObject { ["layers"] = form["config"]!.DeepClone() };
        (changed["module"], changed["class_name"]) = (module, older?.Name ?? className);
        if (Text(form["registered_name"]) == className && older != null) changed["registered_name"] = null;
        if (older?.Change is { } change && changed["config"] is JsonObject config)
        {
            ConfigDraft draft = new(config);
            string? name = BadConfig.Within($"{className} '{BadConfig.Excerpt(Text(config["name"]) ?? "")}'", () => change(draft));
            if (name != null) changed["class_name"] = name;
            if (draft.Config != config) changed["config"] = draft.Config;
        }

        return changed;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
