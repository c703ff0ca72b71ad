using NKeras.Tests.Recorded;

namespace NKeras.Tests.Operations;

/// <summary>Steps of these functions are written into configurations by Keras's classes, and read again.</summary>
[Collection(NamesCollection.Name)]
public sealed class NnSavingTests
{
    private static readonly Dictionary<string, (int[] Shape, Func<KerasTensor, Tensor> Step)> s_steps = new()
    {
        ["Glu"] = ([4, 6], x => Ops.Glu(x, axis: 1)),
        ["Sparsemax"] = ([4], x => Ops.Sparsemax(x)),
        ["AdaptiveMaxPool"] = ([5, 6, 2], x => Ops.AdaptiveMaxPool(x, (2, 4))),
        ["AdaptiveAveragePool"] = ([5, 2], x => Ops.AdaptiveAveragePool(x, 2)),
        ["DepthwiseConv"] = ([5, 2], x => Ops.DepthwiseConv(x, Ops.Ones([2, 2, 3]), 2, "same")),
        ["SeparableConv"] = ([5, 2], x => Ops.SeparableConv(x, Ops.Ones([2, 2, 3]), Ops.Ones([1, 6, 4]))),
        ["ConvTranspose"] = ([5, 2], x => Ops.ConvTranspose(x, Ops.Ones([2, 4, 2]), 2, "same", outputPadding: 1)),
        ["LayerNorm"] = ([5, 2], x => Ops.LayerNormalization(x, null, Ops.Ones([5]), axis: 1, epsilon: 0.1)),
        ["RMSNorm"] = ([5, 2], x => Ops.RmsNormalization(x, Ops.Ones([2]))),
        ["CTCLoss"] = ([5, 3], x => Ops.CtcLoss(Tensor.From([1, 2], [1, 2]), x, Tensor.From([2]), Tensor.From([5]))),
        ["CTCDecode"] = ([5, 3], x => Ops.CtcDecode(x, Tensor.From([5]), "beam_search", beamWidth: 3, topPaths: 2).Scores),
        ["DotProductAttention"] = ([5, 3, 2], x => Ops.DotProductAttention(x, x, x, mask: Ops.Ones([5, 5], "bool"), scale: 0.3, isCausal: true)),
        ["Unfold"] = ([2, 4, 5], x => Ops.Unfold(x, (2, 3), padding: 1)),
        ["Fold"] = ([4, 9], x => Ops.Fold(x, 4, 2)),
        ["DepthToSpace"] = ([3, 2, 8], x => Ops.DepthToSpace(x, 2)),
        ["SpaceToDepth"] = ([2, 4, 8], x => Ops.SpaceToDepth(x, 2, "channels_first")),
        ["Moments"] = ([2, 3], x => Ops.Moments(x, (1, 2)).Variance),
    };

    public static TheoryData<string> Names => [.. s_steps.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void AStepIsReadAsItIsWritten(string name)
    {
        Utils.ClearSession();
        (int[] shape, Func<KerasTensor, Tensor> step) = s_steps[name];
        Input input = new([.. shape.Select(d => (int?)d)], batchSize: 1);
        Model model = new(input, (KerasTensor)step(input));
        string json = model.ToJson();
        Assert.Contains($"\"class_name\": \"{name}\"", json.Replace("\"class_name\":\"", "\"class_name\": \"", StringComparison.Ordinal));
        Assert.Contains("keras.src.ops.nn", json);
        Model read = Model.FromJson(json);
        Assert.Equal(json, read.ToJson());
        Tensor x = RandomOps.Normal([1, .. shape], seed: new SeedGenerator(1));
        RecordedData.AssertClose(name, model.Apply(x), read.Apply(x));
    }
}
