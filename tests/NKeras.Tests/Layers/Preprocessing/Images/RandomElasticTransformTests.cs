using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing.Images;

public sealed class RandomElasticTransformTests
{
    // random_elastic_transform_test.py, test_random_elastic_transform_no_op.
    [Fact]
    public void NoStrengthChangesNothing()
    {
        Tensor images = RandomOps.Randint([2, 24, 20, 3], 0, 255, seed: 1);
        float[] expected = Ops.Cast(images, DType.Float32).ToArray<float>();
        Assert.Equal(expected, new RandomElasticTransform(factor: 0).Apply(images, training: true).ToArray<float>());
        Assert.Equal(expected, new RandomElasticTransform(scale: 0).Apply(images, training: true).ToArray<float>());
    }

    [Fact]
    public void HowManyImagesFollowsTheFactor()
    {
        bool[] Applies(Factor factor) => new RandomElasticTransform(factor, 0.1, seed: 1).GetRandomTransformation(Ops.Ones([2000, 2, 2, 1]))!["apply_transform"].ToArray<bool>();
        Assert.InRange(Applies((0.3, 0.3)).Count(a => a), 520, 680);
        // A probability drawn between 0 and 1 is one half on average.
        Assert.InRange(Applies(1).Count(a => a), 920, 1080);
        Assert.All(Applies((1, 1)), Assert.True);
    }

    [Fact]
    public void PlacesMoveSmoothlyByAShareOfTheSize()
    {
        Tensors drawn = new RandomElasticTransform((1, 1), (0.8, 0.8), seed: 1).GetRandomTransformation(Ops.Ones([8, 60, 50, 1]))!;
        Assert.Equal(0.8, drawn["distortion_factor"].Item<float>(), 5);
        // The image of its own columns' numbers shows from where its pixels are.
        Tensor columns = Ops.BroadcastTo(Ops.Reshape(Ops.Arange(50, dtype: DType.Float32), [1, 1, 50, 1]), [8, 60, 50, 1]);
        float[] from = new RandomElasticTransform((1, 1), (0.8, 0.8)).TransformImages(columns, drawn).ToArray<float>();
        float[] moved = [.. from.Select((f, i) => f - (i % 50))];
        // Normal noise of variance s², smoothed with a Gaussian of width s, has the variance 1 / 4π, and places that are one pixel apart are correlated by exp(-1 / 4s²).
        // Here s is 0.05 · 0.8 · 50 = 2, and the field is multiplied by 0.1 · 0.8 · 60 = 4.8. At the borders it is less.
        int[] inside = [.. Enumerable.Range(0, from.Length).Where(i => i % 50 is >= 10 and < 40 && i / 50 % 60 is >= 10 and < 50)];
        double variance = 4.8 * 4.8 / (4 * Math.PI);
        Assert.InRange(inside.Average(i => moved[i] * moved[i]), 0.8 * variance, 1.2 * variance);
        double step = 2 * variance * (1 - Math.Exp(-1 / 16.0));
        Assert.InRange(inside.Average(i => Math.Pow(moved[i] - moved[i + 1], 2)), 0.8 * step, 1.2 * step);
    }

    [Fact]
    public void NumbersStayInTheirRange()
    {
        Tensor y = new RandomElasticTransform((1, 1), (0.5, 1), fillMode: "constant", fillValue: 9, valueRange: (0, 1), seed: 1).Apply(RandomOps.Uniform([4, 12, 12, 1], -1, 2, seed: 2), training: true);
        Assert.All(y.ToArray<float>(), v => Assert.InRange(v, 0, 1));
    }

    [Fact]
    public void BoxesAreRefused()
    {
        Dictionary<string, Tensor> data = new() { ["images"] = Ops.Ones([1, 8, 8, 3]), ["bounding_boxes/boxes"] = Ops.Ones([1, 1, 4]), ["bounding_boxes/labels"] = Ops.Ones([1, 1]) };
        Assert.Contains("'rubber'", Assert.Throws<ArgumentException>(() => new RandomElasticTransform(boundingBoxFormat: "xyxy", name: "rubber").ApplyAll(data, training: true)).Message);
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        Assert.Contains("'rubber': factor", Assert.ThrowsAny<ArgumentException>(() => new RandomElasticTransform(-0.5, name: "rubber")).Message);
        Assert.Contains("'rubber'", Assert.ThrowsAny<ArgumentException>(() => new RandomElasticTransform(scale: 2, name: "rubber")).Message);
        Assert.Contains("'rubber'", Assert.ThrowsAny<ArgumentException>(() => new RandomElasticTransform(fillMode: "edge", name: "rubber")).Message);
        Assert.Contains("'rubber': valueRange", Assert.ThrowsAny<ArgumentException>(() => new RandomElasticTransform(valueRange: 255, name: "rubber")).Message);
    }
}
