using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Layers;

namespace NKeras.Tests.Layers;

/// <summary>Layers whose call takes more than an input, as Keras's attention and recurrent layers do.</summary>
public class CallParameterTests
{
    [Fact]
    public void ArgumentsGivenByPositionAndByNameAreTheSame()
    {
        Scaled layer = new();
        Tensor query = Tensor.From(new float[,] { { 1, 2 } }), value = Tensor.From(new float[,] { { 3, 4 } });
        Tensor byPosition = layer.ApplyTo(new CallArguments([query, value]))[0];
        Tensor byName = layer.ApplyTo(new CallArguments([], [Named("value", value), Named("query", query)]))[0];
        Assert.Equal(new float[] { 4, 6 }, byPosition.ToArray<float>());
        Assert.Equal(byPosition.ToArray<float>(), byName.ToArray<float>());
    }

    [Fact]
    public void UnknownRepeatedMissingAndUnfitArgumentsAreRefused()
    {
        Scaled layer = new();
        Tensor x = Tensor.From(new float[,] { { 1, 2 } });
        AssertRefused(layer, "takes no argument 'values'", [x], Named("values", x));
        AssertRefused(layer, "'query' twice", [x], Named("query", x));
        AssertRefused(layer, "takes 5 arguments", [x, x, x, true, true, true]);
        AssertRefused(layer, "'doubled' of a call is true or false", [x, x], Named("doubled", x));
        AssertRefused(layer, "'value' of a call is a tensor", [x], Named("value", true));
        _ = Assert.ThrowsAny<ArgumentException>(() => layer.ApplyTo(new CallArguments([], [Named("value", x)])));
    }

    [Fact]
    public void MasksThatTravelWithSeveralInputsAreFilledInByName()
    {
        Scaled layer = new();
        Tensor query = Tensor.From(new float[,] { { 1, 2 } }), value = Tensor.From(new float[,] { { 3, 4 } });
        KerasMask.Set(query, Tensor.From(new[] { false }));
        KerasMask.Set(value, Tensor.From(new[] { false }));
        Assert.Equal(new float[] { 0, 0 }, layer.ApplyTo(new CallArguments([query, value]))[0].ToArray<float>());
        Assert.Equal(new float[] { 4, 6 }, layer.ApplyTo(new CallArguments([query, value], [Named("query_mask", Tensor.From(new[] { true }))]))[0].ToArray<float>());
    }

    [Fact]
    public void ALayerIsBuiltForSeveralShapesAndSaysSo()
    {
        Scaled layer = new();
        _ = layer.ApplyTo(new CallArguments([Tensor.From(new float[2, 3]), Tensor.From(new float[1, 3])]));
        Assert.Equal("""{"shapes_dict":{"query_shape":[2,3],"value_shape":[1,3]}}""", layer.GetBuildConfig()!.ToJsonString());
        Scaled other = new();
        other.BuildFromConfig((JsonObject)JsonNode.Parse("""{"shapes_dict":{"query_shape":[null,5],"value_shape":[2,7]}}""")!);
        Assert.True(other.Built);
        Assert.Equal("query=(None, 5) value=(2, 7)", other.BuiltWith);
        Assert.Throws<ArgumentException>(() => new Scaled().BuildFromConfig((JsonObject)JsonNode.Parse("""{"shapes_dict":{"query_shape":[2],"key_shape":[2]}}""")!));
    }

    private static void AssertRefused(Layer layer, string message, object?[] positional, params KeyValuePair<string, object?>[] named)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => layer.ApplyTo(new CallArguments(positional, named)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(layer.Name, error.Message, StringComparison.Ordinal);
    }

    private static KeyValuePair<string, object?> Named(string name, object? value) => KeyValuePair.Create(name, value);

    /// <summary>The sum of two inputs, of which the first's mask is honoured.</summary>
    private sealed class Scaled : Layer
    {
        public string? BuiltWith { get; private set; }

        internal override IReadOnlyList<CallParameter> Parameters => ["query", "value", "query_mask", new("doubled", IsFlag: true), new("training", IsFlag: true)];

        private protected override IReadOnlyList<string> BuildsFrom => ["query", "value"];

        private protected override void BuildFrom(IReadOnlyDictionary<string, IReadOnlyList<Shape>> shapes) =>
            BuiltWith = string.Join(' ', shapes.Select(s => $"{s.Key}={s.Value[0]}"));

        internal override Tensors CallWith(CallArguments arguments, bool training)
        {
            Tensor sum = arguments.Inputs[0] + (Tensor)arguments["value"]!;
            return arguments["query_mask"] is Tensor mask ? Ops.Multiply(sum, Ops.Cast(Ops.ExpandDims(mask, -1), sum.DType)) : sum;
        }
    }
}
