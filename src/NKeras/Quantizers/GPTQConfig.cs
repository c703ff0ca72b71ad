namespace NKeras.Quantizers;

/// <summary>The settings of GPTQ, which chooses weights of few bits by the second derivatives of a layer's error (<c>keras.quantizers.GPTQConfig</c>).</summary>
public sealed class GPTQConfig : CalibrationConfig
{
    /// <summary>Creates a configuration.</summary>
    /// <param name="dataset">The data to look at.</param>
    /// <param name="tokenizer">What turns texts of the data into numbers.</param>
    /// <param name="weightBits">The bits of a weight: 2, 3, 4 or 8.</param>
    /// <param name="numSamples">How many samples are looked at.</param>
    /// <param name="calibrationBatchSize">How many samples are looked at together.</param>
    /// <param name="perChannel">Whether each channel has scales of its own.</param>
    /// <param name="sequenceLength">The length of each sample.</param>
    /// <param name="hessianDamping">What share of its mean is added to the second derivatives' diagonal: 0 to 1.</param>
    /// <param name="groupSize">How many weights share a scale; -1 for all of a channel.</param>
    /// <param name="symmetric">Whether zero stays zero.</param>
    /// <param name="activationOrder">Whether the weights that matter most are chosen first.</param>
    /// <param name="quantizationLayerStructure">Which layers come before the blocks, and the blocks.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public GPTQConfig(
        object? dataset,
        object? tokenizer,
        int weightBits = 4,
        int numSamples = 128,
        int calibrationBatchSize = 8,
        bool perChannel = true,
        int sequenceLength = 512,
        double hessianDamping = 0.01,
        int groupSize = 128,
        bool symmetric = false,
        bool activationOrder = false,
        object? quantizationLayerStructure = null)
        : base(dataset, tokenizer, numSamples, sequenceLength, groupSize, quantizationLayerStructure)
    {
        WeightBits = weightBits is 2 or 3 or 4 or 8
            ? weightBits
            : throw new ArgumentOutOfRangeException(nameof(weightBits), weightBits, $"weightBits is {weightBits}; it must be 2, 3, 4 or 8.");
        CalibrationBatchSize = Positive(calibrationBatchSize, nameof(calibrationBatchSize));
        HessianDamping = hessianDamping is >= 0 and <= 1
            ? hessianDamping
            : throw new ArgumentOutOfRangeException(nameof(hessianDamping), hessianDamping, $"hessianDamping is {hessianDamping}; it must be between 0 and 1.");
        (PerChannel, Symmetric, ActivationOrder) = (perChannel, symmetric, activationOrder);
    }

    /// <summary>How many samples are looked at together.</summary>
    public int CalibrationBatchSize { get; }

    /// <summary>Whether each channel has scales of its own.</summary>
    public bool PerChannel { get; }

    /// <summary>What share of its mean is added to the second derivatives' diagonal.</summary>
    public double HessianDamping { get; }

    /// <summary>Whether zero stays zero.</summary>
    public bool Symmetric { get; }

    /// <summary>Whether the weights that matter most are chosen first.</summary>
    public bool ActivationOrder { get; }

    /// <inheritdoc/>
    public override string Mode => "gptq";
}
