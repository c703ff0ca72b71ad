using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Layers;
using NKeras.Saving.Older;

namespace NKeras.Saving;

/// <summary>Writes objects in Keras's serialised form (<c>module</c>, <c>class_name</c>, <c>config</c>, <c>registered_name</c>), and reads them.</summary>
internal static class KerasSerializer
{
    /// <summary>Whether an object has such a form.</summary>
    public static bool IsSerializable(object value) => value is IConfigurable or ActivationFunction;

    /// <summary>An object's serialised form.</summary>
    /// <exception cref="ArgumentException">Its class is not registered, or its configuration would not make it again.</exception>
    public static JsonNode? Serialize(object? value)
    {
        switch (value)
        {
            case null:
                return null;
            case ActivationFunction activation:
                return CustomFunctions.Serialize(activation);
            case IFunctionObject own:
                return CustomFunctions.FormOf(own.Function, "This");
            case FunctionOperation operation:
                return OpSerializer.Serialize(operation);
        }

        if (value is Layer outer) Nesting.Check(outer);
        Type type = value.GetType();
        KerasType? entry = TypeTable.Find(type) ?? CustomTypes.Find(type);
        JsonObject config = ((IConfigurable)value).GetConfig();
        if (entry?.Module == null) CheckComplete(entry, type, config);
        JsonObject result = new()
        {
            ["module"] = entry?.Module,
            ["class_name"] = entry?.ClassName ?? type.Name,
            ["config"] = config,
            ["registered_name"] = entry == null ? type.Name : entry.RegisteredName,
        };
        if (value is Layer layer)
        {
            if (layer.GetBuildConfig() is { } build) result["build_config"] = build;
            if (layer is Model model) result["compile_config"] = model.GetCompileConfig();
        }

        SharedObjects.Mark(value, result);
        return result;
    }

    /// <summary>The object that a serialised form describes.</summary>
    /// <exception cref="ArgumentException">The form is not valid, or names a class that is neither Keras's nor registered.</exception>
    public static T Deserialize<T>(JsonNode node)
        where T : class => Deserialize(node, typeof(T)) as T
        ?? throw new ArgumentException($"The configuration describes no {typeof(T).Name}, which is expected here, but {BadConfig.Excerpt((node as JsonObject)?["class_name"] ?? node)}.");

    /// <inheritdoc cref="Deserialize{T}"/>
    /// <param name="node">The form.</param>
    /// <param name="expected">What is expected here, which tells what forms of older versions of Keras mean; null if that is not known.</param>
    public static object Deserialize(JsonNode? node, Type? expected = null)
    {
        if (node is not JsonObject form) throw ConfigReader.Expected("an object with 'class_name' and 'config'", node);
        form = OlderForms.Renewed(form, expected);
        if (Reading.Current is { KerasVersion: null } reading && form["keras_version"] is JsonValue written && written.TryGetValue(out string? number)) reading.KerasVersion = KerasVersion.Parse(number);
        string className = ConfigReader.Text(form["class_name"] ?? throw new ArgumentException($"The configuration has no 'class_name'; it has {BadConfig.List(form.Select(p => p.Key))}."));
        if (PlainForms.Read(className, form["config"]) is { } plain) return plain;
        string? module = form["module"] is { } m ? ConfigReader.Text(m) : null, registered = form["registered_name"] is { } r ? ConfigReader.Text(r) : null;
        if (className == "function") return CustomFunctions.Activation(ConfigReader.Text(form["config"]));
        // One of Keras's modules means a class of Keras's: what the user registered cannot take its place.
        bool isKeras = IsKeras(module) && (registered == null || registered == className);
        KerasType type = TypeTable.Find(module, className) ?? (isKeras ? null : CustomTypes.Find(registered, className)) ?? throw Unknown(module, className, registered, form);
        JsonObject config = form["config"] switch
        {
            null => [],
            JsonObject given => given,
            var other => throw ConfigReader.Expected($"the configuration of a {className}", other),
        };
        if (SharedObjects.Find(form) is { } known) return known;
        object value = type.FromConfig(config);
        if (value is Layer layer)
        {
            if (!layer.Built && form["build_config"] is JsonObject build) BadConfig.Within($"Layer '{layer.Name}' cannot be built as its configuration says", () => layer.BuildFromConfig(build));
            if (layer is Model model && form["compile_config"] is JsonObject { Count: > 0 } compile) model.CompileFromConfig(compile);
        }

        SharedObjects.Keep(form, value);
        return value;
    }

    private static void CheckComplete(KerasType? entry, Type type, JsonObject config)
    {
        if (entry is not { ByConstructor: true }) return;
        if (AutoConfig.Missing(entry.Type, config).FirstOrDefault() is { } missing)
        {
            throw new ArgumentException(
                $"The configuration of {type.Name} says nothing about its constructor's parameter '{missing}'. Add a property {ConfigNames.PropertyOf(missing)} that holds it, or override GetConfig and add ['{ConfigNames.KeyOf(missing)}'].");
        }
    }

    private static bool IsKeras(string? module) => module == "keras" || module?.StartsWith("keras.", StringComparison.Ordinal) == true;

    private static ArgumentException Unknown(string? module, string className, string? registered, JsonObject form)
    {
        string name = form["config"] is JsonObject config && config["name"] is JsonValue value && value.TryGetValue(out string? text) ? $" of '{BadConfig.Excerpt(text)}'" : "";
        return new ArgumentException(module?.StartsWith("keras", StringComparison.Ordinal) == true && (registered == null || registered == className)
            ? $"Unknown class '{BadConfig.Excerpt(className)}'{name} of module '{BadConfig.Excerpt(module)}'. {Suggestion.For(className, TypeTable.NamesIn(module))}"
            : $"Unknown class '{BadConfig.Excerpt(registered ?? className)}'{name}: it is none of Keras's. Register your own class with Utils.RegisterKerasSerializable or [RegisterKerasSerializable]."
            + (CustomTypes.Names.Any() ? $" Registered: {string.Join(", ", CustomTypes.Names.Select(n => $"'{n}'"))}." : ""));
    }
}
