using System.Text.Json.Nodes;

namespace NKeras.Tests.Saving;

/// <summary>Configurations made to do harm: each is refused with an ArgumentException that says where.</summary>
public class HostileConfigTests
{
    [Theory]
    [InlineData("4611686018427387904", "units")]
    [InlineData("2147483648", "units")]
    [InlineData("1e300", "units")]
    [InlineData("1e400", "units")]
    [InlineData("-3", "units")]
    [InlineData("0", "units")]
    [InlineData("2.5", "units")]
    [InlineData("\"8\"", "units")]
    [InlineData("true", "units")]
    [InlineData("null", "units")]
    [InlineData("[8]", "units")]
    [InlineData("{}", "units")]
    [InlineData("2147483647", "bytes")]
    [InlineData("1000000000", "kernel")]
    public void UnitsThatNoLayerCanHaveAreRefused(string units, string fragment)
    {
        string message = Refused(Chain($$"""{"units": {{units}}, "name": "wide"}"""));
        Assert.Contains("wide", message, StringComparison.Ordinal);
        Assert.Contains(fragment, message, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyLayersThatFitOneByOneButNotTogetherAreRefusedBeforeTheyTakeMemory()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        IEnumerable<string> layers = Enumerable.Range(0, 20_000).Select(i => Dense($$"""{"units": 20000, "name": "dense_{{i}}"}"""));
        Assert.Contains("weights take", Refused(Chain(20_000, layers)), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_500_000_000);
    }

    [Fact]
    public void InitialValuesThatTakeForeverAreRefused() => Assert.Contains(
        "multiplications",
        Refused(Chain(10_000, [Dense("""{"units": 10000, "name": "dense", "kernel_initializer": {"module": "keras.initializers", "class_name": "Orthogonal", "config": {}}}""")])),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("[null, 4294967296]")]
    [InlineData("[null, -1]")]
    [InlineData("[null, 2147483647, 2147483647]")]
    [InlineData("[null, \"4\"]")]
    [InlineData("[[null, 4]]")]
    [InlineData("\"4\"")]
    [InlineData("4")]
    [InlineData("{}")]
    public void ShapesOfInputsThatNoDataHasAreRefused(string shape) =>
        Refused(Sequential($$"""{"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": {{shape}}, "name": "entrance"} }"""));

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("subprocess", "Popen")]
    [InlineData("keras.src.utils.file_utils", "get_file")]
    [InlineData("System.IO", "File")]
    [InlineData("NKeras", "Model")]
    [InlineData("keras.layers", "System.IO.File")]
    [InlineData("keras.layers", "NKeras.Layers.Dense")]
    [InlineData("keras.layers", "Lambda")]
    [InlineData("keras.ops.numpy", "Dense")]
    [InlineData("keras.losses", "MeanSquaredError")]
    [InlineData("keras.optimizers", "Adam")]
    [InlineData("keras.initializers", "Zeros")]
    [InlineData("keras", "DTypePolicy")]
    public void OnlyLayersOfKerasCanBeNamedAsLayers(string module, string className) =>
        Refused(Sequential($$"""{"module": "{{module}}", "class_name": "{{className}}", "config": {"name": "x"}, "registered_name": null}"""));

    [Theory]
    [InlineData("__lambda__")]
    [InlineData("__typespec__")]
    [InlineData("__bytes__")]
    [InlineData("function")]
    public void NothingThatRunsCodeIsRead(string className) =>
        Refused(Chain($$"""{"units": 2, "activation": {"class_name": "{{className}}", "config": {"value": ["4wEAAAA", null, null]} }, "name": "d"}"""));

    [Theory]
    [InlineData("""{"module": "keras.layers", "class_name": "Dense", "config": {"units": 3}}""", "kernel_initializer")]
    [InlineData("""{"module": "keras.optimizers", "class_name": "Adam", "config": {}}""", "activation")]
    [InlineData("""{"module": "keras.losses", "class_name": "MeanSquaredError", "config": {}}""", "bias_initializer")]
    [InlineData("\"no_such\"", "activation")]
    [InlineData("7", "activation")]
    [InlineData("\"float99\"", "dtype")]
    [InlineData("""{"module": "keras", "class_name": "DTypePolicies", "config": {}}""", "dtype")]
    [InlineData("""{"module": "keras", "class_name": "DTypePolicy", "config": {"name": "mixed_int3"}}""", "dtype")]
    [InlineData("""{"module": "keras.initializers", "class_name": "VarianceScaling", "config": {"input_axes": [7], "output_axes": [0]}}""", "kernel_initializer")]
    [InlineData("""{"class_name": "__tensor__", "config": {"value": [[1, 2], [3]], "dtype": "float32"}}""", "bias_initializer")]
    [InlineData("1", "foo")]
    [InlineData("\"a/b\"", "name")]
    [InlineData("\"\"", "name")]
    [InlineData("\"yes\"", "trainable")]
    public void AnotherKindOfObjectThanTheArgumentTakesIsRefused(string value, string key) =>
        Refused(Chain($$"""{"units": 2, "{{key}}": {{value}}{{(key == "name" ? "" : ", \"name\": \"d\"")}} }"""));

    [Fact]
    public void TheSizeOfDataIsThatOfItsText()
    {
        // 2^64 elements by the first ones, which wraps around to none.
        string value = string.Concat(Enumerable.Repeat("[", 16)) + "1" + string.Concat(Enumerable.Repeat(",1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", 16));
        Assert.Contains(
            "16 items", Refused(Chain($$"""{"units": 2, "kernel_initializer": {"module": "keras.initializers", "class_name": "Constant", "config": {"value": {"class_name": "__tensor__", "config": {"value": {{value}}, "dtype": "float32"} } } }, "name": "d"}""")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("[[]]")]
    [InlineData("[1]")]
    [InlineData("\"dense\"")]
    public void EndsThatNameNothingAreRefused(string ends)
    {
        foreach (string key in new[] { "input_layers", "output_layers" })
        {
            JsonObject config = Graph();
            config[key] = JsonNode.Parse(ends);
            Assert.Contains("graph", Assert.ThrowsAny<ArgumentException>(() => Model.FromConfig(config)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""["a", 0, 0]""", "cycle")]
    [InlineData("""["b", 0, 0]""", "cycle")]
    [InlineData("""["nowhere", 0, 0]""", "nowhere")]
    [InlineData("""["in", 1, 0]""", "cannot be connected")]
    [InlineData("""["in", -1, 0]""", "cannot be connected")]
    [InlineData("""["in", 2147483647, 0]""", "cannot be connected")]
    [InlineData("""["in", 0, 1]""", "has 1")]
    [InlineData("""["in", 0, -1]""", "has 1")]
    [InlineData("""["in", 0.5, 0]""", "whole number")]
    [InlineData("""["in", 99999999999, 0]""", "out of range")]
    [InlineData("""["in"]""", "name of a layer")]
    [InlineData("""[0, 0, 0]""", "a string")]
    [InlineData("null", "name of a layer")]
    public void ReferencesThatLeadNowhereAreRefused(string history, string fragment)
    {
        JsonObject config = Graph();
        config["layers"]![1]!["inbound_nodes"]![0]!["args"]![0]!["config"]!["keras_history"] = JsonNode.Parse(history);
        string message = Assert.ThrowsAny<ArgumentException>(() => Model.FromConfig(config)).Message;
        Assert.Contains("'a'", message, StringComparison.Ordinal);
        Assert.Contains(fragment, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"args": [], "kwargs": {}}""")]
    [InlineData("""{"args": [null], "kwargs": {}}""")]
    [InlineData("""{"args": {}, "kwargs": {}}""")]
    [InlineData("""{"args": [1, 2], "kwargs": {}}""")]
    [InlineData("""{"args": [{"class_name": "__tensor__", "config": {"value": [[1]], "dtype": "float32"}}], "kwargs": {}}""")]
    [InlineData("""{"args": [T, T], "kwargs": {}}""")]
    [InlineData("""{"args": [[[T], T]], "kwargs": {}}""")]
    [InlineData("""{"args": [[T, {"class_name": "__slice__", "config": {}}]], "kwargs": {}}""")]
    [InlineData("""{"args": [T], "kwargs": {"foo": 1}}""")]
    [InlineData("""{"args": [T], "kwargs": {"training": "yes"}}""")]
    [InlineData("""{"args": [T], "kwargs": {"mask": 3}}""")]
    [InlineData("""{"args": [T], "kwargs": []}""")]
    [InlineData("""{"kwargs": {}}""")]
    [InlineData("null")]
    public void CallsThatNoLayerTakesAreRefused(string call)
    {
        JsonObject config = Graph();
        config["layers"]![1]!["inbound_nodes"] = new JsonArray(JsonNode.Parse(call.Replace("T", Reference("in"), StringComparison.Ordinal)));
        Assert.Contains("'a'", Assert.ThrowsAny<ArgumentException>(() => Model.FromConfig(config)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ones", """{"shape": [2147483647]}""")]
    [InlineData("Full", """{"shape": [100000, 10000], "fill_value": 1}""")]
    [InlineData("GetType", "{}")]
    [InlineData("Square", """{"x": "text"}""")]
    public void OnlyFunctionsOfTensorsAreStepsOfAModel(string className, string settings)
    {
        JsonObject config = Graph();
        JsonObject step = config["layers"]![1]!.AsObject();
        (step["module"], step["class_name"], step["config"]) = ("keras.src.ops.numpy", className, JsonNode.Parse(settings));
        Assert.Contains("'a'", Assert.ThrowsAny<ArgumentException>(() => Model.FromConfig(config)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"class_name\": 1}")]
    [InlineData("{\"class_name\": \"\\ud800\"}")]
    [InlineData("{\"\\udfff\": 1}")]
    [InlineData("{\"class_name\": \"Sequential\", \"class_name\": \"Functional\"}")]
    [InlineData("{\"class_name\": \"Sequential\", \"module\": \"keras\", \"config\": NaN}")]
    public void TextThatIsNoModelIsRefused(string json) => Refused(json);

    [Fact]
    public void DeepNestingIsRefused()
    {
        foreach (int depth in new[] { 1000, 100_000 })
        {
            Refused(string.Concat(Enumerable.Repeat("{\"config\":", depth)) + "1" + new string('}', depth));
            Refused(Sequential(string.Concat(Enumerable.Repeat("""{"module": "keras", "class_name": "Sequential", "config": {"layers": [""", depth)) + string.Concat(Enumerable.Repeat("]}}", depth))));
            JsonNode node = 1;
            for (int i = 0; i < depth; i++) node = new JsonArray(node);
            JsonObject config = Graph();
            config["layers"]![1]!["inbound_nodes"]![0]!["args"]![0] = node;
            Assert.Contains("nested", Assert.ThrowsAny<ArgumentException>(() => Model.FromConfig(config)).Message, StringComparison.Ordinal);
            Assert.ThrowsAny<ArgumentException>(() => Model.FromConfig(Graph()).CompileFromConfig(config));
        }
    }

    [Fact]
    public void ModelsWithinModelsThatMultiplyTheirCallsAreRefused()
    {
        // Each model calls the one inside twice: forty of them would make 2^40 calls.
        JsonObject model = Graph();
        for (int i = 0; i < 40; i++)
        {
            JsonObject outer = Graph();
            foreach (JsonNode? layer in outer["layers"]!.AsArray().Skip(1)) layer!["inbound_nodes"]!.AsArray().Clear();
            outer["layers"]![2] = new JsonObject
            {
                ["module"] = "keras.src.models.functional",
                ["class_name"] = "Functional",
                ["config"] = model,
                ["name"] = "graph",
                ["inbound_nodes"] = JsonNode.Parse($$"""[{"args": [{{Reference("in")}}], "kwargs": {} }, {"args": [{{Reference("graph")}}], "kwargs": {} }]"""),
            };
            outer["layers"]!.AsArray().RemoveAt(1);
            outer["output_layers"] = JsonNode.Parse("""[["graph", 2, 0]]""");
            model = outer;
        }

        Assert.Contains("calls of layers", Assert.ThrowsAny<ArgumentException>(() => Model.FromConfig(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LongNamesDoNotMakeLongMessages()
    {
        string name = new('x', 5_000_000);
        Assert.InRange(Refused(Chain($$"""{"units": -1, "name": "{{name}}"}""")).Length, 10, 10_000);
        Assert.InRange(Refused(Sequential($$"""{"module": "{{name}}", "class_name": "{{name}}", "config": {"name": "{{name}}"} }""")).Length, 10, 10_000);
        JsonObject config = Graph();
        config["layers"]![1]!["inbound_nodes"]![0]!["args"]![0]!["config"]!["keras_history"]![0] = name;
        Assert.InRange(Assert.ThrowsAny<ArgumentException>(() => Model.FromConfig(config)).Message.Length, 10, 10_000);
    }

    [Theory]
    [InlineData("""{"optimizer": 7}""")]
    [InlineData("""{"optimizer": "none_such"}""")]
    [InlineData("""{"optimizer": {"module": "keras.layers", "class_name": "Dense", "config": {"units": 1}}}""")]
    [InlineData("""{"optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"learning_rate": []}}}""")]
    [InlineData("""{"loss": 7}""")]
    [InlineData("""{"loss": [[["mse"]]]}""")]
    [InlineData("""{"loss": {"class_name": "function", "config": "os.system"}}""")]
    [InlineData("""{"loss_weights": {"a": "x"}}""")]
    [InlineData("""{"metrics": true}""")]
    [InlineData("""{"metrics": [[{"class_name": "AUC", "module": "keras.metrics", "config": {"num_thresholds": 2147483647}}]]}""")]
    [InlineData("""{"metrics": [{"class_name": "MeanIoU", "module": "keras.metrics", "config": {"num_classes": 2000000000}}]}""")]
    public void CompileConfigurationsThatMeanNothingAreRefused(string compile)
    {
        Model model = Model.FromConfig(Graph());
        Assert.Contains("graph", Assert.ThrowsAny<ArgumentException>(() => model.CompileFromConfig((JsonObject)JsonNode.Parse(compile)!)).Message, StringComparison.Ordinal);
        Assert.False(model.Compiled);
    }

    [Fact]
    public void LongChainsAreReadInWhateverOrderTheyAreListed()
    {
        const int Length = 10_000;
        JsonObject config = Graph();
        JsonArray layers = config["layers"]!.AsArray();
        while (layers.Count > 1) layers.RemoveAt(1);
        List<JsonNode> chain = [];
        for (int i = 0; i < Length; i++)
            chain.Add(JsonNode.Parse($$"""{"module": "keras.layers", "class_name": "ReLU", "config": {"name": "r{{i}}"}, "name": "r{{i}}", "inbound_nodes": [{"args": [{{Reference(i == 0 ? "in" : $"r{i - 1}")}}], "kwargs": {} }]}""")!);
        chain.Reverse();
        foreach (JsonNode layer in chain) layers.Add(layer);
        config["output_layers"] = JsonNode.Parse($$"""[["r{{Length - 1}}", 0, 0]]""");
        Assert.Equal(Length + 1, Model.FromConfig(config).Layers.Count);
    }

    private static string Refused(string json) => Assert.ThrowsAny<ArgumentException>(() => Model.FromJson(json)).Message;

    private static string Dense(string config) => $$"""{"module": "keras.layers", "class_name": "Dense", "config": {{config}} }""";

    private static string Chain(string dense) => Chain(2, [Dense(dense)]);

    private static string Chain(int features, IEnumerable<string> layers) =>
        Sequential(string.Join(", ", layers.Prepend($$"""{"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [null, {{features}}], "name": "in"} }""")));

    private static string Sequential(string layers) => $$"""{"module": "keras", "class_name": "Sequential", "config": {"name": "chain", "layers": [{{layers}}]} }""";

    private static string Reference(string layer) => $$"""{"class_name": "__keras_tensor__", "config": {"shape": [null, 2], "dtype": "float32", "keras_history": ["{{layer}}", 0, 0]} }""";

    /// <summary>An input, and two layers one after the other.</summary>
    private static JsonObject Graph() => (JsonObject)JsonNode.Parse($$"""
        {"name": "graph", "trainable": true, "input_layers": [["in", 0, 0]], "output_layers": [["b", 0, 0]], "layers": [
          {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [null, 2], "name": "in"}, "name": "in", "inbound_nodes": []},
          {"module": "keras.layers", "class_name": "Dense", "config": {"units": 2, "name": "a"}, "name": "a", "inbound_nodes": [{"args": [{{Reference("in")}}], "kwargs": {} }]},
          {"module": "keras.layers", "class_name": "Dense", "config": {"units": 2, "name": "b"}, "name": "b", "inbound_nodes": [{"args": [{{Reference("a")}}], "kwargs": {} }]}]}
        """)!;
}
