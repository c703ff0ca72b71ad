using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Conformance.Binding;
using NKeras.Saving;

namespace NKeras.Conformance.Calls;

/// <summary>Makes objects from recorded configurations, as loading a file makes them.</summary>
internal static class RecordedObjects
{
    /// <summary>The object of a record's <c>config</c>.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    /// <param name="record">The record.</param>
    /// <param name="module">Keras's module of such objects. Recordings may name the module of a backend's own class.</param>
    /// <param name="dtype">The type it computes in, where the configuration does not tell.</param>
    /// <exception cref="MissingNameException">NKeras lacks the class.</exception>
    public static T Create<T>(CallRecord record, string module, DType? dtype = null)
        where T : class
    {
        JsonElement json = record.Json.GetProperty("config");
        string recorded = json.GetProperty("class_name").GetString()!, name = UnrecordedLayers.PublicName(recorded, json);
        // A functional model is a layer, too, of a class that has no name of its own.
        if (name == "Functional") module = "keras.models";
        else if (KerasModules.ClassOf($"{module}.{name}") == null) throw new MissingNameException($"{module}.{name}");
        JsonObject config = JsonObject.Create(json)!;
        config["module"] = module;
        config["class_name"] = name;
        config["registered_name"] = null;
        UnrecordedLayers.Complete(record, config);
        if (dtype != null) ((JsonObject)config["config"]!).TryAdd("dtype", dtype.Name);
        return UnrecordedLayers.Inner(recorded, KerasSerializer.Deserialize(config)) as T ?? throw new MissingNameException($"{module}.{recorded}");
    }
}
