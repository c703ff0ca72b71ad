using System.Globalization;

namespace NKeras.Benchmarks;

/// <summary>What may follow the command on the command line.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>Words that are not options, such as <c>train</c>.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Threads that compute.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>How long to measure.</summary>
    public double Seconds { get; init; } = 1;

    /// <summary>Samples in a batch; 0 leaves the choice to the benchmark.</summary>
    public int Batch { get; init; }

    /// <summary>Reads the command line.</summary>
    public static BenchmarkOptions Parse(ReadOnlySpan<string> arguments)
    {
        BenchmarkOptions options = new();
        List<string> words = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(arguments[i]);
                continue;
            }

            string name = arguments[i];
            string value = ++i < arguments.Length ? arguments[i] : throw new ArgumentException($"{name} needs a value.");
            options = name switch
            {
                "--threads" => options with { Threads = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
                "--batch" => options with { Batch = int.Parse(value, CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException($"Unknown option {name}."),
            };
        }

        return options with { Words = words };
    }
}
