using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NKeras.Tests;

/// <summary>A web server on this machine that answers every request with the same script, byte by byte as told.</summary>
/// <remarks>It speaks raw TCP, so that a test can break the protocol where it likes.</remarks>
internal sealed class LoopbackServer : IDisposable
{
    // Bound, so that nobody else gets the port, but not listening: connections are refused.
    private static readonly Socket s_closed = Bound();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<NetworkStream, CancellationToken, Task> _answer;
    private readonly Task _loop;
    private int _requests;

    /// <param name="answer">Writes the reply; the connection is closed when it returns.</param>
    public LoopbackServer(Func<NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _loop = Task.Run(ServeAsync);
    }

    /// <summary>An address where nobody listens.</summary>
    public static string ClosedUrl => Address(s_closed.LocalEndPoint!);

    public string Url => Address(_listener.LocalEndpoint);

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>A server that sends a whole file.</summary>
    public static LoopbackServer Sending(byte[] content) => Replying("200 OK", $"Content-Length: {content.Length}", content);

    /// <summary>A server that sends a status line, one header and a body, and closes the connection.</summary>
    public static LoopbackServer Replying(string status, string header, byte[] body) => new(async (stream, stop) =>
    {
        await stream.WriteAsync(Head(status, header), stop);
        await stream.WriteAsync(body, stop);
    });

    public static byte[] Head(string status, string header) => Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{header}\r\nConnection: close\r\n\r\n");

    public void Dispose()
    {
        _stop.Cancel();
        _loop.Wait();
        _listener.Stop();
        _stop.Dispose();
    }

    private static Socket Bound()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static string Address(EndPoint end) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)end).Port}/files/data.bin");

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _requests);
                NetworkStream stream = client.GetStream();
                await ReadRequestAsync(stream);
                await _answer(stream, _stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The test ended, or its client hung up.
            }
        }
    }

    private async Task ReadRequestAsync(NetworkStream stream)
    {
        byte[] buffer = new byte[8192];
        int length = 0;
        while (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            int count = await stream.ReadAsync(buffer.AsMemory(length), _stop.Token);
            if (count == 0) return;
            length += count;
        }
    }
}
