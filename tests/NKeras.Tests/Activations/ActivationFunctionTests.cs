using NKeras.Layers;

namespace NKeras.Tests.Activations;

/// <summary>What can be passed as an activation.</summary>
public sealed class ActivationFunctionTests
{
    private static readonly Tensor s_x = Tensor.From([-2f, -0.5f, 0f, 3f]);

    [Fact]
    public void NameMemberAndLambdaAreTaken()
    {
        Assert.Equal([0f, 0, 0, 3], new Activation("relu").Apply(s_x).ToArray<float>());
        Assert.Equal([0f, 0, 0, 3], new Activation(NKeras.Activations.Relu).Apply(s_x).ToArray<float>());
        Assert.Equal([-4f, -1, 0, 6], new Activation(new ActivationFunction(x => x * 2)).Apply(s_x).ToArray<float>());
    }

    [Fact]
    public void MembersCanBeCalledWithTheirOwnArguments()
    {
        Assert.Equal([-1f, -0.25f, 0, 2], NKeras.Activations.Relu(s_x, negativeSlope: 0.5, maxValue: 2).ToArray<float>());
        Assert.Equal([-1f, -0.25f, 0, 3], NKeras.Activations.LeakyRelu(s_x, 0.5).ToArray<float>());
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("leaky_relu")]
    [InlineData("log_softmax")]
    [InlineData("gelu")]
    [InlineData("hard_silu")]
    [InlineData("linear")]
    public void NameIsKept(string name) => Assert.Equal(name, ((ActivationFunction)name).Name);

    [Fact]
    public void MembersKnowTheirKerasName()
    {
        Assert.Equal("selu", ((ActivationFunction)NKeras.Activations.Selu).Name);
        Assert.Equal("softmax", ((ActivationFunction)NKeras.Activations.Softmax).Name);
        Assert.Equal("silu", ((ActivationFunction)"swish").Name);
        Assert.Equal("double", new ActivationFunction(x => x * 2, "double").Name);
    }

    [Fact]
    public void UnknownNameSuggestsTheNearest() =>
        Assert.Contains("Did you mean 'relu'?", Assert.Throws<ArgumentException>(() => new Dense(3, "rellu")).Message);

    [Fact]
    public void ActivationIsAStepOfAFunctionalModel()
    {
        Input x = new([4]);
        Model model = new(x, (KerasTensor)NKeras.Activations.Relu(NKeras.Activations.Mish(x), maxValue: 1.5));
        Tensor data = Tensor.From([-1f, 0, 1, 2], [1, 4]);
        Assert.Equal(NKeras.Activations.Relu(NKeras.Activations.Mish(data), maxValue: 1.5).ToArray<float>(), model.Apply(data).ToArray<float>());
    }
}
