using System.Globalization;
using System.Text.Json;
using NKeras.Callbacks;
using NKeras.Core;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Callbacks;

public sealed class CheckpointPathTests
{
    private static readonly Dictionary<string, double> s_logs = new() { ["loss"] = 0.5, ["val_loss"] = 1.25 };

    [Fact]
    public void NumbersAreFormattedAsPythonDoes()
    {
        JsonElement[] records = [.. RecordedData.Records("checkpoint_traces.jsonl.gz").Where(r => r.GetProperty("kind").GetString() == "format")];
        Assert.Equal(540, records.Length);
        foreach (JsonElement record in records)
        {
            PythonFormat format = new(record.GetProperty("spec").GetString()!);
            string text = record.TryGetProperty("int", out JsonElement number) ? format.Apply(number.GetInt32()) : format.Apply(Float(record.GetProperty("float").GetString()!));
            Assert.True(record.GetProperty("text").GetString() == text, $"{record}: {text}");
        }

        static double Float(string text) => text switch
        {
            "nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            _ => double.Parse(text, CultureInfo.InvariantCulture),
        };
    }

    [Theory]
    [InlineData("a/{epoch:02d}-{val_loss:.2f}.keras", "a/03-1.25.keras")]
    [InlineData("{epoch}{batch:03d}.keras", "3007.keras")]
    [InlineData("{{{loss}}}.keras", "{0.5}.keras")]
    [InlineData("plain.keras", "plain.keras")]
    public void FieldsAreFilledIn(string pattern, string path) => Assert.Equal(path, new CheckpointPath(pattern).Format(3, 7, s_logs));

    [Fact]
    public void ScoreNamedBatchComesFirst() =>
        Assert.Equal("4.0", new CheckpointPath("{batch}").Format(1, 2, new Dictionary<string, double> { ["batch"] = 4 }));

    [Theory]
    [InlineData("{epoch", "a single '{'")]
    [InlineData("epoch}", "a single '}'")]
    [InlineData("{}.keras", "has no name")]
    [InlineData("{0}.keras", "has no name")]
    [InlineData("{epoch.real}", "more than a name and a format")]
    [InlineData("{epoch!r}", "more than a name and a format")]
    [InlineData("{epoch:{batch}}", "in '{epoch:{batch}'")]
    [InlineData("{epoch:.2d}", "integers have no precision")]
    [InlineData("{epoch:2y}", "is not one of Python's")]
    [InlineData("{val_loss:02d}", "'d' is for integers")]
    [InlineData("{epoch:99999999999d}", "too large")]
    public void PatternsThatAreNotValidAreRefusedAtOnce(string pattern, string part)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new CheckpointPath(pattern));
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
        Assert.Contains(pattern, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingScoreIsNamedWithThoseThatThereAre()
    {
        KeyNotFoundException e = Assert.Throws<KeyNotFoundException>(() => new CheckpointPath("{epoch}-{val_los:.2f}.keras").Format(1, null, s_logs));
        Assert.Contains("Failed to format this callback filepath: \"{epoch}-{val_los:.2f}.keras\"", e.Message, StringComparison.Ordinal);
        Assert.Contains("There is no 'val_los'; there are 'epoch', 'loss', 'val_loss'.", e.Message, StringComparison.Ordinal);
        // A batch has a number only where files are saved after batches.
        Assert.Throws<KeyNotFoundException>(() => new CheckpointPath("{batch}").Format(1, null, s_logs));
    }
}
