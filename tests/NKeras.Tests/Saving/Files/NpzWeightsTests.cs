using NKeras.Layers;
using NKeras.Npy;
using NKeras.Saving;

namespace NKeras.Tests.Saving.Files;

public sealed class NpzWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("dense_numbered.npz")]
    [InlineData("dense_paths.npz")]
    public void NumPysArraysBecomeWeights(string file)
    {
        Model model = Dense();
        model.LoadWeights(Fixture(file));
        AssertIsTheFixtures(model);
    }

    [Theory]
    [InlineData("")]
    [InlineData("net/")]
    public void WeightsAreFoundByTheirPaths(string prefix)
    {
        Model model = Dense();
        model.LoadWeights(Written(($"{prefix}dense/bias", Tensor.From<float>([7, 8])), ($"{prefix}dense/kernel", Tensor.From<float>([0, 1, 2, 3, 4, 5], [3, 2]))));
        AssertIsTheFixtures(model);
    }

    [Fact]
    public void PicklesAreRefusedByName()
    {
        Model model = Dense();
        float[] before = model.Weights[0].Value.ToArray<float>();
        ModelFileException error = Assert.Throws<ModelFileException>(() => model.LoadWeights(Fixture("dense_pickle.npz")));
        Assert.Contains("layers/dense.npy", error.Message, StringComparison.Ordinal);
        Assert.Contains("pickle", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Weights[0].Value.ToArray<float>());
    }

    [Fact]
    public void AnArrayOfAnotherShapeChangesNothing()
    {
        Model model = Dense();
        float[] before = model.Weights[0].Value.ToArray<float>();
        ModelFileException error = Assert.Throws<ModelFileException>(() => model.LoadWeights(Written(("arr_0", Tensor.From<float>([0, 1, 2, 3, 4, 5], [3, 2])), ("arr_1", Tensor.From<float>([7, 8, 9])))));
        Assert.Contains("'net/dense/bias' has shape (2,)", error.Message, StringComparison.Ordinal);
        Assert.Contains("(3,)", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Weights[0].Value.ToArray<float>());
    }

    [Fact]
    public void WhatDoesNotFitCanBeSkipped()
    {
        Model model = Dense();
        model.LoadWeights(Written(("arr_0", Tensor.From<float>([0, 1, 2, 3, 4, 5], [3, 2])), ("arr_1", Tensor.From<float>([7, 8, 9]))), skipMismatch: true);
        Assert.Equal([0, 1, 2, 3, 4, 5], model.Weights[0].Value.ToArray<float>());
        Assert.Equal([0, 0], model.Weights[1].Value.ToArray<float>());
    }

    [Fact]
    public void AnotherNumberOfArraysIsRefused() => Assert.Contains(
        "2 weights; the file has 1",
        Assert.Throws<ModelFileException>(() => Dense().LoadWeights(Written(("arr_0", Tensor.From<float>([0, 1, 2, 3, 4, 5], [3, 2]))))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void WeightsAreNoModel() => Assert.Contains("LoadWeights", Assert.Throws<ModelFileException>(() => Model.Load(Fixture("dense_paths.npz"))).Message, StringComparison.Ordinal);

    [Fact]
    public void HeadersAreReadWithoutTheData()
    {
        byte[] file = File.ReadAllBytes(Written(("x", Tensor.From<float>([1, 2], [2, 1]))));
        using NpzFile npz = new(new MemoryStream(file), "test.npz");
        NpyHeader header = npz.HeaderOf("x");
        Assert.Equal([2, 1], header.Dims);
        Assert.Same(DType.Float32, header.DType);
        // A changed bit of the data is nothing to the header, and everything to the data.
        file[file.AsSpan().IndexOf("NUMPY"u8) + 128] ^= 1;
        using NpzFile damaged = new(new MemoryStream(file), "test.npz");
        Assert.Equal([2, 1], damaged.HeaderOf("x").Dims);
        Assert.Throws<InvalidDataException>(() => damaged.Read("x"));
    }

    private static Model Dense() => new Sequential([new Input(shape: [3]), new Dense(2, name: "dense")], name: "net");

    private static void AssertIsTheFixtures(Model model)
    {
        Assert.Equal([0, 1, 2, 3, 4, 5], model.Weights[0].Value.ToArray<float>());
        Assert.Equal([7, 8], model.Weights[1].Value.ToArray<float>());
    }

    private string Fixture(string name)
    {
        using Stream resource = typeof(NpzWeightsTests).Assembly.GetManifestResourceStream(name)!;
        using MemoryStream copy = new();
        resource.CopyTo(copy);
        return _folder.Write(name, copy.ToArray());
    }

    private string Written(params (string Name, Tensor Value)[] arrays)
    {
        using MemoryStream stream = new();
        NpzFile.Write(stream, arrays);
        return _folder.Write("written.npz", stream.ToArray());
    }
}
