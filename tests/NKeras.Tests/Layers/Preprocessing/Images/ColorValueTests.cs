using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

/// <summary>What given transformations make of images. The expected values are those of a run of Keras 3.16 on NumPy (<c>transform_images</c>) with the same transformations.</summary>
public sealed class ColorValueTests
{
    private static readonly float[] s_images =
    [
        0.9f, 0.2f, 0.4f, 0.1f, 0.6f, 0.3f, 0.5f, 0.5f, 0.5f, 0.25f, 0.75f, 1,
        0, 1, 0.35f, 0.8f, 0.8f, 0.2f, 0.05f, 0.15f, 0.95f, 0.6f, 0.3f, 0,
    ];

    [Fact]
    public void AreKeras()
    {
        Tensor images = Tensor.From(s_images, [2, 2, 2, 3]);
        foreach ((Func<string, BaseImagePreprocessingLayer> make, Tensors? transformation, float[] expected) in Runs())
        {
            BaseImagePreprocessingLayer last = make("channels_last");
            Check(last.TransformImages(images, transformation));
            // Keras's AutoContrast looks along the same axes whatever their order.
            if (last is not AutoContrast) Check(Ops.Transpose(make("channels_first").TransformImages(Ops.Transpose(images, [0, 3, 1, 2]), transformation), [0, 2, 3, 1]));

            void Check(Tensor y) => Assert.True(expected.Zip(y.ToArray<float>()).All(p => MixUpTests.Close(p.First, p.Second)), $"{last.Name}: {string.Join(", ", y.ToArray<float>())}");
        }
    }

    private static IEnumerable<(Func<string, BaseImagePreprocessingLayer> Make, Tensors? Transformation, float[] Expected)> Runs() =>
    [
        (f => new RandomContrast(0.5, (0, 1), dataFormat: f), new() { ["contrast_factor"] = Tensor.From([1.5f, 0.5f], [2, 1, 1, 1]) },
            [1, 0.04374999f, 0.325f, 0, 0.6437501f, 0.175f, 0.53125f, 0.49375f, 0.475f, 0.15625f, 0.86875f, 1, 0.18125f, 0.78125f, 0.3625f, 0.58125f, 0.68125f, 0.2875f, 0.20625f, 0.35625f, 0.6625f, 0.48125f, 0.43125f, 0.1875f]),
        (f => new RandomBrightness(0.5, (0, 1), dataFormat: f), new() { ["rgb_delta"] = Tensor.From([0.25f, -0.25f], [2, 1, 1, 1]) },
            [1, 0.45f, 0.65f, 0.35f, 0.85f, 0.55f, 0.75f, 0.75f, 0.75f, 0.5f, 1, 1, 0, 0.75f, 0.09999999f, 0.55f, 0.55f, 0, 0, 0, 0.7f, 0.35f, 0.05000001f, 0]),
        (f => new RandomHue(0.5, (0, 1), f), new() { ["factor"] = Tensor.From([0.2f, -0.35f]) },
            [0.9f, 0.8399999f, 0.2f, 0.1f, 0.3f, 0.6f, 0.5f, 0.5f, 0.5f, 0.65f, 0.25f, 1, 1, 0.2500001f, 0, 0.7400001f, 0.2f, 0.8f, 0.2399998f, 0.95f, 0.05000003f, 0.2400001f, 0, 0.6f]),
        (f => new RandomSaturation(0.5, (0, 1), f), new() { ["factor"] = Tensor.From([2f, 0.5f]) },
            [0.9f, 0, 0.2571427f, 0, 0.6f, 0.2400001f, 0.5f, 0.5f, 0.5f, 0, 0.6666665f, 1, 0.5f, 1, 0.6750001f, 0.8f, 0.8f, 0.5f, 0.5f, 0.55f, 0.95f, 0.6f, 0.45f, 0.3f]),
        (f => new RandomColorDegeneration(0.5, (0, 1), f), new() { ["factor"] = Tensor.From([0.25f, 1f], [2, 1, 1, 1]) },
            [0.7830025f, 0.2580025f, 0.4080025f, 0.1790725f, 0.5540725f, 0.3290725f, 0.4999875f, 0.4999875f, 0.4999875f, 0.3447438f, 0.7197437f, 0.9072437f, 0.6269f, 0.6269f, 0.6269f, 0.7315201f, 0.7315201f, 0.7315201f, 0.211295f, 0.211295f, 0.211295f, 0.35544f, 0.35544f, 0.35544f]),
        (f => new RandomInvert(0.5, (0, 1), dataFormat: f), new() { ["apply_inversion"] = Tensor.From([true, false]) },
            [0.1f, 0.8f, 0.6f, 0.9f, 0.4f, 0.7f, 0.5f, 0.5f, 0.5f, 0.75f, 0.25f, 0, 0, 1, 0.35f, 0.8f, 0.8f, 0.2f, 0.05f, 0.15f, 0.95f, 0.6f, 0.3f, 0]),
        (f => new RandomPosterization(5, (0, 1), f), new() { ["shift_factor"] = Tensor.From<byte>([7, 5]) },
            [0.5019608f, 0, 0, 0, 0.5019608f, 0, 0, 0, 0, 0, 0.5019608f, 0.5019608f, 0, 0.8784314f, 0.2509804f, 0.7529412f, 0.7529412f, 0.1254902f, 0, 0.1254902f, 0.8784314f, 0.5019608f, 0.2509804f, 0]),
        (f => new RandomGrayscale(0.5, f), new() { ["should_apply"] = Tensor.From([true, false], [2, 1, 1, 1]) },
            [0.43201f, 0.43201f, 0.43201f, 0.41629f, 0.41629f, 0.41629f, 0.49995f, 0.49995f, 0.49995f, 0.628975f, 0.628975f, 0.628975f, 0, 1, 0.35f, 0.8f, 0.8f, 0.2f, 0.05f, 0.15f, 0.95f, 0.6f, 0.3f, 0]),
        (f => new RandomGaussianBlur(kernelSize: 3, valueRange: (0, 1), dataFormat: f), new() { ["should_apply_blur"] = Tensor.From([true, false]), ["blur_factor"] = Tensor.From([0.5f, 0.8f]) },
            [0.4757001f, 0.2286554f, 0.3005028f, 0.1508682f, 0.4114001f, 0.3462963f, 0.3911294f, 0.299996f, 0.3438762f, 0.1722205f, 0.4538527f, 0.505222f, 0, 1, 0.35f, 0.8f, 0.8f, 0.2f, 0.05f, 0.15f, 0.95f, 0.6f, 0.3f, 0]),
        (f => new Solarization(valueRange: (0, 1), dataFormat: f), new() { ["additions"] = Tensor.From([20f, 0f], [2, 1, 1, 1]), ["thresholds"] = Tensor.From([100f, 150f], [2, 1, 1, 1]) },
            [0.02156863f, 0.2784314f, 0.5215687f, 0.1784314f, 0.3215686f, 0.3784314f, 0.4215686f, 0.4215686f, 0.4215686f, 0.3284314f, 0.1715686f, 0, 0, 0, 0.35f, 0.2f, 0.2f, 0.2f, 0.05f, 0.15f, 0.05f, 0.4f, 0.3f, 0]),
        (f => new AutoContrast((0, 1), f), null,
            [1, 0, 0.1428572f, 0, 0.7272728f, 0, 0.5f, 0.5454546f, 0.2857143f, 0.1875f, 1, 1, 0, 1, 0.3684211f, 1, 0.764706f, 0.2105263f, 0.0625f, 0, 1, 0.75f, 0.1764706f, 0]),
        (f => new Equalization((0, 1), 8, f), null,
            [1, 0, 0.572549f, 0, 0.5019608f, 0.572549f, 0.4f, 0.3333333f, 0.7137255f, 0.2f, 0.8313726f, 1, 0, 1, 0.572549f, 0.8000001f, 0.8313726f, 0.1411765f, 0, 0, 0.8588236f, 0.6f, 0.1647059f, 0]),
    ];
}
