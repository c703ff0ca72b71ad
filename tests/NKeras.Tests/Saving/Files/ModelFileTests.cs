using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using NKeras.Hdf5;
using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Saving;

namespace NKeras.Tests.Saving.Files;

public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Tensor _x = RandomOps.Normal([8, 4], seed: 1), _y = RandomOps.Normal([8, 2], seed: 2);

    public static TheoryData<string, bool> Forms => new() { { "m.keras", true }, { "folder", false }, { "m.h5", true } };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Forms))]
    public void AModelIsTheSameAfterLoading(string name, bool zipped)
    {
        Model model = Trained();
        model.Save(At(name), zipped: zipped);
        Model again = Model.Load(At(name));
        Assert.Equal(model.ToJson(), again.ToJson());
        AssertSame(model.Weights, again.Weights);
        Assert.Equal(model.Predict(_x).ToArray<float>(), again.Predict(_x).ToArray<float>());
        AssertSame(model.Optimizer.Variables, again.Optimizer.Variables);
    }

    [Fact]
    public void AnArchiveIsAsKerasWritesIt()
    {
        Trained().Save(At("m.keras"));
        using ZipArchive archive = ZipFile.OpenRead(At("m.keras"));
        Assert.Equal(["metadata.json", "config.json", "model.weights.h5"], archive.Entries.Select(e => e.FullName));
        Assert.All(archive.Entries, e => Assert.Equal(e.Length, e.CompressedLength));
        using StreamReader reader = new(archive.GetEntry("metadata.json")!.Open());
        JsonObject metadata = (JsonObject)JsonNode.Parse(reader.ReadToEnd())!;
        Assert.Equal("3.16.0", (string?)metadata["keras_version"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d$", (string?)metadata["date_saved"]);
    }

    [Fact]
    public void TheVariablesAreWhereKerasLooksForThem()
    {
        Model model = Trained();
        model.SaveWeights(At("m.weights.h5"));
        using Hdf5File file = Hdf5File.Open(At("m.weights.h5"));
        // As listed of a file of Keras 3.16 of the same model, trained by Adam.
        Assert.Equal(["layers", "optimizer", "vars"], file.Root.Names);
        Assert.Equal("dense_1", Assert.IsType<Hdf5Group>(file.Root["layers/dense_1"]).Path.Split('/')[^1]);
        Assert.Equal(["named"], file.Root["layers/dense_1/vars"].Attributes["name"].ReadTexts());
        Assert.Equal([3L, 2], ((Hdf5Dataset)file.Root["layers/dense_1/vars/0"]).Shape!);
        Assert.Equal(Hdf5Type.Int32, ((Hdf5Dataset)file.Root["optimizer/vars/0"]).Type);
        Assert.Equal([], ((Hdf5Dataset)file.Root["optimizer/vars/1"]).Shape!);
        Assert.Equal(10, ((Hdf5Group)file.Root["optimizer/vars"]).Names.Count);
    }

    [Fact]
    public void TrainingGoesOnAsIfNeverInterrupted()
    {
        Model model = Trained();
        model.Save(At("m.keras"));
        Model again = Model.Load(At("m.keras"));
        model.Fit(_x, _y, batchSize: 3, epochs: 2, shuffle: false, verbose: 0);
        again.Fit(_x, _y, batchSize: 3, epochs: 2, shuffle: false, verbose: 0);
        AssertSame(model.Weights, again.Weights);
    }

    [Fact]
    public void CompilingCanBeLeftOut()
    {
        Trained().Save(At("m.keras"));
        Assert.False(Model.Load(At("m.keras"), compile: false).Compiled);
    }

    [Fact]
    public void TheOptimizersStateCanBeLeftOut()
    {
        Trained().Save(At("m.keras"), includeOptimizer: false);
        Model again = Model.Load(At("m.keras"));
        Assert.True(again.Compiled);
        Assert.Equal(0, again.Optimizer.Iterations.Item<int>());
    }

    [Fact]
    public void AStreamThatCannotSeekIsWrittenAndRead()
    {
        Model model = Trained();
        MemoryStream content = new();
        using (BufferedStream stream = new(new ForwardStream(content))) model.Save(stream);
        content.Position = 0;
        Model again = Model.Load(new ForwardStream(content));
        AssertSame(model.Weights, again.Weights);
    }

    [Fact]
    public void WeightsGoFromOneModelToAnotherByPlace()
    {
        Model model = Trained();
        model.SaveWeights(At("m.weights.h5"));
        Model other = Chain("other");
        other.LoadWeights(At("m.weights.h5"));
        AssertSame(model.Weights, other.Weights);
        model.Save(At("m.keras"));
        Model third = Chain("third");
        third.LoadWeights(At("m.keras"));
        AssertSame(model.Weights, third.Weights);
    }

    [Fact]
    public void WeightsThatDoNotFitAreAnErrorThatNamesLayerAndShapes()
    {
        Trained().SaveWeights(At("m.weights.h5"));
        Model other = new Sequential([new Input([4]), new Dense(3, name: "first"), new Dense(5, name: "last")]);
        float[] before = other.Weights[2].Value.ToArray<float>();
        ModelFileException error = Assert.Throws<ModelFileException>(() => other.LoadWeights(At("m.weights.h5")));
        Assert.Equal(At("m.weights.h5"), error.FileName);
        Assert.Contains("layer 'last'", error.Message, StringComparison.Ordinal);
        Assert.Contains("(3, 5)", error.Message, StringComparison.Ordinal);
        Assert.Contains("(3, 2)", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, other.Weights[2].Value.ToArray<float>());
    }

    [Fact]
    public void WhatDoesNotFitCanBeSkipped()
    {
        Model model = Trained();
        model.SaveWeights(At("m.weights.h5"));
        Model other = new Sequential([new Input([4]), new Dense(3), new Dense(5)]);
        float[] before = other.Weights[2].Value.ToArray<float>();
        other.LoadWeights(At("m.weights.h5"), skipMismatch: true);
        Assert.Equal(model.Weights[0].Value.ToArray<float>(), other.Weights[0].Value.ToArray<float>());
        Assert.Equal(before, other.Weights[2].Value.ToArray<float>());
    }

    [Fact]
    public void AFileThatIsMissingSaysSo()
    {
        Assert.Contains("none.keras", Assert.Throws<FileNotFoundException>(() => Model.Load(At("none.keras"))).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => Chain("a").LoadWeights(At("none.weights.h5")));
    }

    [Theory]
    [InlineData("m.pt", true)]
    [InlineData("m.keras", false)]
    [InlineData("m", true)]
    public void ANameThatSaysNothingOrSomethingElseIsAnError(string name, bool zipped) => Assert.Throws<ArgumentException>(() => Chain("a").Save(At(name), zipped: zipped));

    [Fact]
    public void OverwritingCanBeRefused()
    {
        Model model = Chain("a");
        model.Save(At("m.keras"));
        byte[] before = File.ReadAllBytes(At("m.keras"));
        Assert.Contains("overwrite", Assert.Throws<IOException>(() => model.Save(At("m.keras"), overwrite: false)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(At("m.keras")));
        model.SaveWeights(At("m.weights.h5"));
        Assert.Throws<IOException>(() => model.SaveWeights(At("m.weights.h5"), overwrite: false));
    }

    [Fact]
    public void AFolderThatIsNoModelIsNotReplaced()
    {
        Directory.CreateDirectory(At("folder"));
        File.WriteAllText(Path.Combine(At("folder"), "thesis.txt"), "years of work");
        Assert.Contains("something else", Assert.Throws<IOException>(() => Chain("a").Save(At("folder"), zipped: false)).Message, StringComparison.Ordinal);
        Assert.Equal("years of work", File.ReadAllText(Path.Combine(At("folder"), "thesis.txt")));
    }

    [Fact]
    public void AFolderIsReplacedAsAWhole()
    {
        Chain("first").Save(At("folder"), zipped: false);
        File.WriteAllText(Path.Combine(At("folder"), "more.txt"), "x");
        Chain("second").Save(At("folder"), zipped: false);
        Assert.Equal("second", Model.Load(At("folder")).Name);
        Assert.Equal(["config.json", "metadata.json", "model.weights.h5"], Directory.GetFiles(At("folder")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal([At("folder")], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public void AFolderWhoseReplacementWasInterruptedIsFound()
    {
        Chain("first").Save(At("folder"), zipped: false);
        // The moment between the two renames, at which a process may be killed.
        Directory.Move(At("folder"), Path.Combine(_folder.FullName, ".folder.nkeras-previous"));
        Assert.Equal("first", Model.Load(At("folder")).Name);
        Chain("second").Save(At("folder"), zipped: false);
        Assert.Equal("second", Model.Load(At("folder")).Name);
        Assert.Equal([At("folder")], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public void ASavedModelOfTensorFlowIsExplained()
    {
        Directory.CreateDirectory(At("saved"));
        File.WriteAllText(Path.Combine(At("saved"), "saved_model.pb"), "");
        Assert.Contains("SavedModel", Assert.Throws<ModelFileException>(() => Model.Load(At("saved"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("hello, I am no model")]
    [InlineData("{}")]
    [InlineData("{\"weight_map\": {}}")]
    public void OtherFilesAreRefused(string content)
    {
        File.WriteAllText(At("m.keras"), content);
        ModelFileException error = Assert.Throws<ModelFileException>(() => Model.Load(At("m.keras")));
        Assert.Contains(At("m.keras"), error.Message, StringComparison.Ordinal);
        Assert.Throws<ModelFileException>(() => Chain("a").LoadWeights(At("m.keras")));
    }

    [Fact]
    public void JsonOfAModelLoadsWithoutWeights()
    {
        Model model = Chain("a");
        File.WriteAllText(At("m.json"), model.ToJson());
        Assert.Equal(model.ToJson(), Model.Load(At("m.json")).ToJson());
    }

    [Fact]
    public void WeightsAloneAreNoModel()
    {
        Trained().SaveWeights(At("m.weights.h5"));
        Assert.Contains("LoadWeights", Assert.Throws<ModelFileException>(() => Model.Load(At("m.weights.h5"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnErrorNamesTheVersionOfKeras()
    {
        using (ZipArchive archive = ZipFile.Open(At("m.keras"), ZipArchiveMode.Create))
        {
            Add("metadata.json", """{"keras_version": "3.99.1"}""");
            Add("config.json", """{"module": "keras.layers", "class_name": "Sharpen", "config": {"name": "s"}, "registered_name": null}""");

            void Add(string name, string content)
            {
                using Stream stream = archive.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        ModelFileException error = Assert.Throws<ModelFileException>(() => Model.Load(At("m.keras")));
        Assert.Equal("3.99.1", error.KerasVersion);
        Assert.Contains("3.99.1", error.Message, StringComparison.Ordinal);
        Assert.Contains("Sharpen", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOptimizerOfAnotherKindStartsAfresh()
    {
        Trained().SaveWeights(At("m.weights.h5"));
        Model other = Chain("a");
        other.Compile(new SGD(0.5), "mse");
        other.LoadWeights(At("m.weights.h5"));
        Assert.Equal(0, other.Optimizer.Iterations.Item<int>());
    }

    private static Sequential Chain(string name) => new([new Input([4]), new Dense(3, activation: "tanh"), new Dense(2, name: "named")], name: name);

    private static void AssertSame(IReadOnlyList<Variable> expected, IReadOnlyList<Variable> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach ((Variable e, Variable a) in expected.Zip(actual))
        {
            Assert.Equal(e.DType, a.DType);
            Assert.Equal(Ops.Cast(e.Value, "float64").ToArray<double>(), Ops.Cast(a.Value, "float64").ToArray<double>());
        }
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private Sequential Trained()
    {
        Sequential model = Chain("trained");
        model.Compile(new Adam(0.01), "mse", metrics: ["mae"]);
        model.Fit(_x, _y, batchSize: 4, epochs: 2, verbose: 0);
        return model;
    }

    /// <summary>A pipe: bytes go one way, without positions.</summary>
    private sealed class ForwardStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
