using NKeras.Downloads;

namespace NKeras.Tests;

public sealed class DownloaderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_falls_silent_fails_the_download(bool afterHeaders)
    {
        using TemporaryFolder folder = new();
        using LoopbackServer server = new(async (stream, stop) =>
        {
            if (afterHeaders) await stream.WriteAsync(LoopbackServer.Head("200 OK", "Content-Length: 10"), stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        using Downloader impatient = new(TimeSpan.FromMilliseconds(50));
        IOException error = await Assert.ThrowsAsync<IOException>(() => impatient.DownloadAsync(new Uri(server.Url), folder["a.bin"], null, CancellationToken.None));
        Assert.Contains("sent nothing for 0.05 seconds", error.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Downloads_of_one_file_at_the_same_time_do_not_disturb_each_other()
    {
        using TemporaryFolder folder = new();
        byte[] content = new byte[100_000];
        using LoopbackServer server = LoopbackServer.Sending(content);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Downloader.Default.DownloadAsync(new Uri(server.Url), folder["a.bin"], null, CancellationToken.None)));
        Assert.Equal(["a.bin"], folder.Files);
        Assert.Equal(content, File.ReadAllBytes(folder["a.bin"]));
    }
}
