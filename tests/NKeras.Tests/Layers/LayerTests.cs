using NKeras.Layers;

namespace NKeras.Tests.Layers;

/// <summary>What layers share: seeds and automatic names.</summary>
[Collection(NamesCollection.Name)]
public sealed class LayerTests
{
    [Fact]
    public void GlobalSeedDecidesInitialWeightsAndDropout()
    {
        float[] Draw(int seed)
        {
            Utils.SetRandomSeed(seed);
            Sequential model = new([new Input([4]), new Dense(3), new Dropout(0.5)]);
            return model.Apply(Ops.Ones([20, 4]), training: true).ToArray<float>();
        }

        Assert.Equal(Draw(3), Draw(3));
        Assert.NotEqual(Draw(3), Draw(4));
    }

    [Fact]
    public void LayersUseUpNoOtherAutomaticNamesThanTheirOwn()
    {
        Utils.ClearSession();
        Sequential model = new([new Input([4]), new Dense(3), new Dropout(0.5), new Dense(3), new Dropout(0.5)]);
        Assert.Equal(["dense", "dropout", "dense_1", "dropout_1"], model.Layers.Select(l => l.Name));
        Assert.Equal(["seed_generator/seed_generator_state", "seed_generator_1/seed_generator_state"], model.NonTrainableVariables.Select(v => v.Path));
        Assert.Equal("sequential/dense_1/kernel", model.TrainableVariables[2].Path);
    }
}
