using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

/// <summary>What layers that change colours draw, at what strength they do nothing, and how they are undone.</summary>
public sealed class ColorDrawTests
{
    private readonly Tensor _images = (RandomOps.Uniform([6, 5, 4, 3], seed: 1) * 0.6) + 0.2;

    [Fact]
    public void FactorsAreSpreadEvenly()
    {
        // A number is that much in both directions, as far as the bounds allow.
        Check(new RandomContrast(0.5, seed: 1), "contrast_factor", 1, 1.5, [4000, 1, 1, 1]);
        Check(new RandomContrast((0.2, 0.4), seed: 1), "contrast_factor", 0.8, 1.4, [4000, 1, 1, 1]);
        Check(new RandomBrightness(0.5, seed: 1), "rgb_delta", -127.5, 127.5, [4000, 1, 1, 1]);
        Check(new RandomBrightness((0.4, 0.2), (1, -1), seed: 1), "rgb_delta", 0.4, 0.8, [4000, 1, 1, 1]);
        Check(new RandomHue(0.8, seed: 1), "factor", -0.4, 0.4, [4000]);
        Check(new RandomColorDegeneration(0.2, seed: 1), "factor", -0.2, 0.2, [4000, 1, 1, 1]);
        Check(new RandomSharpness(0.4, seed: 1), "factor", 0, 0.4, [4000]);
        // Keras: only the upper end is multiplied by 255.
        Check(new Solarization(0.5, (0.2, 0.4), seed: 1), "additions", 0, 127.5, [4000, 1, 1, 1]);
        Check(new Solarization(0.5, (0.4, 0.2), seed: 1), "thresholds", 0.2, 102, [4000, 1, 1, 1]);

        Tensor hue = Drawn(new RandomHue((0.6, 0.8), seed: 1), "factor");
        Assert.All(hue.ToArray<float>(), v => Assert.InRange(Math.Abs(v), 0.3, 0.4));
        Assert.InRange(hue.ToArray<float>().Count(v => v < 0), 1850, 2150);
        float[] saturation = Drawn(new RandomSaturation((0.2, 0.6), seed: 1), "factor").ToArray<float>();
        // factor / (1 - factor), so that factor is s / (1 + s).
        Assert.InRange(saturation.Min(), 0.2499, 0.26);
        Assert.InRange(saturation.Max(), 1.45, 1.5001);
        Assert.InRange(saturation.Average(s => s / (1 + s)), 0.393, 0.407);

        void Check(BaseImagePreprocessingLayer layer, string key, double least, double most, Shape shape)
        {
            Tensor drawn = Drawn(layer, key);
            Assert.Equal(shape, drawn.Shape);
            float[] values = drawn.ToArray<float>();
            double width = most - least;
            Assert.InRange(values.Min(), least - (width * 1e-6), least + (width * 0.01));
            Assert.InRange(values.Max(), most - (width * 0.01), most + (width * 1e-6));
            Assert.InRange(values.Average(), least + (width * 0.48), most - (width * 0.48));
            Assert.InRange(values.Count(v => v < least + (width / 4)) / 4000.0, 0.225, 0.275);
        }
    }

    [Fact]
    public void AsManyImagesChangeAsIsLikely()
    {
        // A likelihood drawn between 0 and 1 is one half on average, one between 0.8 and 0.9 is 0.85.
        Assert.InRange(Share(new RandomInvert(seed: 1), "apply_inversion"), 0.47, 0.53);
        Assert.InRange(Share(new RandomInvert((0.8, 0.9), seed: 1), "apply_inversion"), 0.83, 0.87);
        Assert.InRange(Share(new RandomGaussianBlur(seed: 1), "should_apply_blur"), 0.47, 0.53);
        Assert.InRange(Share(new RandomGaussianBlur((0.8, 0.9), seed: 1), "should_apply_blur"), 0.83, 0.87);
        Assert.InRange(Share(new RandomGrayscale(0.3, seed: 1), "should_apply"), 0.27, 0.33);
        foreach (int seed in new[] { 1, 2, 3 })
        {
            Tensor sigma = Drawn(new RandomGaussianBlur(sigma: (0.4, 0.6), seed: seed), "blur_factor");
            Assert.Equal([2], sigma.Shape);
            Assert.All(sigma.ToArray<float>(), v => Assert.InRange(v, 0.4, 0.6001));
        }

        double Share(BaseImagePreprocessingLayer layer, string key) => Ops.Mean(Ops.Cast(Drawn(layer, key), DType.Float32)).Item<float>();
    }

    [Fact]
    public void BitsThatAreLeftAreFewerThanTheGreaterNumber()
    {
        // From 1 up to, but not including, 4 of eight bits are left.
        byte[] shifts = Drawn(new RandomPosterization(4, seed: 1), "shift_factor").ToArray<byte>();
        Assert.Equal([(byte)5, (byte)6, (byte)7], shifts.Distinct().Order());
        foreach (byte shift in shifts.Distinct()) Assert.InRange(shifts.Count(s => s == shift), 1230, 1440);
        Assert.Equal([(byte)5], Drawn(new RandomPosterization((3, 3)), "shift_factor").ToArray<byte>().Distinct());
    }

    // random_posterization_test.py, test_random_posterization_basic.
    [Fact]
    public void OneBitIsLeft()
    {
        Tensor image = Tensor.From([128f, 235, 87, 12, 1, 23, 24, 18, 121], [1, 3, 3]);
        Assert.Equal([128, 128, 0, 0, 0, 0, 0, 0, 0], new RandomPosterization(1, seed: 1).Apply(image, training: true).ToArray<float>());
    }

    [Fact]
    public void WithoutStrengthImagesStay()
    {
        foreach (BaseImagePreprocessingLayer layer in new BaseImagePreprocessingLayer[]
        {
            new RandomContrast(0, (0, 1)), new RandomBrightness(0, (0, 1)), new RandomHue(0, (0, 1)), new RandomSaturation((0.5, 0.5), (0, 1)), new RandomColorDegeneration(0, (0, 1)),
            new RandomGrayscale(0), new RandomSharpness((0.5, 0.5), (0, 1)), new RandomInvert(0, (0, 1)), new RandomGaussianBlur(0, valueRange: (0, 1)),
            new RandomGaussianBlur((1, 1), sigma: 0, valueRange: (0, 1)), new RandomColorJitter((0, 1)), new RandomColorJitter((0, 1), 0, 0, (0.5, 0.5), 0),
        })
        {
            Assert.Equal(_images.ToArray<float>(), layer.Apply(_images, training: true).ToArray<float>(), MixUpTests.Close);
        }

        Tensor bytes = RandomOps.Randint([2, 3, 3, 3], 0, 256, DType.UInt8, seed: 1);
        Assert.Equal(Ops.Cast(bytes, DType.Float32).ToArray<float>(), new RandomPosterization((8, 8)).Apply(bytes, training: true).ToArray<float>());
    }

    [Fact]
    public void WhatIsUndoneIsAsBefore()
    {
        Undone(new RandomInvert((1, 1), (0, 1)), "apply_inversion", Tensor.From([true]), Tensor.From([true]));
        Undone(new RandomInvert((1, 1), (-1, 1)), "apply_inversion", Tensor.From([true]), Tensor.From([true]));
        Undone(new RandomBrightness(1, (0, 1)), "rgb_delta", Tensor.From([0.2f], [1, 1, 1, 1]), Tensor.From([-0.2f], [1, 1, 1, 1]));
        Undone(new RandomContrast(1, (-9, 9)), "contrast_factor", Tensor.From([1.6f], [1, 1, 1, 1]), Tensor.From([1 / 1.6f], [1, 1, 1, 1]));
        Undone(new RandomHue(1, (0, 1)), "factor", Tensor.From([0.3f]), Tensor.From([-0.3f]));
        Undone(new RandomSaturation(1, (0, 1)), "factor", Tensor.From([0.4f]), Tensor.From([2.5f]));
        Solarization all = new(valueRange: (0, 1), seed: 1);
        Assert.Equal(_images.ToArray<float>(), all.Apply(all.Apply(_images, training: true), training: true).ToArray<float>(), MixUpTests.Close);

        void Undone(BaseImagePreprocessingLayer layer, string key, Tensor there, Tensor back)
        {
            Tensor changed = layer.TransformImages(_images, new Tensors { [key] = there });
            Assert.True(Ops.Max(Ops.Absolute(changed - _images)).Item<float>() > 0.05);
            float[] again = layer.TransformImages(changed, new Tensors { [key] = back }).ToArray<float>();
            Assert.All(again.Zip(_images.ToArray<float>()), p => Assert.Equal(p.Second, p.First, 1e-4f));
        }
    }

    // The docstring of RandomBrightness; and bytes do not begin anew beyond their range.
    [Fact]
    public void BrightnessIsAddedAndCutOff()
    {
        Tensor image = Tensor.From([1f, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [1, 2, 2, 3]);
        Tensors delta = new() { ["rgb_delta"] = Tensor.From([25.5f], [1, 1, 1, 1]) };
        RandomBrightness layer = new(0.2);
        Assert.Equal([26.5f, 27.5f, 28.5f, 29.5f, 30.5f, 31.5f, 32.5f, 33.5f, 34.5f, 35.5f, 36.5f, 37.5f], layer.TransformImages(image, delta).ToArray<float>());
        Tensor bytes = Tensor.From<byte>([0, 100, 250], [1, 1, 1, 3]);
        Assert.Equal([(byte)25, (byte)125, (byte)255], layer.TransformImages(bytes, delta).ToArray<byte>());
        delta["rgb_delta"] = Tensor.From([-25.5f], [1, 1, 1, 1]);
        Assert.Equal([(byte)0, (byte)75, (byte)225], layer.TransformImages(bytes, delta).ToArray<byte>());
    }

    // Of a point the smooth image is the kernel, 5/13 in the middle and 1/13 around it.
    [Fact]
    public void SharpnessGoesAwayFromTheSmoothImage()
    {
        float[] point = [0, 0, 0, 0, 13, 0, 0, 0, 0];
        foreach ((float factor, float around, float middle) in new[] { (0f, 1f, 5f), (0.25f, 0.5f, 9f), (0.5f, 0f, 13f), (1f, -1f, 21f) })
        {
            Tensor y = new RandomSharpness(1, (-50, 50)).TransformImages(Tensor.From(point, [1, 3, 3, 1]), new Tensors { ["factor"] = Tensor.From([factor]) });
            Assert.Equal([around, around, around, around, middle, around, around, around, around], y.ToArray<float>(), MixUpTests.Close);
        }
    }

    // random_color_jitter_test.py: with one factor alone it is the layer of that name.
    [Fact]
    public void AJitterIsItsStepsOneAfterTheOther()
    {
        RandomColorJitter jitter = new((0, 1), (0.1, 0.2), (0.3, 0.4), (0.6, 0.7), (0.1, 0.2), seed: 3);
        Tensors drawn = jitter.GetRandomTransformation(_images)!;
        Assert.Equal(["brightness/rgb_delta", "contrast/contrast_factor", "saturation/factor", "hue/factor"], drawn.Names);
        Tensor expected = new RandomBrightness(0.2, (0, 1)).TransformImages(_images, new Tensors { ["rgb_delta"] = drawn["brightness/rgb_delta"] });
        expected = new RandomContrast(0.2, (0, 1)).TransformImages(expected, new Tensors { ["contrast_factor"] = drawn["contrast/contrast_factor"] });
        expected = new RandomSaturation(0.2, (0, 1)).TransformImages(expected, new Tensors { ["factor"] = drawn["saturation/factor"] });
        expected = new RandomHue(0.2, (0, 1)).TransformImages(expected, new Tensors { ["factor"] = drawn["hue/factor"] });
        Assert.Equal(expected.ToArray<float>(), jitter.TransformImages(_images, drawn).ToArray<float>());

        // The jitter's own generator, not that of the step, has the given seed.
        Check(new RandomColorJitter((0, 1), brightnessFactor: 0.4, seed: 9), new RandomBrightness(0.4, (0, 1), seed: 9));
        Check(new RandomColorJitter((0, 1), contrastFactor: 0.4, seed: 9), new RandomContrast(0.4, (0, 1), seed: 9));
        Check(new RandomColorJitter((0, 1), saturationFactor: 0.4, seed: 9), new RandomSaturation(0.4, (0, 1), seed: 9));
        Check(new RandomColorJitter((0, 1), hueFactor: 0.4, seed: 9), new RandomHue(0.4, (0, 1), seed: 9));

        void Check(Layer whole, Layer step) => Assert.Equal(step.Apply(_images, training: true).ToArray<float>(), whole.Apply(_images, training: true).ToArray<float>(), MixUpTests.Close);
    }

    private static Tensor Drawn(BaseImagePreprocessingLayer layer, string key) => layer.GetRandomTransformation(Ops.Ones([4000, 1, 1, 3]))![key];
}
