using System.Net;
using System.Security.Cryptography;

namespace NKeras.Downloads;

/// <summary>Copies a file from the web. The target gets the whole, verified file, or stays as it was.</summary>
internal sealed class Downloader : IDisposable
{
    private const int BufferSize = 81_920;

    private readonly TimeSpan _patience;
    private readonly HttpClient _client;

    /// <param name="patience">How long the server may stay silent. There is no limit for the whole: files may be large.</param>
    public Downloader(TimeSpan patience)
    {
        _patience = patience;
        // Recycled connections notice changes of a server's address.
        SocketsHttpHandler handler = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The one that everybody uses.</summary>
    public static Downloader Default { get; } = new(TimeSpan.FromSeconds(60));

    /// <summary>Downloads a file.</summary>
    /// <param name="origin">An HTTP or HTTPS address.</param>
    /// <param name="target">The full path of the file to write; an existing file is replaced. Its folder exists.</param>
    /// <param name="expected">The hash that the file must have, if it is known.</param>
    /// <param name="cancellationToken">Ends the download; the target stays as it was.</param>
    /// <exception cref="IOException">No connection, an error status, a truncated body, or no more data; or the target cannot be written.</exception>
    /// <exception cref="InvalidDataException">The file has another hash.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task DownloadAsync(Uri origin, string target, FileHash? expected, CancellationToken cancellationToken)
    {
        using TransientPath part = new(target);
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        long received = 0;
        try
        {
            silence.CancelAfter(_patience);
            using HttpResponseMessage response = await _client.GetAsync(origin, HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
                throw Failure(origin, target, $"expected HTTP status 200 (OK), received {(int)response.StatusCode} ({response.ReasonPhrase})");

            string hash;
            using (IncrementalHash hasher = IncrementalHash.CreateHash(expected?.Algorithm ?? HashAlgorithmName.SHA256))
            using (FileStream file = new(part.FullName, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            using (Stream body = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false))
            {
                byte[] buffer = new byte[BufferSize];
                long? length = response.Content.Headers.ContentLength;
                while (true)
                {
                    silence.CancelAfter(_patience);
                    int count;
                    try
                    {
                        count = await body.ReadAsync(buffer, silence.Token).ConfigureAwait(false);
                    }
                    catch (IOException e)
                    {
                        throw Failure(origin, target, $"expected {(length is null ? "more" : length)} bytes, received {received} before the connection broke", e);
                    }

                    if (count == 0) break;
                    received += count;
                    hasher.AppendData(buffer, 0, count);
                    await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                }

                // A rename may reach the disk before the data does: a power failure must not leave an empty file under the good name.
                file.Flush(flushToDisk: true);
                hash = Convert.ToHexStringLower(hasher.GetHashAndReset());
            }

            if (expected != null && hash != expected.Hex)
            {
                throw new InvalidDataException(
                    $"The file at {origin} is not the one expected, and was not stored as {target}: expected {expected.Algorithm} {expected.Hex}, received {hash} ({received} bytes).");
            }

            File.Move(part.FullName, target, overwrite: true);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure(origin, target, $"the server sent nothing for {_patience.TotalSeconds:0.###} seconds after {received} bytes", e);
        }
        catch (HttpRequestException e)
        {
            throw Failure(origin, target, $"expected a reply from the server, received none ({e.Message})", e);
        }
    }

    /// <summary>Closes the idle connections.</summary>
    public void Dispose() => _client.Dispose();

    private static IOException Failure(Uri origin, string target, string reason, Exception? inner = null) =>
        new($"Downloading {origin} to {target} failed: {reason}.", inner);
}
