using System.Text.Json.Nodes;
using NKeras.Layers;

namespace NKeras.Tests;

/// <summary>What Keras's own tests say of feature spaces (keras/src/layers/preprocessing/feature_space_test.py): its table, its spaces, its widths.</summary>
public class FeatureSpaceTests
{
    private static readonly float[] s_floats = [0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f];
    private static readonly int[] s_integers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    private static readonly string[] s_strings = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FeaturesBecomeOneVector(bool isBatched)
    {
        FeatureSpace space = Usual();
        if (isBatched) space.Adapt(Rows().Batch(4), verbose: 0);
        else space.Adapt(Rows(), verbose: 0);
        Assert.Equal([10, 195], space.Apply(Table()).Shape);
        Assert.Equal([195], space.Apply(Row(0)).Shape);
        Assert.Equal(DType.Float32, space.Apply(Table()).DType);
    }

    [Fact]
    public void ATableIsLearnedFromAtOnce()
    {
        FeatureSpace space = Usual(), batched = Usual();
        space.Adapt(Table(), verbose: 0);
        batched.Adapt(Rows().Batch(3), verbose: 0);
        Close(space.Apply(Table()), batched.Apply(Table()));
        Close(space.Apply(Table())[3], space.Apply(Row(3)));
    }

    [Fact]
    public void FeaturesComeByName()
    {
        FeatureSpace space = Usual("dict");
        space.Adapt(Table(), verbose: 0);
        Tensors all = space.ApplyAll(Table()), one = space.ApplyAll(Row(0));
        Assert.Equal(10, all.Count);
        Assert.Equal([10, 11], all["string_1"].Shape);
        Assert.Equal([10, 32], all["int_2"].Shape);
        Assert.Equal([10, 32], all["string_2_X_int_2"].Shape);
        Assert.Equal([11], one["string_1"].Shape);
        Assert.Equal([32], one["string_2_X_int_2"].Shape);
    }

    [Fact]
    public void ClassNumbersStayNumbers()
    {
        FeatureSpace space = new(
            new()
            {
                ["float_1"] = "float",
                ["float_3"] = "float_discretized",
                ["string_1"] = FeatureSpace.StringCategorical(outputMode: "int"),
                ["string_2"] = FeatureSpace.StringHashed(32, outputMode: "int"),
                ["int_1"] = FeatureSpace.IntegerCategorical(outputMode: "int"),
                ["int_2"] = FeatureSpace.IntegerHashed(32, outputMode: "int"),
            },
            outputMode: "dict",
            crosses: [FeatureSpace.Cross(["float_3", "string_1"], 32, outputMode: "int")]);
        Dictionary<string, Tensor> table = Table().Where(c => space.Features.ContainsKey(c.Key)).ToDictionary();
        space.Adapt(table, verbose: 0);
        Tensors row = space.ApplyAll(Row(0).Where(c => space.Features.ContainsKey(c.Key)).ToDictionary());
        foreach (string name in (string[])["string_1", "int_2", "float_3_X_string_1"])
        {
            Assert.True(row[name].DType.IsInteger);
            Assert.Equal([1], row[name].Shape);
        }
    }

    [Fact]
    public void WidthsFollowTheNumbersOfValues()
    {
        FeatureSpace space = new(
            new()
            {
                ["float_1"] = FeatureSpace.Float(),
                ["float_2"] = FeatureSpace.FloatNormalized(),
                ["float_3"] = FeatureSpace.FloatDiscretized(numBins: 3),
                ["string_1"] = FeatureSpace.StringCategorical(maxTokens: 5),
                ["string_2"] = FeatureSpace.StringHashed(numBins: 32),
                ["int_1"] = FeatureSpace.IntegerCategorical(maxTokens: 5, numOovIndices: 2),
                ["int_2"] = FeatureSpace.IntegerHashed(numBins: 32),
                ["int_3"] = FeatureSpace.IntegerCategorical(maxTokens: 5),
            },
            crosses: [FeatureSpace.Cross(["float_3", "string_1"], 32), FeatureSpace.Cross(["string_2", "int_2"], 32)]);
        space.Adapt(Table(), verbose: 0);
        Assert.Equal([148], space.Apply(Row(0)).Shape);
    }

    [Fact]
    public void TheSpaceIsPartOfAModel()
    {
        FeatureSpace space = Usual();
        space.Adapt(Table(), verbose: 0);
        Model encoder = new(space.GetInputs(), space.GetEncodedFeatures());
        Close(space.Apply(Table()), encoder.Predict(Table(), batchSize: 4));

        Model model = new(space.GetInputs(), new Dense(1).Apply(space.GetEncodedFeatures()));
        model.Compile("adam", "mse");
        Tensor labels = new float[,] { { 0 }, { 1 }, { 0 }, { 1 }, { 0 }, { 0 }, { 1 }, { 0 }, { 1 }, { 1 } };
        double before = model.Evaluate(Table(), labels, verbose: 0)["loss"];
        model.Fit(Table(), labels, epochs: 30, batchSize: 4, verbose: 0);
        Assert.True(model.Evaluate(Table(), labels, verbose: 0)["loss"] < before);
        Assert.Equal([10, 1], model.Predict(Rows().Batch(4)).Shape);
    }

    [Fact]
    public void TheSpacePreparesADataSet()
    {
        FeatureSpace space = Usual();
        space.Adapt(Table(), verbose: 0);
        Close(space.Apply(Table()), Assert.Single(Rows().Map(space).Batch(10)).X[0]);
        Close(space.Apply(Table()), Assert.Single(Rows().Batch(10).Map(space, numParallelCalls: 2)).X[0]);
    }

    [Fact]
    public void ALayerOfOnesChoicePreparesAFeature()
    {
        FeatureSpace space = new(new() { ["text"] = FeatureSpace.Feature("string", new TextVectorization(outputMode: "tf_idf"), "float") });
        Tensor texts = new[] { "1st string", "2nd string", "3rd string" };
        space.Adapt(new Dictionary<string, Tensor> { ["text"] = texts }, verbose: 0);
        Assert.Equal([3, 5], space.Apply(new Dictionary<string, Tensor> { ["text"] = texts }).Shape);
    }

    [Fact]
    public void WhatIsGivenNeedsNoAdapting()
    {
        FeatureSpace space = new(
            new()
            {
                ["int_1"] = "integer_hashed",
                ["text_1"] = FeatureSpace.Feature("string", new TextVectorization(vocabulary: (string[])["this", "is", "just", "an", "example", "with", "some", "words"], outputMode: "int", outputSequenceLength: 3), "int"),
                ["float_1"] = FeatureSpace.Feature("float32", new Normalization(mean: 12.0, variance: 5.0), "float"),
            },
            outputMode: "dict");
        float[] floats = [-1.2f, 0, 2.4f, 1.2f, 15, -100, 23.1f, 3.12f, 0.1f, -0.01f];
        Tensors encoded = space.ApplyAll(new Dictionary<string, Tensor>
        {
            ["int_1"] = s_integers,
            ["float_1"] = floats,
            ["text_1"] = new[] { "This is", "not just", "an example", "of random words.", "these are", "some words", "in", "a random", "example.", "Bye!" },
        });
        Assert.Equal([10, 32], encoded["int_1"].Shape);
        Assert.Equal([10, 3], encoded["text_1"].Shape);
        Close(Ops.Reshape((Tensor)Array.ConvertAll(floats, f => (f - 12) / MathF.Sqrt(5)), [10, 1]), encoded["float_1"], 1e-3);
    }

    [Fact]
    public void ASpaceIsSavedAndLoaded()
    {
        FeatureSpace space = Usual();
        space.Adapt(Table(), verbose: 0);
        string folder = Directory.CreateTempSubdirectory("nkeras-space-").FullName;
        try
        {
            string path = Path.Combine(folder, "space.keras");
            space.Save(path);
            FeatureSpace loaded = FeatureSpace.Load(path);
            Close(space.Apply(Table()), loaded.Apply(Table()));
            Close(space.Apply(Table()), new Model(loaded.GetInputs(), loaded.GetEncodedFeatures()).Predict(Table(), batchSize: 4));
            loaded.Save(path);
            Close(space.Apply(Table()), FeatureSpace.Load(path).Apply(Table()));
            Assert.Throws<NKeras.Saving.ModelFileException>(() => Model.Load(path));
            Assert.Contains(".keras", Assert.Throws<ArgumentException>(() => space.Save(Path.Combine(folder, "space.h5"))).Message);
            Assert.Throws<IOException>(() => space.Save(path, overwrite: false));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void AModelWithASpaceInsideIsSavedAndLoaded()
    {
        FeatureSpace space = Usual();
        space.Adapt(Table(), verbose: 0);
        Model model = new(space.GetInputs(), new Dense(2).Apply(space.GetEncodedFeatures()));
        using MemoryStream stream = new();
        model.Save(stream);
        stream.Position = 0;
        Close(model.Predict(Table()), Model.Load(stream).Predict(Table()));
    }

    /// <summary>The form is what Keras 3.16 writes for such a space (tried with Keras itself).</summary>
    [Fact]
    public void TheConfigurationIsKeras()
    {
        FeatureSpace space = new(new() { ["a"] = "float", ["c"] = FeatureSpace.FloatRescaled(2.0, name: "cc") }, crosses: [], outputMode: "dict");
        JsonObject form = (JsonObject)Utils.SerializeKerasObject(space)!;
        Assert.Equal("keras.utils", (string?)form["module"]);
        Assert.Equal("FeatureSpace", (string?)form["class_name"]);
        Assert.Null(form["registered_name"]);
        JsonObject config = (JsonObject)form["config"]!;
        Assert.Equal(["features", "output_mode", "crosses", "crossing_dim", "hashing_dim", "num_discretization_bins"], config.Select(p => p.Key));
        JsonObject a = (JsonObject)config["features"]!["a"]!, c = (JsonObject)config["features"]!["c"]!;
        Assert.Equal("keras.src.layers.preprocessing.feature_space", (string?)a["module"]);
        Assert.Equal("Feature", (string?)a["registered_name"]);
        Assert.Equal("TFDIdentity", (string?)a["config"]!["preprocessor"]!["registered_name"]);
        Assert.Equal("a_preprocessor", (string?)a["config"]!["preprocessor"]!["config"]!["name"]);
        Assert.Equal("cc_preprocessor", (string?)c["config"]!["preprocessor"]!["config"]!["name"]);
        Assert.Equal("float", (string?)c["config"]!["output_mode"]);
        Assert.True(((JsonObject)form["build_config"]!).ContainsKey("c"));
    }

    [Fact]
    public void MistakesAreRefused()
    {
        Refused("empty", () => new FeatureSpace([]));
        Refused("crossingDim", () => new FeatureSpace(Two(), crosses: [("f1", "f2")], crossingDim: null));
        Refused("'unknown'", () => new FeatureSpace(Two(), crosses: [("f1", "unknown")]));
        Refused("outputMode", () => new FeatureSpace(Two(), outputMode: "unknown"));
        Refused("integer_categorical", () => new FeatureSpace(new() { ["a"] = "integer_categoricl" }));
        FeatureSpace space = new(Two());
        Assert.Contains("Adapt", Assert.Throws<InvalidOperationException>(() => space.Apply(new Dictionary<string, Tensor> { ["f1"] = new[] { 0 }, ["f2"] = new[] { 0 } })).Message);
        Assert.Contains("Adapt", Assert.Throws<InvalidOperationException>(space.GetEncodedFeatures).Message);
        space.Adapt(new Dictionary<string, Tensor> { ["f1"] = new[] { 0 }, ["f2"] = new[] { 0 } }, verbose: 0);
        Refused("by name", () => space.Apply(new[] { 1, 2 }));
        Refused("'f2'", () => space.Apply(new Dictionary<string, Tensor> { ["f1"] = new[] { 0 } }));
        Refused("'f3'", () => space.Apply(new Dictionary<string, Tensor> { ["f1"] = new[] { 0 }, ["f2"] = new[] { 0 }, ["f3"] = new[] { 0 } }));
        Refused("takes numbers", () => space.Apply(new Dictionary<string, Tensor> { ["f1"] = new[] { "a" }, ["f2"] = new[] { 0 } }));
        Refused("one row", () => space.Adapt(Enumerable.Empty<Batch>(), verbose: 0));
        Refused("one vector", () => new FeatureSpace(new() { ["f"] = FeatureSpace.IntegerHashed(3, outputMode: "int") }).GetEncodedFeatures());

        static void Refused(string expected, Action action) => Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(action).Message);

        static Dictionary<string, Feature> Two() => new() { ["f1"] = "integer_categorical", ["f2"] = "integer_categorical" };
    }

    private static FeatureSpace Usual(string outputMode = "concat") => new(
        new()
        {
            ["float_1"] = "float",
            ["float_2"] = "float_normalized",
            ["float_3"] = "float_discretized",
            ["string_1"] = "string_categorical",
            ["string_2"] = "string_hashed",
            ["int_1"] = "integer_categorical",
            ["int_2"] = "integer_hashed",
            ["int_3"] = "integer_categorical",
        },
        outputMode,
        crosses: [("float_3", "string_1"), ("string_2", "int_2")]);

    private static Dictionary<string, Tensor> Table() => new()
    {
        ["float_1"] = s_floats,
        ["float_2"] = s_floats,
        ["float_3"] = s_floats,
        ["string_1"] = s_strings,
        ["string_2"] = s_strings,
        ["int_1"] = s_integers,
        ["int_2"] = s_integers,
        ["int_3"] = s_integers,
    };

    private static Dataset Rows() => Dataset.FromTensorSlices(Table());

    private static Dictionary<string, Tensor> Row(int row) => Table().ToDictionary(c => c.Key, c => c.Value[row]);

    private static void Close(Tensor expected, Tensor actual, double tolerance = 1e-6)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(expected.ToArray<float>(), actual.ToArray<float>(), (a, b) => Math.Abs(a - b) <= tolerance);
    }
}
