using NKeras.Callbacks;

namespace NKeras.Training;

/// <summary>What <c>Fit</c> was given besides data, in the order of its parameters.</summary>
internal sealed record FitArguments(
    int Epochs,
    Verbosity Verbose,
    IReadOnlyList<Callback>? Callbacks,
    ValidationData? ValidationData,
    IReadOnlyDictionary<int, double>? ClassWeight,
    int InitialEpoch,
    int? StepsPerEpoch,
    int? ValidationSteps,
    int ValidationBatchSize,
    int ValidationFreq,
    CancellationToken CancellationToken)
{
    /// <summary>Refuses numbers that make no sense.</summary>
    public FitArguments Checked()
    {
        NotNegative(Epochs, "epochs");
        NotNegative(InitialEpoch, "initialEpoch");
        Positive(ValidationFreq, "validationFreq");
        Positive(ValidationBatchSize, "validationBatchSize");
        if (StepsPerEpoch is { } steps) Positive(steps, "stepsPerEpoch");
        if (ValidationSteps is { } some) Positive(some, "validationSteps");
        return this;
    }

    /// <summary>A number that must be 1 or more.</summary>
    public static int Positive(int value, string name) => value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be 1 or more.");

    private static void NotNegative(int value, string name)
    {
        if (value < 0) throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it cannot be negative.");
    }
}
