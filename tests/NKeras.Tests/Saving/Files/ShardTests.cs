using System.Text.Json.Nodes;
using NKeras.Hdf5;
using NKeras.Layers;
using NKeras.Saving;

namespace NKeras.Tests.Saving.Files;

public sealed class ShardTests : IDisposable
{
    // Kernels of 4,000 and 400 bytes, biases of 400 and 4.
    private const double Gigabyte = 1 << 30, FourKilobytes = 4100 / Gigabyte;

    private readonly TemporaryFolder _folder = new();

    private string List => Path.Combine(_folder.FullName, "m.weights.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ShardsAndTheirListAreKeras()
    {
        Model().SaveWeights(List, maxShardSize: FourKilobytes);
        // What Keras 3.16 writes of the same model.
        Assert.Equal(["m.weights.json", "m_00000.weights.h5", "m_00001.weights.h5"], Directory.GetFiles(_folder.FullName).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        JsonNode list = JsonNode.Parse(File.ReadAllText(List))!;
        Assert.Equal(4804, (double)list["metadata"]!["total_size"]!);
        Assert.Equal(["m_00000.weights.h5", "m_00001.weights.h5"], list["weight_map"]!["/layers/dense/vars"]!.AsArray().Select(n => (string)n!));
        Assert.Equal(["m_00001.weights.h5"], list["weight_map"]!["/layers/dense_1/vars"]!.AsArray().Select(n => (string)n!));
        using Hdf5File file = Hdf5File.Open(Path.Combine(_folder.FullName, "m_00001.weights.h5"));
        Assert.Equal(["1"], ((Hdf5Group)file.Root["layers/dense/vars"]).Names);
    }

    [Fact]
    public void TheyLoad()
    {
        Model model = Model(), other = Model();
        model.SaveWeights(List, maxShardSize: FourKilobytes);
        other.LoadWeights(List);
        foreach ((Variable a, Variable b) in model.Weights.Zip(other.Weights)) Assert.Equal(a.Value.ToArray<float>(), b.Value.ToArray<float>());
    }

    [Fact]
    public void SavingAgainLeavesNoOldShards()
    {
        Model model = Model();
        for (int i = 0; i < 3; i++)
        {
            model.SaveWeights(List, maxShardSize: i == 1 ? 1 : FourKilobytes);
            Assert.Equal(i == 1 ? 2 : 3, Directory.GetFiles(_folder.FullName).Length);
            Model().LoadWeights(List);
        }
    }

    [Fact]
    public void AnErrorLeavesWhatWasThereAndNothingElse()
    {
        Sequential model = Model(), other = Model();
        model.SaveWeights(List, maxShardSize: FourKilobytes);
        string[] before = [.. Directory.GetFileSystemEntries(_folder.FullName).Order()];
        string obstacle = Path.Combine(_folder.FullName, "m.1_00001.weights.h5");
        Directory.CreateDirectory(obstacle);
        Assert.Contains("m.1_00001", Assert.Throws<IOException>(() => other.SaveWeights(List, maxShardSize: FourKilobytes)).Message, StringComparison.Ordinal);
        Directory.Delete(obstacle);
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.FullName).Order());
        other.LoadWeights(List);
        Assert.Equal(model.Weights[0].Value.ToArray<float>(), other.Weights[0].Value.ToArray<float>());
    }

    [Fact]
    public void AVariableLargerThanAShardIsAnError() =>
        Assert.Contains("maxShardSize", Assert.Throws<ArgumentException>(() => Model().SaveWeights(List, maxShardSize: 1000 / Gigabyte)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("../m_00000.weights.h5")]
    [InlineData("/etc/passwd.h5")]
    [InlineData("sub/m.h5")]
    [InlineData("C:m.h5")]
    [InlineData("m_00000.weights.txt")]
    [InlineData("")]
    public void AListCanOnlyNameFilesBesideIt(string name)
    {
        File.WriteAllText(List, new JsonObject { ["metadata"] = new JsonObject(), ["weight_map"] = new JsonObject { ["/layers/dense/vars"] = name } }.ToJsonString());
        Assert.Contains("beside the list", Assert.Throws<ModelFileException>(() => Model().LoadWeights(List)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AShardThatIsMissingIsNamed()
    {
        Model().SaveWeights(List, maxShardSize: FourKilobytes);
        File.Delete(Path.Combine(_folder.FullName, "m_00001.weights.h5"));
        Assert.Contains("m_00001.weights.h5", Assert.ThrowsAny<IOException>(() => Model().LoadWeights(List)).Message, StringComparison.Ordinal);
    }

    private static Sequential Model() => new([new Input([10]), new Dense(100), new Dense(1)]);
}
