using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using NKeras.Saving;

namespace NKeras.Cli;

/// <summary>The options that bound what loading takes.</summary>
internal sealed class Limits
{
    private readonly Option<long?> _memory = new("--max-memory")
    {
        Description = "How much memory loading may take: bytes, or a number with K, M or G. What is free if omitted.",
        HelpName = "SIZE",
        CustomParser = Size,
    };

    private readonly Option<double?> _time = new("--max-time") { Description = "How many seconds loading may take.", HelpName = "SECONDS", CustomParser = Seconds };

    public IReadOnlyList<Option> Options => [_memory, _time];

    public LoadPolicy PolicyOf(ParseResult parsed)
    {
        LoadPolicy policy = LoadPolicy.Default with { MaxMemoryBytes = parsed.GetValue(_memory) };
        return parsed.GetValue(_time) is { } seconds ? policy with { MaxTime = TimeSpan.FromSeconds(seconds) } : policy;
    }

    private static long? Size(ArgumentResult argument)
    {
        string text = argument.Tokens.Single().Value;
        string number = text.TrimEnd('B', 'b', 'i').TrimEnd('K', 'k', 'M', 'm', 'G', 'g');
        int shift = text.ToUpperInvariant().TrimEnd('B', 'I') switch
        {
            [.., 'K'] => 10,
            [.., 'M'] => 20,
            [.., 'G'] => 30,
            _ => 0,
        };
        if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value * (1L << shift) is > 0 and < long.MaxValue and var bytes) return (long)bytes;
        argument.AddError($"'{text}' is no size: a number of bytes, or one with K, M or G.");
        return null;
    }

    private static double? Seconds(ArgumentResult argument)
    {
        string text = argument.Tokens.Single().Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value is > 0 and < 1e9) return value;
        argument.AddError($"'{text}' is no number of seconds.");
        return null;
    }
}
