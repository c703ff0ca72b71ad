using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomErasingTests
{
    // random_erasing_test.py, test_random_erasing_basic.
    [Fact]
    public void ABoxIsFilledWhereTheTransformationSays()
    {
        Tensor images = Ops.Ones([2, 2, 2, 1]);
        Tensors transformation = new()
        {
            ["apply_erasing"] = Tensor.From([true, false]),
            ["batch_masks"] = Tensor.From([true, false, false, false, true, true, true, true], [2, 2, 2, 1]),
            ["fill_value"] = (Tensor)0.0,
        };
        Assert.Equal([0, 1, 1, 1, 1, 1, 1, 1], new RandomErasing().TransformImages(images, transformation).ToArray<float>());
    }

    // random_erasing_test.py, test_random_erasing_inference and test_random_erasing_no_op.
    [Fact]
    public void NothingHappensWithoutStrengthOrTraining()
    {
        Tensor image = RandomOps.Randint([24, 20, 3], 0, 255, seed: 1);
        float[] expected = Ops.Cast(image, DType.Float32).ToArray<float>();
        Assert.Equal(expected, new RandomErasing().Apply(image, training: false).ToArray<float>());
        Assert.Equal(expected, new RandomErasing(factor: 0).Apply(image, training: true).ToArray<float>());
        Assert.Equal(expected, new RandomErasing(scale: 0).Apply(image, training: true).ToArray<float>());
    }

    [Fact]
    public void HowManyImagesAndHowMuchOfThemFollowsTheArguments()
    {
        Tensor images = Ops.Ones([2000, 20, 20, 1]);
        // A likelihood drawn between 0 and 1 is one half on average, one between 0.8 and 1 is 0.9.
        Assert.InRange(Share(new RandomErasing(1.0, (0.9, 1), fillValue: 0, seed: 1)), 0.46, 0.54);
        Assert.InRange(Share(new RandomErasing((0.8, 1), (0.9, 1), fillValue: 0, seed: 1)), 0.88, 0.92);
        // Sides are square roots of numbers between 0.16 and 0.36: from 0.4 to 0.6 of 20 pixels.
        RandomErasing layer = new((1, 1), (0.16, 0.36), fillValue: 0, seed: 2);
        float[] y = layer.Apply(images, training: true).ToArray<float>();
        for (int i = 0; i < 2000; i++)
        {
            (int Row, int Column)[] erased = [.. Enumerable.Range(0, 400).Where(p => y[(i * 400) + p] == 0).Select(p => (p / 20, p % 20))];
            int rows = erased.Max(p => p.Row) - erased.Min(p => p.Row) + 1, columns = erased.Max(p => p.Column) - erased.Min(p => p.Column) + 1;
            Assert.Equal(rows * columns, erased.Length);
            Assert.InRange(rows, 7, 13);
            Assert.InRange(columns, 7, 13);
        }

        double Share(RandomErasing erasing) => Ops.Mean(Ops.Cast(Ops.Any(Ops.Equal(erasing.Apply(images, training: true), 0.0), [1, 2, 3]), DType.Float32)).Item<float>();
    }

    [Fact]
    public void FillsWithNumbersOrNoise()
    {
        Tensor images = Ops.Ones([8, 16, 16, 3]) * 0.5;
        float[] gray = new RandomErasing((1, 1), (0.3, 0.5), fillValue: 0.25, valueRange: (0, 1), seed: 1).Apply(images, training: true).ToArray<float>();
        Assert.Equal([0.25f, 0.5f], gray.Distinct().Order());
        // Beyond the range the fill is cut off; each channel has its own.
        foreach (string format in new[] { "channels_last", "channels_first" })
        {
            Tensor given = format == "channels_last" ? images : Ops.Ones([8, 3, 16, 16]) * 0.5;
            Tensor y = new RandomErasing((1, 1), (0.3, 0.5), fillValue: [0.25, 0.75, 9], valueRange: (0, 1), seed: 1, dataFormat: format).Apply(given, training: true);
            Tensor[] channels = [.. Enumerable.Range(0, 3).Select(c => format == "channels_last" ? y[.., .., .., c] : y[.., c])];
            Assert.Equal([0.25f, 0.5f], channels[0].ToArray<float>().Distinct().Order());
            Assert.Equal([0.5f, 0.75f], channels[1].ToArray<float>().Distinct().Order());
            Assert.Equal([0.5f, 1f], channels[2].ToArray<float>().Distinct().Order());
        }

        // Normal noise of the range's upper end: half is below 0, and 0.16 beyond it.
        float[] noise = [.. new RandomErasing((1, 1), (1, 1), valueRange: (0, 255), seed: 1).Apply(images, training: true).ToArray<float>()];
        Assert.InRange(noise.Count(v => v == 0) / (double)noise.Length, 0.47, 0.53);
        Assert.InRange(noise.Count(v => v == 255) / (double)noise.Length, 0.13, 0.19);
        Assert.All(noise, v => Assert.InRange(v, 0, 255));
    }

    [Fact]
    public void WhatBelongsToImagesStays()
    {
        Tensors data = new()
        {
            ["images"] = Ops.Ones([4, 8, 8, 3]),
            ["labels"] = Ops.OneHot(Ops.Arange(4), 4),
            ["segmentation_masks"] = RandomOps.Randint([4, 8, 8, 1], 0, 5, seed: 1),
            ["bounding_boxes/boxes"] = RandomOps.Uniform([4, 2, 4], 0, 8, seed: 2),
            ["bounding_boxes/labels"] = RandomOps.Randint([4, 2], 0, 3, seed: 3),
        };
        Tensors y = new RandomErasing((1, 1), (0.5, 1), fillValue: 0, seed: 1, boundingBoxFormat: "xyxy").ApplyAll(MixUpTests.Dictionary(data), training: true);
        Assert.Contains(0f, y["images"].ToArray<float>());
        foreach (string name in data.Names!.Skip(1))
        {
            Assert.Equal(data[name].DType, y[name].DType);
            Assert.Equal(Ops.Cast(data[name], DType.Float32).ToArray<float>(), Ops.Cast(y[name], DType.Float32).ToArray<float>());
        }
    }

    [Fact]
    public void ASeedGivesTheSameEagerlyAndCompiled()
    {
        Tensor images = RandomOps.Uniform([6, 5, 4, 3], seed: 1);
        RandomErasing first = new(seed: 5), second = new(seed: 5), third = new(seed: 5);
        CompiledFunction compiled = new((Tensor x) => third.Apply(x, training: true));
        float[] a = first.Apply(images, training: true).ToArray<float>(), b = first.Apply(images, training: true).ToArray<float>();
        Assert.NotEqual(a, b);
        Assert.Equal(a, second.Apply(images, training: true).ToArray<float>());
        Assert.Equal(a, compiled.Apply(images).ToArray<float>(), MixUpTests.Close);
        Assert.Equal(b, compiled.Apply(images).ToArray<float>(), MixUpTests.Close);
    }

    [Fact]
    public void SizesMayBeUnknown()
    {
        foreach (Floats? fill in new Floats?[] { null, 0.5, Floats.Create([0.5, 0.5, 0.5]) })
        {
            Input images = new([null, null, 3]);
            KerasTensor erased = new RandomErasing(fillValue: fill, seed: 1).Apply(images, training: true);
            Assert.Equal([null, null, null, 3], erased.Shape);
            Model model = new(images, erased);
            foreach (int size in new[] { 4, 9 }) Assert.Equal([3, size, 5, 3], model.Predict(Ops.Ones([3, size, 5, 3]), verbose: 0).Shape);
        }
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("'erase'", Assert.ThrowsAny<ArgumentException>(() => new RandomErasing(1.5, name: "erase")).Message);
        Assert.Contains("'erase'", Assert.ThrowsAny<ArgumentException>(() => new RandomErasing(scale: (2, 3), name: "erase")).Message);
        Assert.Contains("'erase': fillValue", Assert.Throws<ArgumentException>(() => new RandomErasing(fillValue: [1, 2], name: "erase")).Message);
        Assert.Contains("'erase'", Assert.ThrowsAny<ArgumentException>(() => new RandomErasing(name: "erase").Apply(Ops.Ones([4, 4]), training: true)).Message);
    }
}
