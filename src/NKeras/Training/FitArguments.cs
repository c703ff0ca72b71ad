using NKeras.Callbacks;

namespace NKeras.Training;

/// <summary>What <c>Fit</c> was given besides data.</summary>
internal sealed record FitArguments
{
    public required int Epochs { get; init; }

    public required Verbosity Verbose { get; init; }

    public required IReadOnlyList<Callback>? Callbacks { get; init; }

    public required ValidationData? ValidationData { get; init; }

    public required IReadOnlyDictionary<int, double>? ClassWeight { get; init; }

    public required int InitialEpoch { get; init; }

    public required int? StepsPerEpoch { get; init; }

    public required int? ValidationSteps { get; init; }

    public required int ValidationBatchSize { get; init; }

    public required int ValidationFreq { get; init; }

    public required CancellationToken CancellationToken { get; init; }

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
