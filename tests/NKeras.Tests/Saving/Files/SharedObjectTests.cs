using System.Text.Json.Nodes;
using NKeras.Layers;

namespace NKeras.Tests.Saving.Files;

/// <summary>What stands in several places of a model is one thing again after loading, as <c>shared_object_id</c> tells.</summary>
public sealed class SharedObjectTests
{
    [Fact]
    public void ALayerInTwoWrappersStaysOne()
    {
        Dense shared = new(3);
        Input input = new([5, 4]);
        Model model = new(input, new TimeDistributed(shared, name: "b").Apply(new Activation("relu").Apply(new TimeDistributed(new Dense(4), name: "x").Apply(input))) + new TimeDistributed(shared, name: "a").Apply(input));
        Model again = Again(model);
        Assert.Same(((TimeDistributed)again.GetLayer("a")).Layer, ((TimeDistributed)again.GetLayer("b")).Layer);
        Assert.NotSame(((TimeDistributed)again.GetLayer("a")).Layer, ((TimeDistributed)again.GetLayer("x")).Layer);
        Tensor x = RandomOps.Normal([2, 5, 4], seed: 1);
        Assert.Equal(model.Predict(x).ToArray<float>(), again.Predict(x).ToArray<float>());
        Assert.Equal(model.CountParams(), again.CountParams());
    }

    [Fact]
    public void WhatStandsOnceIsNotMarked() => Assert.DoesNotContain("shared_object_id", Config(new Sequential([new Input([4]), new Dense(3)])), StringComparison.Ordinal);

    private static Model Again(Model model)
    {
        MemoryStream stream = new();
        model.Save(stream);
        stream.Position = 0;
        return Model.Load(stream);
    }

    private static string Config(Model model)
    {
        MemoryStream stream = new();
        model.Save(stream);
        using System.IO.Compression.ZipArchive archive = new(stream);
        using StreamReader reader = new(archive.GetEntry("config.json")!.Open());
        return JsonNode.Parse(reader.ReadToEnd())!.ToJsonString();
    }
}
