using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Quantizers;

/// <summary>What the configurations of GPTQ and AWQ have in common: weights are chosen by looking at what the layer does to data.</summary>
// Keras: model.quantize then calibrates. Here layers can have such weights, from files for instance, but nothing computes them.
public abstract class CalibrationConfig : QuantizationConfig
{
    private protected CalibrationConfig(object? dataset, object? tokenizer, int numSamples, int sequenceLength, int groupSize, object? quantizationLayerStructure)
    {
        (Dataset, Tokenizer, QuantizationLayerStructure) = (dataset, tokenizer, quantizationLayerStructure);
        NumSamples = Positive(numSamples, nameof(numSamples));
        SequenceLength = Positive(sequenceLength, nameof(sequenceLength));
        GroupSize = QuantizationModes.Group(groupSize, nameof(groupSize));
    }

    /// <summary>The data to look at. Not part of the configuration.</summary>
    public object? Dataset { get; }

    /// <summary>What turns texts of the data into numbers. Not part of the configuration.</summary>
    public object? Tokenizer { get; }

    /// <summary>The bits of a weight.</summary>
    public int WeightBits { get; private protected init; }

    /// <summary>How many samples are looked at.</summary>
    public int NumSamples { get; }

    /// <summary>The length of each sample.</summary>
    public int SequenceLength { get; }

    /// <summary>How many weights share a scale; -1 for all of a channel.</summary>
    public int GroupSize { get; }

    /// <summary>Which layers come before the blocks, and the blocks. Not part of the configuration.</summary>
    public object? QuantizationLayerStructure { get; }

    internal override string PolicyMode => $"{Mode}/{WeightBits}/{GroupSize}";

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = AutoConfig.Read(GetType(), this);
        foreach (string key in (string[])["dataset", "tokenizer", "quantization_layer_structure"]) config[key] = null;
        return config;
    }

    private protected static int Positive(int value, string name) => value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be greater than 0.");
}
