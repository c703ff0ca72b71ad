using NKeras.Layers;

namespace NKeras.Tests.Saving.Older;

/// <summary>Models in the spelling of older versions; what they compute follows from what their layers do.</summary>
public class OlderModelTests
{
    private const string One = """{"class_name": "Ones", "config": {}}""";

    [Fact]
    public void AListOfLayersTellsItsInputInTheFirst()
    {
        Sequential model = Assert.IsType<Sequential>(OlderText.Read<Model>("""
            {"class_name": "Sequential", "config": [
              {"class_name": "Embedding", "config": {"name": "embedding_1", "input_dim": 5, "output_dim": 2, "batch_input_shape": [null, 3], "input_dtype": "int32"}},
              {"class_name": "Flatten", "config": {"name": "flatten_1"}}]}
            """, "1.2.2"));
        Assert.Equal("embedding_1_input", model.Inputs[0].Name);
        Assert.Equal([null, 3], model.InputShape);
        Assert.Equal(DType.Int32, model.Inputs[0].DType);
        Assert.Equal([null, 6], model.OutputShape);
    }

    [Fact]
    public void PaddingHasItsChannelsWhereTheOthersHaveThem()
    {
        Model model = OlderText.Read<Model>("""
            {"class_name": "Sequential", "config": [
              {"class_name": "ZeroPadding2D", "config": {"name": "pad", "padding": [1, 1], "batch_input_shape": [null, 3, 8, 8]}},
              {"class_name": "Convolution2D", "config": {"name": "conv", "nb_filter": 2, "nb_row": 3, "nb_col": 3, "dim_ordering": "th"}}]}
            """, "1.2.2");
        Assert.Equal([null, 2, 8, 8], model.OutputShape);
    }

    [Theory]
    [InlineData("sum", new[] { 4f, 6f })]
    [InlineData("mul", new[] { 3f, 8f })]
    [InlineData("ave", new[] { 2f, 3f })]
    [InlineData("max", new[] { 3f, 4f })]
    [InlineData("concat", new[] { 1f, 2f, 3f, 4f })]
    [InlineData("dot", new[] { 11f })]
    public void ChainsCanBeMerged(string mode, float[] expected)
    {
        Model model = OlderText.Read<Model>($$$$"""
            {"class_name": "Sequential", "config": [
              {"class_name": "Merge", "config": {"name": "merge_1", "mode": "{{{{mode}}}}", "mode_type": "raw", "concat_axis": -1, "dot_axes": -1, "output_shape": null, "output_shape_type": "raw", "layers": [
                {"class_name": "Sequential", "config": [{"class_name": "Activation", "config": {"name": "a", "activation": "linear", "batch_input_shape": [null, 2]}}]},
                {"class_name": "Sequential", "config": [{"class_name": "Activation", "config": {"name": "b", "activation": "linear", "batch_input_shape": [null, 2]}}]}]}},
              {"class_name": "Activation", "config": {"name": "c", "activation": "linear"}}]}
            """, "1.1.0");
        Assert.Equal(["a", "b", "merge_1", "c"], model.Layers.Where(l => l is not InputLayer).Select(l => l.Name));
        Assert.Equal(expected, model.Predict([Tensor.From([1f, 2f], [1, 2]), Tensor.From([3f, 4f], [1, 2])]).ToArray<float>());
    }

    [Fact]
    public void LayersAreSharedAndModelsNestedByTheNumbersOfTheirCalls()
    {
        // Keras 2 counts a nested model's own beginning as its call 0.
        Model model = OlderText.Read<Model>($$$$$"""
            {"class_name": "Model", "keras_version": "2.2.4", "config": {"name": "outer", "layers": [
              {"name": "x", "class_name": "InputLayer", "config": {"name": "x", "batch_input_shape": [null, 1], "dtype": "float32", "sparse": false}, "inbound_nodes": []},
              {"name": "twice", "class_name": "Dense", "config": {"name": "twice", "units": 1, "use_bias": false, "kernel_initializer": {"class_name": "Constant", "config": {"value": 2}}}, "inbound_nodes": [[["x", 0, 0, {}]], [["twice", 0, 0, {}]]]},
              {"name": "inner", "class_name": "Model", "config": {"name": "inner", "layers": [
                 {"name": "y", "class_name": "InputLayer", "config": {"name": "y", "batch_input_shape": [null, 1], "dtype": "float32", "sparse": false}, "inbound_nodes": []},
                 {"name": "plus", "class_name": "Dense", "config": {"name": "plus", "units": 1, "kernel_initializer": {{{{{One}}}}}, "bias_initializer": {{{{{One}}}}}}, "inbound_nodes": [[["y", 0, 0, {}]]]}],
                 "input_layers": [["y", 0, 0]], "output_layers": [["plus", 0, 0]]}, "inbound_nodes": [[["twice", 0, 0, {}]], [["twice", 1, 0, {}]]]},
              {"name": "sub", "class_name": "Subtract", "config": {"name": "sub"}, "inbound_nodes": [[["inner", 2, 0, {}], ["inner", 1, 0, {}]]]}],
              "input_layers": [["x", 0, 0]], "output_layers": [["sub", 0, 0], ["inner", 2, 0]]}}
            """);
        // twice: 2x and 4x; inner: 2x + 1 and 4x + 1.
        Tensors results = model.PredictAll(Tensor.From([3f], [1, 1]));
        Assert.Equal([6f], results[0].ToArray<float>());
        Assert.Equal([13f], results[1].ToArray<float>());
    }

    [Fact]
    public void StatesAreGivenAlongWithTheInput()
    {
        Model model = OlderText.Read<Model>("""
            {"class_name": "Model", "config": {"name": "seq", "layers": [
              {"name": "x", "class_name": "InputLayer", "config": {"name": "x", "batch_input_shape": [null, 2, 1], "dtype": "float32"}, "inbound_nodes": []},
              {"name": "h", "class_name": "InputLayer", "config": {"name": "h", "batch_input_shape": [null, 1], "dtype": "float32"}, "inbound_nodes": []},
              {"name": "rnn", "class_name": "SimpleRNN", "config": {"name": "rnn", "units": 1, "activation": "linear", "kernel_initializer": "zeros", "recurrent_initializer": "ones"}, "inbound_nodes": [[["x", 0, 0, {}], ["h", 0, 0, {}]]]}],
              "input_layers": [["x", 0, 0], ["h", 0, 0]], "output_layers": [["rnn", 0, 0]]}}
            """);
        // Without influence of the input, what is carried stays what it was.
        Assert.Equal([7f], model.Predict([Tensor.From([1f, 2f], [1, 2, 1]), Tensor.From([7f], [1, 1])]).ToArray<float>());
    }

    [Theory]
    [InlineData("TFOpLambda", "math.multiply", """["x", 0, 0, {"y": 2.0, "name": null}]""", new[] { 2f, -4f })]
    [InlineData("TFOpLambda", "__operators__.add", """["_CONSTANT_VALUE", -1, 10.0, {"y": ["x", 0, 0], "name": null}]""", new[] { 11f, 8f })]
    [InlineData("TFOpLambda", "math.reduce_sum", """["x", 0, 0, {"axis": 1, "keepdims": true}]""", new[] { -1f })]
    [InlineData("TFOpLambda", "nn.leaky_relu", """["x", 0, 0, {}]""", new[] { 1f, -0.4f })]
    [InlineData("TFOpLambda", "clip_by_value", """["x", 0, 0, {"clip_value_min": -1.0, "clip_value_max": 0.5}]""", new[] { 0.5f, -1f })]
    [InlineData("TFOpLambda", "concat", """[["x", 0, 0, {"axis": -1}], ["x", 0, 0, {"axis": -1}]]""", new[] { 1f, -2f, 1f, -2f })]
    [InlineData("TFOpLambda", "reshape", """["x", 0, 0, {"shape": [-1, 2, 1]}]""", new[] { 1f, -2f })]
    [InlineData("TFOpLambda", "math.l2_normalize", """["x", 0, 0, {"axis": -1}]""", new[] { 0.4472136f, -0.8944272f })]
    [InlineData("TFOpLambda", "gather", """["x", 0, 0, {"indices": [1, 0], "axis": 1}]""", new[] { -2f, 1f })]
    [InlineData("SlicingOpLambda", "__operators__.getitem", """["x", 0, 0, {"slice_spec": [{"start": null, "stop": null, "step": null}, {"start": 1, "stop": null, "step": null}]}]""", new[] { -2f })]
    public void FunctionsOfTensorFlow(string className, string function, string call, float[] expected)
    {
        Model model = WithStep($$"""{"name": "step", "class_name": "{{className}}", "config": {"name": "step", "trainable": true, "dtype": "float32", "function": "{{function}}"}, "inbound_nodes": [{{call}}]}""");
        Assert.Equal(expected, model.Predict(Tensor.From([1f, -2f], [1, 2])).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Equal(model.ToJson(), Model.FromJson(model.ToJson()).ToJson());
    }

    [Theory]
    [InlineData("""{"name": "AddV2", "op": "AddV2", "input": ["x", "c"], "attr": {"T": {"type": "DT_FLOAT"}}}""", """{"1": 5.0}""", new[] { 6f, 3f })]
    [InlineData("""{"name": "Sub", "op": "Sub", "input": ["c", "x"], "attr": {}}""", """{"0": 5.0}""", new[] { 4f, 7f })]
    [InlineData("""{"name": "Mean", "op": "Mean", "input": ["x", "c"], "attr": {"keep_dims": {"b": true}}}""", """{"1": 1}""", new[] { -0.5f })]
    public void NodesOfTensorFlow(string node, string constants, float[] expected)
    {
        Model model = WithStep($$"""{"name": "step", "class_name": "TensorFlowOpLayer", "config": {"name": "step", "node_def": {{node}}, "constants": {{constants}}}, "inbound_nodes": [[["x", 0, 0, {}]]]}""");
        Assert.Equal(expected, model.Predict(Tensor.From([1f, -2f], [1, 2])).ToArray<float>());
    }

    [Theory]
    [InlineData("io.read_file", """["x", 0, 0, {}]""", "io.read_file")]
    [InlineData("linalg.matmul", """["x", 0, 0, {"b": ["x", 0, 0], "transpose_b": true}]""", "transpose_b")]
    [InlineData("math.multiply", """["x", 0, 0, {}]""", "'y'")]
    [InlineData("nn.relu", """["x", 0, 0, {"other": 3}]""", "other")]
    public void OtherFunctionsOfTensorFlowAreRefusedByName(string function, string call, string named)
    {
        string message = OlderText.Refusal(() => WithStep($$"""{"name": "step", "class_name": "TFOpLambda", "config": {"name": "step", "function": "{{function}}"}, "inbound_nodes": [{{call}}]}"""));
        Assert.Contains("'step'", message, StringComparison.Ordinal);
        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Fact]
    public void OperationsOfLegacyFilesAreToldFromLayers()
    {
        Model model = OlderText.Read<Model>("""
            {"class_name": "Functional", "config": {"name": "m", "trainable": true, "layers": [
              {"class_name": "InputLayer", "config": {"name": "x", "batch_shape": [null, 2], "dtype": "float32", "sparse": false}, "name": "x", "inbound_nodes": []},
              {"class_name": "Add", "config": {"name": "add"}, "name": "add", "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"shape": [null, 2], "dtype": "float32", "keras_history": ["x", 0, 0]}}, 1.5], "kwargs": {}}]}],
              "input_layers": ["x", 0, 0], "output_layers": ["add", 0, 0]}}
            """, "3.16.0");
        Assert.Equal([2.5f, 3.5f], model.Predict(Tensor.From([1f, 2f], [1, 2])).ToArray<float>());
    }

    private static Model WithStep(string step) => OlderText.Read<Model>($$$"""
        {"class_name": "Functional", "config": {"name": "m", "layers": [
          {"name": "x", "class_name": "InputLayer", "config": {"name": "x", "batch_input_shape": [null, 2], "dtype": "float32", "sparse": false, "ragged": false}, "inbound_nodes": []},
          {{{step}}}], "input_layers": [["x", 0, 0]], "output_layers": [["step", 0, 0]]}}
        """, "2.8.0");
}
