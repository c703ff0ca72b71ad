using NKeras.Layers;

namespace NKeras.Tests;

public sealed class ModelToDotTests
{
    [Fact]
    public void A_chain_shows_names_and_classes_and_no_input_layer()
    {
        DotReader dot = new(Utils.ModelToDot(PlottedModels.Chain()));
        Assert.Equal(["conv (Conv2D)", "flat (Flatten)", "probabilities (Dense)"], dot.Boxes);
        Assert.Equal(["conv (Conv2D) -> flat (Flatten)", "flat (Flatten) -> probabilities (Dense)"], dot.Edges);
        Assert.All(dot.Cells.Values, Assert.Empty);
        Assert.Equal("digraph G {", dot.First);
        Assert.All(new[] { "rankdir=TB;", "concentrate=true;", "dpi=200;", "splines=ortho;", "node [shape=record];" }, l => Assert.Contains(l, dot.Lines));
    }

    [Fact]
    public void A_functional_model_shows_its_inputs_and_all_arrows()
    {
        DotReader dot = new(Utils.ModelToDot(PlottedModels.Residual(), rankdir: "LR", dpi: 96, splines: "curved"));
        Assert.Equal(["x (InputLayer)", "a (Dense)", "hidden (Dense)", "b (Dense)", "sum (Add)"], dot.Boxes);
        Assert.Equal(
            ["a (Dense) -> hidden (Dense)", "a (Dense) -> sum (Add)", "b (Dense) -> sum (Add)", "hidden (Dense) -> b (Dense)", "x (InputLayer) -> a (Dense)"],
            dot.Edges.Order(StringComparer.Ordinal));
        Assert.All(new[] { "rankdir=LR;", "dpi=96;", "splines=curved;" }, l => Assert.Contains(l, dot.Lines));
    }

    [Fact]
    public void Everything_there_is_to_show_is_shown()
    {
        Model model = PlottedModels.Residual();
        model.GetLayer("b").Trainable = false;
        DotReader dot = new(Utils.ModelToDot(model, showShapes: true, showDtype: true, showLayerNames: true, showLayerActivations: true, showTrainable: true));
        Assert.Equal(["Output shape: (None, 16)", "Output dtype: float32"], dot.Cells["x (InputLayer)"]);
        Assert.Equal(["Activation: relu", "Input shape: (None, 16)", "Output shape: (None, 8)", "Output dtype: float32", "Trainable"], dot.Cells["a (Dense)"]);
        Assert.Equal(["Activation: linear", "Input shape: (None, 8)", "Output shape: (None, 8)", "Output dtype: float32", "Non-trainable"], dot.Cells["b (Dense)"]);
        Assert.Equal(["Input shape: [(None, 8), (None, 8)]", "Output shape: (None, 8)", "Output dtype: float32"], dot.Cells["sum (Add)"]);
    }

    [Fact]
    public void Activations_are_found_in_fields_of_any_layer()
    {
        Input x = new([4], name: "x");
        Model model = new(x, new Gate("tanh").Apply(new Activation(t => t * 2, name: "twice").Apply(x)), name: "model");
        DotReader dot = new(Utils.ModelToDot(model, showLayerActivations: true));
        Assert.Equal(["Activation: custom"], dot.Cells["twice (Activation)"]);
        Assert.Equal(["Activation: tanh"], dot.Cells["gate (Gate)"]);
    }

    [Fact]
    public void Without_names_only_the_classes_are_shown() =>
        Assert.Equal(["Conv2D", "Flatten", "Dense"], new DotReader(Utils.ModelToDot(PlottedModels.Chain(), showLayerNames: false)).Boxes);

    [Fact]
    public void A_nested_model_is_one_box_unless_it_is_expanded()
    {
        DotReader dot = new(Utils.ModelToDot(PlottedModels.Nested(), showShapes: true, showTrainable: true));
        Assert.Equal(
            [
                "difference (Subtract)", "encoder (Functional)", "extra (InputLayer)", "head (Sequential)", "join (Concatenate)",
                "left (InputLayer)", "right (InputLayer)", "score (Dense)", "shared (Dense)",
            ],
            dot.Boxes.Order(StringComparer.Ordinal));
        Assert.Equal(["Input shape: (None, 6)", "Output shape: (None, 4)", "Trainable"], dot.Cells["encoder (Functional)"]);
        // Called twice, but two boxes are connected by one arrow.
        Assert.Single(dot.Edges, "encoder (Functional) -> difference (Subtract)");
        Assert.Single(dot.Edges, "shared (Dense) -> shared (Dense)");
        Assert.All(dot.FrameOf.Values, f => Assert.Equal("G", f));
    }

    [Fact]
    public void Expanded_models_are_frames_with_arrows_from_layer_to_layer()
    {
        DotReader dot = new(Utils.ModelToDot(PlottedModels.Nested(), expandNested: true));
        Assert.Equal("G/encoder", dot.FrameOf["image (InputLayer)"]);
        Assert.Equal("G/encoder", dot.FrameOf["encode (Dense)"]);
        Assert.Equal("G/head", dot.FrameOf["first (Dense)"]);
        Assert.Equal("G/head/inner", dot.FrameOf["second (Dense)"]);
        Assert.Equal("G", dot.FrameOf["join (Concatenate)"]);
        Assert.Equal(
            [
                "difference (Subtract) -> join (Concatenate)",
                "encode (Dense) -> difference (Subtract)",
                "encode (Dense) -> first (Dense)",
                "extra (InputLayer) -> join (Concatenate)",
                "first (Dense) -> second (Dense)",
                "image (InputLayer) -> encode (Dense)",
                "join (Concatenate) -> shared (Dense)",
                "left (InputLayer) -> image (InputLayer)",
                "right (InputLayer) -> image (InputLayer)",
                "second (Dense) -> join (Concatenate)",
                "shared (Dense) -> score (Dense)",
                "shared (Dense) -> shared (Dense)",
            ],
            dot.Edges.Order(StringComparer.Ordinal));
        Assert.Equal(3, dot.Lines.Count(l => l == "style=dashed;"));
    }

    [Fact]
    public void A_model_that_begins_in_the_middle_of_another_graph_is_expanded_too()
    {
        Input x = new([4], name: "x");
        KerasTensor middle = new Dense(4, name: "before").Apply(x);
        string entrance = $"{middle.Name}CLONE (InputLayer)"; // Keras: makes a new input for a model that begins at an intermediate tensor.
        Model tail = new(middle, new Add(name: "sum").Apply(middle, new Dense(4, name: "after").Apply(middle)), name: "tail");
        Input y = new([4], name: "y");
        DotReader dot = new(Utils.ModelToDot(new Model(y, tail.Apply(y), name: "model"), expandNested: true));
        Assert.Equal(["after (Dense) -> sum (Add)", $"{entrance} -> after (Dense)", $"{entrance} -> sum (Add)", $"y (InputLayer) -> {entrance}"], dot.Edges.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("before (Dense)", dot.Boxes);
    }

    [Fact]
    public void A_subclassed_model_is_one_box()
    {
        Fields model = new();
        Assert.Contains("not built", Assert.Throws<InvalidOperationException>(() => Utils.ModelToDot(model)).Message, StringComparison.Ordinal);
        model.Build([null, 3]);
        Assert.Equal([$"{model.Name} (Fields)"], new DotReader(Utils.ModelToDot(model)).Boxes);

        Input x = new([3], name: "x");
        DotReader outer = new(Utils.ModelToDot(new Model(x, new Dense(1, name: "last").Apply(model.Apply(x))), expandNested: true));
        Assert.Equal([$"{model.Name} (Fields) -> last (Dense)", $"x (InputLayer) -> {model.Name} (Fields)"], outer.Edges.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_subgraph_is_a_frame()
    {
        DotReader dot = new(Utils.ModelToDot(PlottedModels.Chain(), subgraph: true));
        Assert.Equal("subgraph cluster0 {", dot.First);
        Assert.Equal(2, dot.Edges.Count);
        Assert.All(dot.FrameOf.Values, f => Assert.Equal("chain", f));
    }

    [Fact]
    public void Names_are_escaped()
    {
        DotReader dot = new(Utils.ModelToDot(PlottedModels.WithAwkwardNames(), expandNested: true));
        Assert.Contains($"{PlottedModels.Awkward} (Dense)", dot.Boxes);
        Assert.Contains("in \uFFFD\uFFFD (InputLayer)", dot.Boxes);
        Assert.Equal($"G/{PlottedModels.Awkward}", dot.FrameOf[$"{PlottedModels.Awkward} (Dense)"]);
    }

    [Fact]
    public void A_model_that_is_not_built_says_what_to_do()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Utils.ModelToDot(new Sequential([new Dense(3)], name: "raw")));
        Assert.Contains("'raw' is not built", error.Message, StringComparison.Ordinal);
        Assert.Contains("Build(inputShape)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_that_Graphviz_would_not_take_are_errors()
    {
        Model model = PlottedModels.Chain();
        Assert.Contains("'LR'", Assert.Throws<ArgumentException>(() => Utils.ModelToDot(model, rankdir: "down")).Message, StringComparison.Ordinal);
        Assert.Contains("'ortho'", Assert.Throws<ArgumentException>(() => Utils.ModelToDot(model, splines: "wavy")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Utils.ModelToDot(model, dpi: 0));
        Assert.Throws<ArgumentNullException>(() => Utils.ModelToDot(null!));
    }

    private sealed class Gate(ActivationFunction activation) : Layer("gate")
    {
        private readonly ActivationFunction _activation = activation;

        public override Tensor Call(Tensor inputs, bool training = false) => inputs * _activation.Apply(inputs);
    }

    private sealed class Fields : Model
    {
        private readonly Dense _first = new(4), _second = new(2);

        public override Tensor Call(Tensor inputs, bool training = false) => _second.Apply(_first.Apply(inputs));
    }
}
