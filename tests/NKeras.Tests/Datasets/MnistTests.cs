namespace NKeras.Tests;

public sealed class MnistTests : IDisposable
{
    private static readonly byte[] s_file = Fixture.PythonNpz;
    private static readonly string s_hash = Fixture.Sha256(s_file);

    private readonly TemporaryFolder _cache = new();

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void The_file_is_downloaded_once_and_then_read_from_the_cache()
    {
        using LoopbackServer server = LoopbackServer.Sending(s_file);
        for (int i = 0; i < 2; i++) AssertLoads(server.Url);
        Assert.Equal(1, server.Requests);
        Assert.Equal(["datasets/mnist.npz"], _cache.Files);
    }

    [Fact]
    public void A_file_that_Python_Keras_downloaded_is_used_without_network()
    {
        _cache.Write("datasets/mnist.npz", s_file);
        AssertLoads(LoopbackServer.ClosedUrl);
    }

    [Fact]
    public void A_damaged_file_in_the_cache_is_downloaded_again()
    {
        _cache.Write("datasets/mnist.npz", s_file[..^10]);
        using LoopbackServer server = LoopbackServer.Sending(s_file);
        AssertLoads(server.Url);
        Assert.Equal(s_file, File.ReadAllBytes(_cache["datasets/mnist.npz"]));
    }

    [Fact]
    public void A_file_of_another_hash_is_never_read()
    {
        using LoopbackServer server = LoopbackServer.Sending([.. s_file, 0]);
        Assert.Throws<InvalidDataException>(() => Datasets.Mnist.LoadData("mnist.npz", server.Url, s_hash, _cache.FullName));
        Assert.Empty(_cache.Files);
    }

    [Fact]
    public void A_path_out_of_the_cache_is_refused() => Assert.Throws<ArgumentException>(() => Datasets.Mnist.LoadData("../mnist.npz", LoopbackServer.ClosedUrl, s_hash, _cache.FullName));

    private void AssertLoads(string url)
    {
        var ((xTrain, yTrain), (xTest, yTest)) = Datasets.Mnist.LoadData("mnist.npz", url, s_hash, _cache.FullName);
        Assert.Equal(new Shape([3, 2, 2]), xTrain.Shape);
        Assert.Equal([.. Enumerable.Range(0, 12).Select(i => (byte)i)], xTrain.ToArray<byte>());
        Assert.Equal([5, 0, 4], yTrain.ToArray<byte>());
        Assert.Equal([255, 254, 253, 252], xTest.ToArray<byte>());
        Assert.Equal([7], yTest.ToArray<byte>());
    }
}
