using System.Text.Json;
using NKeras.Callbacks;

namespace NKeras.Tests.Callbacks;

public sealed class CSVLoggerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nkeras").FullName;

    public static TheoryData<int> Traces => CallbackTraces.Cases("csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Traces))]
    public void BytesAreThoseOfPython(int index)
    {
        JsonElement record = CallbackTraces.Of("csv")[index];
        string file = Path.Combine(_folder, "log.csv");
        if (record.GetProperty("before").GetString() is { } before) File.WriteAllText(file, before);
        CSVLogger logger = new(file, record.Argument("separator", ","), record.Argument("append", false));
        foreach (JsonElement run in record.GetProperty("runs").EnumerateArray())
        {
            int epoch = 0;
            logger.OnTrainBegin();
            foreach (JsonElement logs in run.EnumerateArray()) logger.OnEpochEnd(epoch++, CallbackTraces.Logs(logs));
            logger.OnTrainEnd();
        }

        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(record.GetProperty("text").GetString()!), File.ReadAllBytes(file));
    }

    [Fact]
    public void FitWritesARowPerEpoch()
    {
        string file = Path.Combine(_folder, "log.tsv");
        float[] x = [1, 1], y = [0, 0];
        CallbackTraces.Scale().Fit(x, y, epochs: 3, verbose: 0, validationData: (x, y), validationFreq: 2, callbacks: [new CSVLogger(file, "\t")]);
        Assert.Equal("epoch\tloss\tval_loss\r\n0\t1.0\tNA\r\n1\t1.0\t1.0\r\n2\t1.0\tNA\r\n", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("")]
    [InlineData(", ")]
    [InlineData("\n")]
    [InlineData("\"")]
    public void SeparatorIsOneCharacter(string separator) => Assert.Throws<ArgumentException>(() => new CSVLogger("x.csv", separator));

    [Fact]
    public void FolderMustExist() =>
        Assert.Throws<DirectoryNotFoundException>(() => new CSVLogger(Path.Combine(_folder, "none", "x.csv")).OnTrainBegin());
}
