namespace NKeras.Quantizers;

/// <summary>The settings of AWQ, which spares the weights that large inputs meet (<c>keras.quantizers.AWQConfig</c>).</summary>
public sealed class AWQConfig : CalibrationConfig
{
    /// <summary>Creates a configuration.</summary>
    /// <param name="dataset">The data to look at.</param>
    /// <param name="tokenizer">What turns texts of the data into numbers.</param>
    /// <param name="weightBits">The bits of a weight: 4.</param>
    /// <param name="numSamples">How many samples are looked at.</param>
    /// <param name="sequenceLength">The length of each sample.</param>
    /// <param name="groupSize">How many weights share a scale; -1 for all of a channel.</param>
    /// <param name="numGridPoints">How many scales are tried.</param>
    /// <param name="applyClip">Whether great weights are clipped where that helps.</param>
    /// <param name="quantizationLayerStructure">Which layers come before the blocks, and the blocks.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public AWQConfig(
        object? dataset,
        object? tokenizer,
        int weightBits = 4,
        int numSamples = 128,
        int sequenceLength = 512,
        int groupSize = 128,
        int numGridPoints = 20,
        bool applyClip = true,
        object? quantizationLayerStructure = null)
        : base(dataset, tokenizer, numSamples, sequenceLength, groupSize, quantizationLayerStructure)
    {
        WeightBits = weightBits == 4 ? 4 : throw new ArgumentOutOfRangeException(nameof(weightBits), weightBits, $"weightBits is {weightBits}; AWQ has weights of 4 bits.");
        NumGridPoints = Positive(numGridPoints, nameof(numGridPoints));
        ApplyClip = applyClip;
    }

    /// <summary>How many scales are tried.</summary>
    public int NumGridPoints { get; }

    /// <summary>Whether great weights are clipped where that helps.</summary>
    public bool ApplyClip { get; }

    /// <inheritdoc/>
    public override string Mode => "awq";
}
