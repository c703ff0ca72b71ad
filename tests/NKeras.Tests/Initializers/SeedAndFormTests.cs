using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Tests.Initializers;

/// <summary>Generators as seeds, copies, tensors in place of initializers, and the functions of the modules.</summary>
public sealed class SeedAndFormTests
{
    [Fact]
    public void AGeneratorMovesOnAndANumberDoesNot()
    {
        SeedGenerator generator = new(3);
        RandomNormal moving = new(seed: generator), still = new(seed: 3);
        float[] first = moving.Apply([4]).ToArray<float>();
        Assert.Equal(first, still.Apply([4]).ToArray<float>());
        Assert.Equal(first, still.Apply([4]).ToArray<float>());
        Assert.NotEqual(first, moving.Apply([4]).ToArray<float>());
    }

    [Fact]
    public void ACopyHasTheSameSettings()
    {
        RandomUniform copy = Assert.IsType<RandomUniform>(new RandomUniform(-1, 2, seed: 4).Clone());
        Assert.Equal((-1, 2), (copy.Minval, copy.Maxval));
        Assert.Equal(new RandomUniform(-1, 2, seed: 4).Apply([3]).ToArray<float>(), copy.Apply([3]).ToArray<float>());
        Initializer unseeded = new GlorotUniform();
        Assert.NotEqual(unseeded.Apply([3, 3]).ToArray<float>(), unseeded.Clone().Apply([3, 3]).ToArray<float>());
    }

    [Fact]
    public void ATensorIsTheFirstValueItself()
    {
        NKeras.Layers.Dense layer = new(2, kernelInitializer: Tensor.From<float>([1, 2, 3, 4], [2, 2]));
        Assert.Equal([1f, 2], layer.Apply(Tensor.From<float>([1, 0], [1, 2])).ToArray<float>());
    }

    [Fact]
    public void FunctionsOfTheModulesGoBothWays()
    {
        Assert.IsType<HeNormal>(InitializerFunctions.Get("he_normal"));
        Assert.Equal(2, Assert.IsType<VarianceScaling>(InitializerFunctions.Deserialize(InitializerFunctions.Serialize(new VarianceScaling(2)))).Scale);
        Assert.Equal(0.3, Assert.IsType<L2>(RegularizerFunctions.Get(RegularizerFunctions.Serialize(new L2(0.3)))).Factor);
        Assert.Equal(3, Assert.IsType<MaxNorm>(ConstraintFunctions.Deserialize(ConstraintFunctions.Serialize(new MaxNorm(3)))).MaxValue);
        Assert.IsType<NonNeg>(ConstraintFunctions.Deserialize((JsonNode)"non_neg"));
        Assert.Null(RegularizerFunctions.Get((Regularizer?)null));
        Assert.Contains("he_normal", Assert.Throws<ArgumentException>(() => InitializerFunctions.Get("he_norml")).Message);
        JsonObject own = new() { ["module"] = null, ["class_name"] = "Sevens", ["config"] = new JsonObject(), ["registered_name"] = "Sevens" };
        Initializer sevens = InitializerFunctions.Deserialize(own, new Dictionary<string, Type> { ["Sevens"] = typeof(Sevens) });
        Assert.Equal([7f], sevens.Apply([1]).ToArray<float>());
        Assert.Throws<ArgumentException>(() => InitializerFunctions.Deserialize(own));
    }

    [Fact]
    public void FunctionsOfOnesOwnServeAsObjectsAndAreSavedByName()
    {
        InitializerFunction eights = (shape, dtype) => Ops.Full(shape, 8, dtype ?? Config.Floatx());
        TensorFunction largest = x => Ops.Max(x), half = w => w / 2;
        NKeras.Layers.Dense layer = new(2, kernelInitializer: eights, kernelRegularizer: largest, kernelConstraint: half);
        Assert.Contains("Register", Assert.Throws<ArgumentException>(() => LayerFunctions.Serialize(layer)).Message);
        Utils.RegisterKerasSerializable(eights, "forms", "eights");
        Utils.RegisterKerasSerializable(largest, "forms", "largest");
        Utils.RegisterKerasSerializable(half, "forms", "half");
        NKeras.Layers.Dense again = (NKeras.Layers.Dense)LayerFunctions.Deserialize(LayerFunctions.Serialize(layer));
        Assert.Equal([16f, 16], again.Apply(Ops.Ones([1, 2])).ToArray<float>());
        Assert.Equal(8, again.Losses.Single().Item<float>());
        Assert.Equal(4, again.KernelConstraint!.Apply(again.Kernel).ToArray<float>()[0]);
    }

    public sealed class Sevens : Initializer
    {
        public override Tensor Apply(Shape shape, DType? dtype = null) => Ops.Full(shape, 7, dtype ?? Config.Floatx());
    }
}
