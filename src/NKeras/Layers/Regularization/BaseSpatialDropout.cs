using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>What layers have in common that drop whole channels of a sample, whatever the number of spatial axes.</summary>
public abstract class BaseSpatialDropout : BaseNoise
{
    private protected BaseSpatialDropout(double rate, int? seed, string? name, DTypePolicy? dtype, int rank)
        : base(rate, seed, name, trainable: true, dtype, nameof(rate))
    {
        Rate = rate;
        InputSpec = new InputSpec(ndim: rank);
    }

    /// <summary>The share of channels that become zero.</summary>
    public double Rate { get; }

    /// <summary>The axis of channels.</summary>
    private protected virtual int ChannelAxis => -1;

    /// <inheritdoc/>
    // Keras: does without "trainable", and writes the variables' type in place of the policy; under a mixed policy that is another layer, so here the policy's name is written.
    public override JsonObject GetConfig()
    {
        JsonObject config = new() { ["rate"] = Rate, ["seed"] = Seed, ["name"] = Name, ["dtype"] = DTypePolicy.Name };
        foreach ((string key, JsonNode? value) in AutoConfig.Read(GetType(), this, "rate", "seed", "name", "dtype")) config[key] = value?.DeepClone();
        return config;
    }

    private protected override Tensor Disturb(Tensor inputs, SeedGenerator seed) =>
        RandomOps.Dropout(inputs, Rate, Shape.Create([.. Enumerable.Range(0, inputs.Rank).Select(a => a == 0 || a == inputs.Shape.Axis(ChannelAxis) ? inputs.Shape[a] : 1)]), seed);
}
