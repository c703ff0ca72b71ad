using System.Text.Json.Nodes;
using NKeras.Layers;

namespace NKeras.Tests.Models;

/// <summary>Inputs and outputs as a tensor, a list, a tuple or by name; inputs that can be left out.</summary>
public sealed class StructureTests
{
    /// <summary>As Keras lists them: the losses as they were given by name, or as the outputs were.</summary>
    [Fact]
    public void LossesOfNamedOutputsAreListedAsGiven()
    {
        Tensor x = Ops.Ones([4, 4]);
        Tensors y = new() { ["z"] = Ops.Zeros([4, 2]), ["b"] = Ops.Zeros([4, 1]) };
        Assert.Equal([20, 16, 4], Scores("z", "b", new() { ["z"] = "mse", ["b"] = "mae" }));
        Assert.Equal([20, 4, 16], Scores("z", "b", new() { ["b"] = "mae", ["z"] = "mse" }));
        Assert.Equal([20, 16, 4], Scores("b", "z", new() { ["z"] = "mse", ["b"] = "mae" }));
        Assert.Equal([20, 16, 4], Scores("z", "b", ["mae", "mse"]));

        double[] Scores(string first, string second, LossesByOutput loss)
        {
            Input a = new([4]);
            Dictionary<string, KerasTensor> outputs = new()
            {
                ["z"] = new Dense(2, kernelInitializer: "ones").Apply(a),
                ["b"] = new Dense(1, kernelInitializer: "ones").Apply(a),
            };
            Model model = new(a, new() { [first] = outputs[first], [second] = outputs[second] });
            model.Compile("adam", loss);
            return [.. model.Evaluate(x, y, verbose: 0).Select(s => s.Value)];
        }
    }

    private static readonly Tensor s_ones = Ops.Ones([4, 3]), s_twos = Ops.Ones([4, 3]) * 2;

    [Fact]
    public void OutputsByNameKeepTheirOrderAndAreSortedInside()
    {
        Input y = new([1], name: "y"), x = new([1], name: "x");
        KerasTensors results = new Swap(name: "d").ApplyAll(new Dictionary<string, KerasTensor> { ["x"] = x, ["y"] = y });
        Assert.Equal(["b", "a"], results.Names);
        Model model = new(new() { ["y"] = y, ["x"] = x }, new() { ["b"] = results["b"], ["a"] = results["a"] });
        Assert.Equal(["x", "y"], model.Inputs.Select(i => i.Name));
        Tensor one = Ops.Ones([2, 1]), ten = one * 10;
        Tensors given = new() { ["x"] = one, ["y"] = ten };
        foreach (Tensors predicted in (Tensors[])[model.PredictAll(given, verbose: 0), model.PredictAllOnBatch(given), model.ApplyAll(new Dictionary<string, Tensor> { ["x"] = one, ["y"] = ten })])
        {
            Assert.Equal(["b", "a"], predicted.Names);
            Assert.Equal([20f, 20], predicted["a"].ToArray<float>());
            Assert.Equal([2f, 2], predicted["b"].ToArray<float>());
        }

        Assert.Contains("'c'", Assert.Throws<ArgumentException>(() => model.PredictAll(given, verbose: 0)["c"]).Message);
        JsonNode call = JsonNode.Parse(model.ToJson())!["config"]!["layers"]![2]!["inbound_nodes"]![0]!["args"]![0]!;
        Assert.Equal("y", (string?)call["y"]!["config"]!["keras_history"]![0]);
    }

    [Fact]
    public void TuplesAndListsAreTakenApart()
    {
        Input a = new([3]), b = new([3]);
        Model model = new((a, b), (a + b, a * b, a - b));
        (Tensor sum, Tensor product, Tensor difference) = model.ApplyAll([s_ones, s_twos]);
        Assert.Equal([3f, 2, -1], [sum.ToArray<float>()[0], product.ToArray<float>()[0], difference.ToArray<float>()[0]]);
        (KerasTensor first, KerasTensor second, KerasTensor _) = model.ApplyAll([new Input([3]), new Input([3])]);
        Assert.Equal([null, 3], first.Shape);
        Assert.NotSame(first, second);
        Assert.Contains("3 tensors", Assert.Throws<InvalidOperationException>(() => { (Tensor _, Tensor _) = model.ApplyAll([s_ones, s_twos]); }).Message);
    }

    [Fact]
    public void AnotherStructureIsAnErrorThatPrintsBoth()
    {
        Input a = new([3], name: "a"), b = new([3], name: "b");
        Model list = new([a, b], new Add().Apply([a, b]), name: "list");
        Model named = new(new() { ["a"] = a, ["b"] = b }, new Add().Apply([a, b]), name: "named");
        (string What, Action Call)[] wrong =
        [
            ("3", () => list.Apply([s_ones, s_ones, s_ones])),
            ("1", () => list.Apply(s_ones)),
            ("'z'", () => list.Apply(new Dictionary<string, Tensor> { ["a"] = s_ones, ["z"] = s_ones })),
            ("'b'", () => list.Apply(new Dictionary<string, Tensor> { ["a"] = s_ones })),
            ("by name", () => named.Apply([s_ones, s_ones])),
            ("'b'", () => named.Apply(new Dictionary<string, Tensor> { ["a"] = s_ones })),
            ("'z'", () => named.Apply(new Dictionary<string, Tensor> { ["a"] = s_ones, ["b"] = s_ones, ["z"] = s_ones })),
        ];
        foreach ((string what, Action call) in wrong)
        {
            string message = Assert.Throws<ArgumentException>(call).Message;
            Assert.Contains(what, message);
            Assert.Contains("(4, 3)", message);
            Assert.Contains("(None, 3)", message);
        }

        Action[] wrongData =
        [
            () => list.Predict([s_ones, s_ones, s_ones], verbose: 0),
            () => list.Predict(s_ones, verbose: 0),
            () => list.Predict(new() { ["a"] = s_ones, ["z"] = s_ones }, verbose: 0),
            () => named.Predict([s_ones, s_ones], verbose: 0),
            () => named.Predict(new() { ["a"] = s_ones }, verbose: 0),
        ];
        Assert.All(wrongData, call => Assert.Matches("'b'|'z'", Assert.Throws<ArgumentException>(call).Message));
        Assert.Equal([3f, 3, 3], list.Predict(new() { ["b"] = s_ones, ["a"] = s_twos }, verbose: 0).ToArray<float>()[..3]);
        Assert.Contains("'wrong'", Assert.Throws<ArgumentException>(() => new Model(new() { ["wrong"] = a }, a + 1)).Message);
    }

    [Fact]
    public void AnOptionalInputCanBeNull()
    {
        Input a = new([3], name: "a"), b = new([3], name: "b", optional: true);
        KerasTensor sum = new AddIfThere(name: "sum").Apply([a, b]);
        Model list = new([a, b], sum, name: "list"), named = new(new() { ["a"] = a, ["b"] = b }, sum, name: "named");
        Tensors left = (s_ones, null), byName = new() { ["a"] = s_ones, ["b"] = null! };
        Dictionary<string, Tensor> dictionary = new() { ["a"] = s_ones, ["b"] = null! };
        Tensor[] without =
        [
            list.Apply([s_ones, null]), list.Apply(dictionary), named.Apply(dictionary),
            list.Predict(left, verbose: 0), list.Predict(byName, verbose: 0), named.Predict(byName, verbose: 0), named.PredictOnBatch(byName),
            new AddIfThere().Apply([s_ones, null]),
        ];
        Assert.All(without, r => Assert.Equal(s_ones.ToArray<float>(), r.ToArray<float>()));
        Tensor[] with = [list.Apply([s_ones, s_twos]), list.Predict((s_ones, s_twos), verbose: 0), named.Predict(new() { ["a"] = s_ones, ["b"] = s_twos }, verbose: 0)];
        Assert.All(with, r => Assert.Equal(3, r.ToArray<float>()[0]));
        foreach (Model model in (Model[])[list, named])
        {
            model.Compile("sgd", "mse");
            Tensors x = model == list ? left : byName;
            Assert.Equal(0, model.Fit(x, s_ones, verbose: 0)["loss"][0]);
            Assert.Equal(0, model.Evaluate(x, s_ones, verbose: 0)["loss"]);
            Assert.Equal(0, model.TrainOnBatch(x, s_ones)["loss"]);
        }

        Model nested = new([a, b], list.Apply([a, b]));
        Assert.Equal(1, nested.Predict(left, verbose: 0).ToArray<float>()[0]);
        Assert.Equal(1, Model.FromJson(Registered(list)).Predict(left, verbose: 0).ToArray<float>()[0]);
    }

    [Fact]
    public void AnInputThatIsNotOptionalIsNamedWhenItIsNull()
    {
        Input a = new([3], name: "a"), b = new([3], name: "b", optional: true);
        Model model = new([a, b], new AddIfThere().Apply([a, b]));
        model.Compile("sgd", "mse");
        Action[] calls =
        [
            () => model.Apply([null, s_ones]),
            () => model.Predict((null, s_ones), verbose: 0),
            () => model.Predict(new() { ["a"] = null!, ["b"] = s_ones }, verbose: 0),
            () => model.Fit((null, s_ones), s_ones, verbose: 0),
            () => model.Evaluate((null, s_ones), s_ones, verbose: 0),
        ];
        Assert.All(calls, call => Assert.Contains("'a'", Assert.ThrowsAny<ArgumentException>(call).Message));
    }

    private static string Registered(Model model)
    {
        Utils.RegisterKerasSerializable<AddIfThere>("structures");
        return model.ToJson();
    }

    public sealed class AddIfThere(string? name = null) : Layer(name)
    {
        public override Tensors Call(Tensors inputs, bool training) => inputs[1] is { } second ? inputs[0] + second : inputs[0];
    }

    private sealed class Swap(string? name = null) : Layer(name)
    {
        public override Tensors Call(Tensors inputs, bool training) => new() { ["b"] = inputs["x"] + 1, ["a"] = inputs["y"] * 2 };
    }
}
