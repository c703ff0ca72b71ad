using NKeras.Core;
using NKeras.Layers;
using NKeras.Tests.Layers.Checking;

namespace NKeras.Tests.Saving;

/// <summary>Every layer in each of its settings comes back from every kind of file with the same bits. That each layer has a setting is <see cref="LayerCheckTests"/>'s to see.</summary>
[Collection(NamesCollection.Name)]
public sealed class RoundTripLayerTests
{
    /// <summary>Policies of types: those that keep weights in other types, and those that only compute in them.</summary>
    private static readonly string[] s_policies = ["float64", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16"];

    public static TheoryData<string> Names => LayerCheckTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void ComesBackFromEveryKindOfFile(string name)
    {
        LayerCase c = Case(name);
        Model model = ModelOf(c, c.Make());
        if (model.Weights.Any(w => w.Name.StartsWith("lora_", StringComparison.Ordinal)))
        {
            // Keras: files have the kernel with the low-rank update added to it, and none beside it; one of whole numbers is made of whole numbers again each time.
            Model merged = SavedCopies.Make(model, "archive");
            if (model.Layers.Any(l => l.QuantizationMode != null))
            {
                Assert.Equal(model.ToJson(), merged.ToJson());
                return;
            }

            AssertClose(model.PredictAll(Data(c), verbose: 0)[0], merged.PredictAll(Data(c), verbose: 0)[0], tolerance: 1e-5);
            model = merged;
        }

        SavedCopies.Check(model, Data(c));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ComesBackInEveryTypeOfNumbers(string name)
    {
        LayerCase c = Case(name);
        if (!c.Mixes) return;
        Layer layer = c.Make();
        foreach (string policy in s_policies) SavedCopies.Check(ModelOf(c, LayerConfigs.WithTypes(layer, policy)), Data(c), "archive", "legacy");
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance)
    {
        float scale = expected.ToArray<float>().Max(Math.Abs);
        Assert.InRange(Ops.Max(Ops.Abs(Ops.Subtract(expected, actual))).Item<float>(), 0, tolerance * scale);
    }

    private static LayerCase Case(string name)
    {
        Utils.ClearSession();
        Utils.SetRandomSeed(7);
        return LayerCases.All[name];
    }

    private static Model ModelOf(LayerCase c, Layer layer)
    {
        (List<Input> inputs, CallArguments call) = c.ModelInputs();
        Tensors results = layer.ApplyTo(call);
        Model model = new(KerasTensors.Create([.. inputs]), KerasTensors.Create([.. results.Cast<KerasTensor>()]));
        SavedCopies.Scramble(model);
        return model;
    }

    private static Tensors Data(LayerCase c)
    {
        Tensor[] data = [.. c.Data().Tensors];
        return data.Length == 1 ? data[0] : Tensors.Create(data);
    }
}
