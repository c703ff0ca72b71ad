using System.Security.Cryptography;
using System.Text;

namespace NKeras.Tests;

public sealed class GetFileTests : IDisposable
{
    private static readonly byte[] s_content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31 >> 3))];
    private static readonly string s_hash = Fixture.Sha256(s_content);

    private readonly TemporaryFolder _cache = new();

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void A_file_is_downloaded_into_the_cache_and_found_there_the_next_time()
    {
        using LoopbackServer server = LoopbackServer.Sending(s_content);
        string first = Utils.GetFile("a.bin", server.Url, fileHash: s_hash, cacheDir: _cache.FullName);
        string second = Utils.GetFile("a.bin", server.Url, fileHash: s_hash.ToUpperInvariant(), cacheDir: _cache.FullName);

        Assert.Equal(_cache["datasets/a.bin"], first);
        Assert.Equal(first, second);
        Assert.Equal(s_content, File.ReadAllBytes(first));
        Assert.Equal(1, server.Requests);
        Assert.Equal(["datasets/a.bin"], _cache.Files);
    }

    [Fact]
    public void The_name_comes_from_the_address_by_default()
    {
        using LoopbackServer server = LoopbackServer.Sending(s_content);
        Assert.Equal(_cache["models/data.bin"], Utils.GetFile(origin: server.Url + "?version=2", cacheSubdir: "models", cacheDir: _cache.FullName));
    }

    [Fact]
    public void Md5_is_recognised_by_its_length_and_by_Keras_older_parameter()
    {
        string md5 = Convert.ToHexStringLower(MD5.HashData(s_content));
        using LoopbackServer server = LoopbackServer.Sending(s_content);
        Utils.GetFile("a", server.Url, fileHash: md5, cacheDir: _cache.FullName);
        Utils.GetFile("b", server.Url, md5Hash: md5, cacheDir: _cache.FullName);
        Assert.Equal(["datasets/a", "datasets/b"], _cache.Files);
    }

    [Fact]
    public void A_cached_file_with_another_hash_is_downloaded_again()
    {
        string path = _cache.Write("datasets/a.bin", [1, 2, 3]);
        using LoopbackServer server = LoopbackServer.Sending(s_content);
        Utils.GetFile("a.bin", server.Url, fileHash: s_hash, cacheDir: _cache.FullName);
        Assert.Equal(s_content, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_cached_file_is_good_if_no_hash_is_given()
    {
        string path = _cache.Write("datasets/a.bin", [1, 2, 3]);
        Assert.Equal(path, Utils.GetFile("a.bin", LoopbackServer.ClosedUrl, cacheDir: _cache.FullName));
    }

    [Fact]
    public void A_download_can_be_forced()
    {
        string path = _cache.Write("datasets/a.bin", [1, 2, 3]);
        using LoopbackServer server = LoopbackServer.Sending(s_content);
        Utils.GetFile("a.bin", server.Url, cacheDir: _cache.FullName, forceDownload: true);
        Assert.Equal(s_content, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_chunked_body_is_put_together()
    {
        using LoopbackServer server = new(async (stream, stop) =>
        {
            await stream.WriteAsync(LoopbackServer.Head("200 OK", "Transfer-Encoding: chunked"), stop);
            foreach (byte[] chunk in s_content.Chunk(7001))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"), stop);
                await stream.WriteAsync(chunk, stop);
                await stream.WriteAsync("\r\n"u8.ToArray(), stop);
                await stream.FlushAsync(stop);
            }

            await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), stop);
        });
        Assert.Equal(s_content, File.ReadAllBytes(Utils.GetFile("a.bin", server.Url, fileHash: s_hash, cacheDir: _cache.FullName)));
    }

    [Fact]
    public void A_body_of_unknown_length_ends_with_the_connection()
    {
        using LoopbackServer server = LoopbackServer.Replying("200 OK", "Content-Type: application/octet-stream", s_content);
        Assert.Equal(s_content, File.ReadAllBytes(Utils.GetFile("a.bin", server.Url, fileHash: s_hash, cacheDir: _cache.FullName)));
    }

    [Fact]
    public void A_redirection_is_followed()
    {
        using LoopbackServer server = LoopbackServer.Sending(s_content);
        using LoopbackServer old = LoopbackServer.Replying("302 Found", $"Content-Length: 0\r\nLocation: {server.Url}", []);
        Assert.Equal(s_content, File.ReadAllBytes(Utils.GetFile("a.bin", old.Url, fileHash: s_hash, cacheDir: _cache.FullName)));
    }

    [Fact]
    public void A_truncated_body_fails_even_without_a_hash()
    {
        using LoopbackServer server = LoopbackServer.Replying("200 OK", $"Content-Length: {s_content.Length + 1}", s_content);
        IOException error = Fails<IOException>(server.Url, hash: null);
        Assert.Contains($"expected {s_content.Length + 1} bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_chunked_body_fails()
    {
        using LoopbackServer server = LoopbackServer.Replying("200 OK", "Transfer-Encoding: chunked", "ff\r\nabc"u8.ToArray());
        Fails<IOException>(server.Url, hash: null);
    }

    [Fact]
    public void A_file_with_another_hash_is_not_stored()
    {
        using LoopbackServer server = LoopbackServer.Sending([.. s_content, 0]);
        InvalidDataException error = Fails<InvalidDataException>(server.Url, s_hash);
        Assert.Contains(s_hash, error.Message, StringComparison.Ordinal);
        Assert.Contains(Fixture.Sha256([.. s_content, 0]), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("500 Internal Server Error")]
    [InlineData("204 No Content")]
    public void A_status_other_than_200_fails_with_the_status(string status)
    {
        using LoopbackServer server = LoopbackServer.Replying(status, "Content-Length: 0", []);
        IOException error = Fails<IOException>(server.Url, s_hash);
        Assert.Contains(status[..3], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_connection_fails()
    {
        IOException error = Fails<IOException>(LoopbackServer.ClosedUrl, s_hash);
        Assert.IsType<HttpRequestException>(error.InnerException);
    }

    [Fact]
    public void A_server_that_does_not_speak_http_fails()
    {
        using LoopbackServer server = new((stream, stop) => stream.WriteAsync("SSH-2.0-OpenSSH\r\n\r\n"u8.ToArray(), stop).AsTask());
        Fails<IOException>(server.Url, s_hash);
    }

    [Fact]
    public void A_cancelled_download_leaves_nothing()
    {
        using CancellationTokenSource cancel = new();
        using LoopbackServer server = new(async (stream, stop) =>
        {
            await stream.WriteAsync(LoopbackServer.Head("200 OK", "Content-Length: 10"), stop);
            await stream.WriteAsync(new byte[5], stop);
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, stop);
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Utils.GetFile("a.bin", server.Url, cacheDir: _cache.FullName, cancellationToken: cancel.Token));
        Assert.Empty(_cache.Files);
    }

    [Theory]
    [InlineData("../a.bin")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("sub/")]
    [InlineData("sub/../../a.bin")]
    [InlineData(@"..\a.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("../datasets-of-others/a.bin")]
    public void A_name_that_leads_out_of_the_cache_is_refused(string name)
    {
        using LoopbackServer server = LoopbackServer.Sending(s_content);
        Assert.Throws<ArgumentException>(() => Utils.GetFile(name, server.Url, cacheDir: _cache.FullName));
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public void A_name_that_stays_in_the_cache_is_accepted()
    {
        using LoopbackServer server = LoopbackServer.Sending(s_content);
        Utils.GetFile("sub/a.bin", server.Url, cacheDir: _cache.FullName);
        Utils.GetFile(_cache["datasets/b.bin"], server.Url, cacheDir: _cache.FullName);
        Assert.Equal(["datasets/b.bin", "datasets/sub/a.bin"], _cache.Files);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("data.bin")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/data.bin")]
    public void Only_web_addresses_are_accepted(string? origin) =>
        Assert.Throws<ArgumentException>(() => Utils.GetFile("a.bin", origin, cacheDir: _cache.FullName));

    [Theory]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.0.0.1/folder/")]
    [InlineData("http://127.0.0.1/..%2F..%2Fa.bin")]
    public void An_address_without_a_file_name_needs_one(string origin) =>
        Assert.Throws<ArgumentException>(() => Utils.GetFile(origin: origin, cacheDir: _cache.FullName));

    [Theory]
    [InlineData("abc", "auto")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", "sha256")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427z", "md5")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", "sha1")]
    public void A_hash_that_no_file_can_have_is_refused_before_the_download(string hash, string algorithm) =>
        Assert.Throws<ArgumentException>(() => Utils.GetFile("a.bin", LoopbackServer.ClosedUrl, fileHash: hash, hashAlgorithm: algorithm, cacheDir: _cache.FullName));

    // Both with and without a file in the cache: the first must survive, and nothing else may be left.
    private T Fails<T>(string url, string? hash)
        where T : Exception
    {
        Assert.Throws<T>(() => Utils.GetFile("new.bin", url, fileHash: hash, cacheDir: _cache.FullName));
        Assert.Empty(_cache.Files);

        string path = _cache.Write("datasets/a.bin", s_content);
        T error = Assert.Throws<T>(() => Utils.GetFile("a.bin", url, fileHash: hash, cacheDir: _cache.FullName, forceDownload: true));
        Assert.Equal(["datasets/a.bin"], _cache.Files);
        Assert.Equal(s_content, File.ReadAllBytes(path));
        Assert.Contains(url, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        return error;
    }
}
