using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Npy;

namespace NKeras.Cli.Tests;

public sealed class CommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nkeras-cli-").FullName;

    // What Keras 3.16 was given and predicted: expected.jsonl.gz of the recorded files.
    private readonly float[] _first = Floats("H+5Yv4RRDz+aRvy9DtTkPg=="), _second = Floats("C7t0P9mtnT2G3BI7HRxbvw=="), _expected = Floats("JGiEwJcn2z0=");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void InspectShowsAnArchive()
    {
        (int status, string output, string error) = Run("inspect", Data("critic.keras"));
        Assert.Equal((0, ""), (status, error));
        string[] lines = output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("Keras version: 3.4.1, saved 2024-08-26@10:36:07", lines);
        Assert.Contains("Model: Functional 'functional_1', 9 layers", lines);
        Assert.Contains("concatenate    Concatenate", lines);
        Assert.Contains("config.json  6.83 KiB", lines);
        Assert.Contains("vars/", lines);
    }

    [Fact]
    public void InspectShowsALegacyFile()
    {
        string output = Run("inspect", Data("conv1d.h5")).Output;
        Assert.Contains("Keras version: 2.3.1", output, StringComparison.Ordinal);
        Assert.Contains("Compiled: optimizer RMSprop, loss binary_crossentropy", output, StringComparison.Ordinal);
        Assert.Contains("kernel:0  float32 (2, 3, 4), 96 B", output, StringComparison.Ordinal);
    }

    [Fact]
    public void InspectWritesJson()
    {
        JsonNode json = JsonNode.Parse(Run("inspect", Data("critic.keras"), "--json").Output)!;
        Assert.Equal("3.4.1", (string?)json["keras_version"]);
        Assert.Equal(93232, (long?)json["bytes"]);
        Assert.Equal(["input_layer_1", "dense_3", "input_layer_2", "dense_4", "dense_5", "concatenate", "dense_6", "dense_7", "dense_8"], json["layers"]!.AsArray().Select(l => (string?)l!["name"]));
        // 15,349 parameters, as recorded, of 4 bytes.
        Assert.Equal(15349 * 4, json["arrays"]!.AsArray().Sum(a => (long)a!["bytes"]!));
    }

    [Fact]
    public void PredictTakesAndGivesTexts()
    {
        Input x = new([1], dtype: "string");
        new Model(x, new Reshape([1, 1]).Apply(x)).Save(At("texts.keras"));
        File.WriteAllText(At("x.txt"), "one\ntwo, or \"three\"\nvier für fünf\n");
        string output = Run("predict", At("texts.keras"), "--input", At("x.txt")).Output;
        Assert.Equal(["one", "\"two, or \"\"three\"\"\"", "vier für fünf"], output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        AssertFails("is text", "predict", At("texts.keras"), "--input", At("x.txt"), "--output", At("y.npy"));
        File.WriteAllBytes(At("x.txt"), [0x61, 0x0A, 0xFF, 0x0A]);
        AssertFails("is not UTF-8", "predict", At("texts.keras"), "--input", At("x.txt"));
    }

    [Fact]
    public void InspectShowsLinksAndPicklesWithoutFollowingThem()
    {
        string links = Run("inspect", Data("links.weights.h5")).Output;
        Assert.Contains("0  float32 (3, 2), 24 B", links, StringComparison.Ordinal);
        Assert.Contains("refused", links, StringComparison.Ordinal);
        string pickle = Run("inspect", Data("pickle.npz")).Output;
        Assert.Contains("kernel  float32 (2, 2), 16 B", pickle, StringComparison.Ordinal);
        Assert.Contains("pickle", pickle, StringComparison.Ordinal);
    }

    [Fact]
    public void SummaryPrintsTheTable()
    {
        (int status, string output, _) = Run("summary", Data("critic.keras"));
        Assert.Equal(0, status);
        Assert.Contains("Total params: 15,349", output, StringComparison.Ordinal);
    }

    [Fact]
    public void PredictIsWhatKerasPredicts()
    {
        string one = Csv("one.csv", _first, 2, "a,b"), two = Npy("two.npy", _second, 2);
        (int status, string output, string error) = Run("predict", Data("critic.keras"), "--input", $"input_layer_1={one}", "--input", $"input_layer_2={two}");
        Assert.Equal((0, ""), (status, error));
        AssertExpected([.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => float.Parse(l, CultureInfo.InvariantCulture))]);
        Assert.Equal(0, Run("predict", Data("critic.keras"), "--input", $"input_layer_1={one}", "--input", $"input_layer_2={two}", "--output", At("y.npy")).Status);
        using FileStream file = File.OpenRead(At("y.npy"));
        AssertExpected(NpyFile.Read(file, file.Length, "y.npy").ToArray<float>());
    }

    [Fact]
    public void LinesGetTheShapeOfTheInput()
    {
        new Sequential([new Input(shape: [2, 3]), new Permute([2, 1])]).Save(At("m.keras"));
        string output = Run("predict", At("m.keras"), "--input", Csv("x.csv", [1, 2, 3, 4, 5, 6], 6)).Output;
        Assert.Equal("1,4,2,5,3,6", output.Trim());
    }

    [Theory]
    [InlineData("1,2\n3\n", "line 2: it has 1 values")]
    [InlineData("1,2\n3,x\n", "line 2, value 2: 'x' is no number")]
    [InlineData("\n", "has no values")]
    public void BadTablesAreRefusedWithTheirLine(string table, string expected)
    {
        new Sequential([new Input(shape: [2]), new Dense(1)]).Save(At("m.keras"));
        File.WriteAllText(At("x.csv"), table);
        AssertFails(expected, "predict", At("m.keras"), "--input", At("x.csv"));
    }

    [Fact]
    public void InputsAreNamed()
    {
        string one = Csv("one.csv", _first, 2);
        AssertFails("'input_layer_1', 'input_layer_2'", "predict", Data("critic.keras"), "--input", one);
        AssertFails("--input input_layer_2=x.npy", "predict", Data("critic.keras"), "--input", $"input_layer_1={one}");
    }

    [Theory]
    [InlineData("b.h5")]
    [InlineData("b.keras")]
    [InlineData("folder")]
    public void ModelsAreConvertedThereAndBack(string target)
    {
        Assert.Equal(0, Run("convert", Data("conv1d.h5"), At(target)).Status);
        Assert.Equal(0, Run("convert", At(target), At("again.h5")).Status);
        Model expected = Model.Load(Data("conv1d.h5"), compile: false), actual = Model.Load(At("again.h5"), compile: false);
        Assert.Equal(expected.Weights.Select(w => w.Value.ToArray<float>()), actual.Weights.Select(w => w.Value.ToArray<float>()));
    }

    [Fact]
    public void WeightsAreConvertedThereAndBack()
    {
        Assert.Equal(0, Run("convert", Data("critic.keras"), At("a.weights.h5")).Status);
        Assert.Equal(0, Run("convert", At("a.weights.h5"), At("b.npz")).Status);
        Assert.Equal(0, Run("convert", At("b.npz"), At("c.weights.h5")).Status);
        Model expected = Model.Load(Data("critic.keras"), compile: false), actual = Model.Load(Data("critic.keras"), compile: false);
        foreach (Variable weight in actual.Weights) weight.Assign(Ops.ZerosLike(weight.Value));
        actual.LoadWeights(At("c.weights.h5"));
        Assert.Equal(expected.Weights.Select(w => w.Value.ToArray<float>()), actual.Weights.Select(w => w.Value.ToArray<float>()));
        AssertFails("--model", "convert", At("a.weights.h5"), At("d.keras"));
        Assert.Equal(0, Run("convert", At("a.weights.h5"), At("d.keras"), "--model", Data("critic.keras")).Status);
    }

    [Fact]
    public void NothingIsReplacedUnlessForced()
    {
        File.WriteAllText(At("b.keras"), "mine");
        AssertFails("--force", "convert", Data("conv1d.h5"), At("b.keras"));
        Assert.Equal("mine", File.ReadAllText(At("b.keras")));
        Assert.Equal(0, Run("convert", Data("conv1d.h5"), At("b.keras"), "--force").Status);
    }

    [Theory]
    [InlineData("critic.keras")]
    [InlineData("conv1d.h5")]
    public void GoodFilesAreSafe(string file)
    {
        (int status, string output, string error) = Run("verify", Data(file));
        Assert.Equal((0, ""), (status, error));
        Assert.Contains("safe to load", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("links.weights.h5", "array 'layers/dense/vars/1'", "array 'layers/dense/vars/2'")]
    [InlineData("pickle.npz", "array 'evil'", "pickle")]
    public void VerifyNamesLinksAndPickles(string file, params string[] expected)
    {
        (int status, string output, _) = Run("verify", Data(file));
        Assert.Equal(1, status);
        Assert.All(expected, e => Assert.Contains(e, output, StringComparison.Ordinal));
    }

    [Fact]
    public void VerifyNamesAllThatIsRefused()
    {
        string config = """
            {"module": "keras", "class_name": "Sequential", "registered_name": null, "config": {"name": "s", "layers": [
              {"module": "keras.layers", "class_name": "Lambda", "registered_name": null, "config": {"name": "code", "function": {"class_name": "__lambda__", "config": {"code": "4wEAAAA=", "defaults": null, "closure": null}}}},
              {"module": "os", "class_name": "system", "registered_name": "system", "config": {"name": "shell"}},
              {"module": "keras.layers", "class_name": "TFSMLayer", "registered_name": null, "config": {"name": "tf", "filepath": "/tmp/model"}},
              {"module": null, "class_name": "Mine", "registered_name": "Package>Mine", "config": {"name": "mine"}},
              {"module": "keras.layers", "class_name": "StringLookup", "registered_name": null, "config": {"name": "words", "vocabulary": "/etc/passwd"}}]}}
            """;
        using (ZipArchive archive = ZipFile.Open(At("bad.keras"), ZipArchiveMode.Create))
        {
            using StreamWriter writer = new(archive.CreateEntry("config.json").Open());
            writer.Write(config);
        }

        (int status, string output, _) = Run("verify", At("bad.keras"));
        Assert.Equal(1, status);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Contains(lines, l => l.StartsWith("layer 'code': it holds the bytes of a Python function", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("layer 'shell': 'system' is of the module 'os'", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("layer 'tf': it runs a TensorFlow program", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("layer 'tf': 'filepath' names another file", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("layer 'mine': 'Mine' is a class or function of its author's own", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("layer 'words': 'vocabulary' names another file, '/etc/passwd'", StringComparison.Ordinal));
        Assert.Equal(6, lines.Length);
    }

    [Fact]
    public void LimitsHold()
    {
        Assert.Equal(1, Run("verify", Data("critic.keras"), "--max-memory", "10K").Status);
        Assert.Equal(0, Run("verify", Data("critic.keras"), "--max-memory", "100MB", "--max-time", "100").Status);
        Assert.Equal(2, Run("verify", Data("critic.keras"), "--max-memory", "many").Status);
    }

    [Theory]
    [InlineData]
    [InlineData("inspect")]
    [InlineData("explode", "x")]
    [InlineData("inspect", "x", "--colour")]
    [InlineData("predict", "x")]
    public void WrongUsageIsTwo(params string[] args)
    {
        (int status, string output, string error) = Run(args);
        Assert.Equal((2, ""), (status, output));
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("summary")]
    [InlineData("verify")]
    public void MissingAndOtherFilesAreOneLine(string command)
    {
        AssertFails("none.keras", command, At("none.keras"));
        File.WriteAllText(At("text.keras"), "version https://git-lfs.github.com/spec/v1");
        (int status, string output, string error) = Run(command, At("text.keras"));
        Assert.Equal(1, status);
        Assert.Single((output + error).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void HelpIsHelp()
    {
        (int status, string output, _) = Run("convert", "--help");
        Assert.Equal(0, status);
        Assert.Contains("--no-optimizer", output, StringComparison.Ordinal);
    }

    private static (int Status, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        int status = CommandTree.Run(args, output, error);
        return (status, output.ToString(), error.ToString());
    }

    private static void AssertFails(string expected, params string[] args)
    {
        (int status, string output, string error) = Run(args);
        Assert.Equal((1, ""), (status, output));
        Assert.Contains(expected, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static string Data(string file) => Path.Combine(AppContext.BaseDirectory, "Data", file);

    private static float[] Floats(string base64) => [.. Convert.FromBase64String(base64).Chunk(4).Select(b => BitConverter.ToSingle(b))];

    private void AssertExpected(float[] actual)
    {
        Assert.Equal(_expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++) Assert.Equal(_expected[i], actual[i], 1e-5f);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string Csv(string name, float[] values, int columns, string? header = null)
    {
        IEnumerable<string> lines = values.Chunk(columns).Select(row => string.Join(',', row.Select(v => v.ToString("R", CultureInfo.InvariantCulture))));
        File.WriteAllLines(At(name), header == null ? lines : lines.Prepend(header));
        return At(name);
    }

    private string Npy(string name, float[] values, int columns)
    {
        using FileStream file = File.Create(At(name));
        NpyFile.Write(file, Tensor.From(values, [values.Length / columns, columns]));
        return At(name);
    }
}
