using System.Text.Json;
using NKeras.Layers;

namespace NKeras.Conformance.Calls;

/// <summary>What the recorded test did to layers inside another after making it, which the configuration does not tell but the weights do.</summary>
internal static class LayerChanges
{
    /// <summary>Quantizes layers inside, and gives them low-rank updates, where the recorded weights show that.</summary>
    public static void Repeat(Layer layer, JsonElement[] weights)
    {
        if (weights.Length == layer.Variables.Count) return;
        foreach (Layer inner in layer.AllSubLayers)
        {
            if (Weight(inner, "kernel") is { } kernel && kernel.GetProperty("dtype").GetString() == "int8" && inner.QuantizationMode == null) inner.Quantize("int8");
            if (inner is QuantizableLayer { LoraEnabled: false } adapted && Weight(inner, "lora_kernel_b") is { } factor) adapted.EnableLora(factor.GetProperty("shape")[0].GetInt32());
        }

        JsonElement? Weight(Layer inner, string name) => weights
            .Where(w => w.GetProperty("path").GetString() == $"{inner.Path}/{name}")
            .Select(w => (JsonElement?)w.GetProperty("value")).FirstOrDefault();
    }
}
