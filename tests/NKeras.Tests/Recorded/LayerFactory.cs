using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Saving;

namespace NKeras.Tests.Recorded;

/// <summary>Builds a layer from the configuration of a recorded call.</summary>
internal static class LayerFactory
{
    public static Layer Create(JsonElement record)
    {
        JsonObject config = JsonObject.Create(record.GetProperty("config"))!;
        config["trainable"] = record.GetProperty("trainable").GetBoolean();
        config["dtype"] = record.GetProperty("dtype").GetString();
        return KerasSerializer.Deserialize<Layer>(new JsonObject
        {
            ["module"] = "keras.layers",
            ["class_name"] = record.GetProperty("target").GetString(),
            ["config"] = config,
            ["registered_name"] = null,
        });
    }
}
