using NKeras.Core;
using NKeras.Layers;

namespace NKeras.Tests.Layers.Merging;

/// <summary>Merging layers and their functional forms: masks, broadcasting, errors. Values are those of Keras's own tests.</summary>
public sealed class MergingTests
{
    private static readonly Tensor s_a = Tensor.From<float>([0, 0, 1, 2, 0, 0, 3, 4], [1, 4, 2]), s_b = Tensor.From<float>([0, 0, 0, 0, 1, 2, 3, 4], [1, 4, 2]);

    public static TheoryData<string, float[], float[]> Masked => new()
    {
        { "Add", [0, 0, 1, 2, 1, 2, 6, 8], [0, 0, 1, 2, 1, 2, 6, 8] },
        { "Subtract", [0, 0, 1, 2, -1, -2, 0, 0], [0, 0, 1, 2, -1, -2, 0, 0] },
        { "Average", [0, 0, 0.5f, 1, 0.5f, 1, 3, 4], [0, 0, 0.5f, 1, 0.5f, 1, 3, 4] },
        { "Multiply", [0, 0, 0, 0, 1, 2, 9, 16], [0, 0, 1, 2, 1, 2, 9, 16] },
        { "Maximum", [0, 0, 1, 2, 1, 2, 3, 4], [0, 0, 1, 2, 1, 2, 3, 4] },
        { "Minimum", [0, 0, 0, 0, 1, 2, 3, 4], [0, 0, 1, 2, 1, 2, 3, 4] },
    };

    [Theory]
    [MemberData(nameof(Masked))]
    public void MaskedStepsDoNotCountAndMasksAreJoined(string name, float[] oneMasked, float[] bothMasked)
    {
        Layer layer = Make(name);
        Tensor a = new Masking().Apply(s_a), one = layer.Apply(a, s_b);
        Assert.Equal(oneMasked, one.ToArray<float>());
        Assert.Null(KerasMask.Of(one));
        Tensor both = layer.Apply(a, new Masking().Apply(s_b));
        Assert.Equal(bothMasked, both.ToArray<float>());
        Assert.Equal([false, true, true, true], KerasMask.Of(both)!.ToArray<bool>());
    }

    [Theory]
    [MemberData(nameof(Masked))]
    public void FunctionsAreTheLayers(string name, float[] oneMasked, float[] bothMasked)
    {
        Assert.Equal(oneMasked.Length, bothMasked.Length);
        Tensor[] data = [s_a, s_b];
        Tensor made = name switch
        {
            "Add" => LayerFunctions.Add(data),
            "Subtract" => LayerFunctions.Subtract([s_a, s_b]),
            "Average" => LayerFunctions.Average(data),
            "Multiply" => LayerFunctions.Multiply(data),
            "Maximum" => LayerFunctions.Maximum(data),
            _ => LayerFunctions.Minimum(data),
        };
        Assert.Equal(Make(name).Apply(s_a, s_b).ToArray<float>(), made.ToArray<float>());
    }

    [Fact]
    public void FunctionsWithSettings()
    {
        Assert.Equal(new Concatenate(1).Apply(s_a, s_b).ToArray<float>(), LayerFunctions.Concatenate([s_a, s_b], axis: 1).ToArray<float>());
        Assert.Equal(new Dot(2).Apply(s_a, s_b).ToArray<float>(), LayerFunctions.Dot([s_a, s_b]).ToArray<float>());
        Input a = new([4, 2]), b = new([4, 2]);
        KerasTensor sum = LayerFunctions.Add([a, b], name: "sum", dtype: "float16");
        Assert.Equal(("sum", DType.Float16), (sum.History!.Operation.Name, sum.DType));
        Assert.Equal([null, 1, 1], LayerFunctions.Dot([new Input([2, 1]), new Input([2, 1])], axes: 1, normalize: true).Shape);
        Layer again = LayerFunctions.Deserialize(LayerFunctions.Serialize(new Dot(1, normalize: true)));
        Assert.True(Assert.IsType<Dot>(again).Normalize);
    }

    [Fact]
    public void ShapesBroadcastAlsoWhereUnknown()
    {
        KerasTensor a = new([null, 3, null, 4]), b = new([2, 4]), c = new([null, 1, 5, 1]);
        Assert.Equal([2, 3, 5, 4], new Add().Apply(a, b, c).Shape);
        Assert.Equal([null, 3, 6, 4], new Concatenate(2).Apply(new KerasTensor([null, 3, 2, 4]), new KerasTensor([null, 3, 4, 4])).Shape);
        Assert.Equal([null, 3, null, 4], new Concatenate(2).Apply(a, new KerasTensor([null, 3, 4, 4])).Shape);
        Assert.Equal([null, 3, 5], new Dot((2, 1)).Apply(new KerasTensor([null, 3, 4]), new KerasTensor([null, 4, 5])).Shape);
    }

    [Fact]
    public void MismatchesAreNamedWithTheirShapes()
    {
        Tensor x = Ops.Ones([2, 3, 4]);
        AssertError("(3, 3, 4)", () => new Add(name: "merge").Apply(x, Ops.Ones([3, 3, 4])));
        AssertError("(2, 5, 4)", () => new Multiply(name: "merge").Apply(x, Ops.Ones([2, 5, 4])));
        AssertError("2 inputs", () => new Subtract(name: "merge").Apply(x, x, x));
        AssertError("list", () => new Average(name: "merge").Apply(x));
        AssertError("(2, 3, 5)", () => new Concatenate(1, name: "merge").Apply(x, Ops.Ones([2, 3, 5])));
        AssertError("(2, 5, 4)", () => new Dot(1, name: "merge").Apply(x, Ops.Ones([2, 5, 4])));
        AssertError("axis 7", () => new Dot(7, name: "merge").Apply(x, x));
        AssertError("rank 6 or more", () => new Concatenate(5, name: "merge").Apply(x, x));

        static void AssertError(string says, Action action)
        {
            string message = Assert.ThrowsAny<ArgumentException>(action).Message;
            Assert.Contains("'merge'", message);
            Assert.Contains(says, message);
        }
    }

    private static Layer Make(string name) => name switch
    {
        "Add" => new Add(),
        "Subtract" => new Subtract(),
        "Average" => new Average(),
        "Multiply" => new Multiply(),
        "Maximum" => new Maximum(),
        _ => new Minimum(),
    };
}
