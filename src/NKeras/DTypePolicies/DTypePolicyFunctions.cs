using System.Text.Json.Nodes;
using NKeras.DTypePolicies;
using NKeras.Quantizers;
using NKeras.Saving;

namespace NKeras;

/// <summary>Dtype policies by name and as configurations (<c>keras.dtype_policies.get</c>, …).</summary>
public static class DTypePolicyFunctions
{
    /// <summary>The policy with a name: <c>"float32"</c>, <c>"mixed_bfloat16"</c>, <c>"int8_from_float32"</c>, <c>"int4/128_from_mixed_bfloat16"</c>, ….</summary>
    /// <param name="identifier">The name; the global policy for null.</param>
    /// <exception cref="ArgumentException">There is no such policy.</exception>
    public static DTypePolicy Get(string? identifier)
    {
        if (identifier == null) return Config.DTypePolicy();
        if (QuantizationModes.StartOf(identifier) is not { } mode) return new DTypePolicy(identifier);
        string[] parts = identifier.Split("_from_");
        if (parts.Length != 2)
            throw new ArgumentException($"Unknown dtype policy '{identifier}': a quantized policy is named like '{mode}_from_float32'.", nameof(identifier));
        (string settings, string source) = (parts[0], parts[1]);
        return mode switch
        {
            "int4" when settings.Contains('/') => new Int4DTypePolicy(settings, source),
            "float8" => new QuantizedFloat8DTypePolicy(settings, source),
            "ternary" => new TernaryDTypePolicy(settings, source),
            "gptq" => new GPTQDTypePolicy(settings, source),
            "awq" => new AWQDTypePolicy(settings, source),
            _ => new QuantizedDTypePolicy(settings, source),
        };
    }

    /// <summary>A policy's serialised form.</summary>
    /// <param name="dtypePolicy">The policy.</param>
    public static JsonObject Serialize(DTypePolicy dtypePolicy)
    {
        ArgumentNullException.ThrowIfNull(dtypePolicy);
        return KerasSerializer.Serialize(dtypePolicy)!.AsObject();
    }

    /// <summary>The policy of a serialised form.</summary>
    /// <param name="config">The form.</param>
    /// <exception cref="ArgumentException">It is none of a policy.</exception>
    public static DTypePolicy Deserialize(JsonObject config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return ObjectForms.Deserialize<DTypePolicy>(config, customObjects: null);
    }
}
