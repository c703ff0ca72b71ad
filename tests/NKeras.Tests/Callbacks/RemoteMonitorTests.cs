using System.Net;
using NKeras.Callbacks;

namespace NKeras.Tests.Callbacks;

public sealed class RemoteMonitorTests
{
    private static readonly Dictionary<string, double> s_logs = new() { ["loss"] = 0.25, ["a\"b"] = 1 };

    [Fact]
    public void SendsJson()
    {
        Server server = new();
        RemoteMonitor monitor = new("http://host:1", "/p/", headers: new Dictionary<string, string> { ["X-Key"] = "k", ["Content-Type"] = "text/x" }, sendAsJson: true) { Client = new(server) };
        monitor.OnEpochEnd(3, s_logs);
        // What json.dumps writes.
        Assert.Equal("POST http://host:1/p/ X-Key=k text/x {\"epoch\": 3, \"loss\": 0.25, \"a\\\"b\": 1.0}", server.Received.Single());
    }

    [Fact]
    public void SendsAForm()
    {
        Server server = new();
        RemoteMonitor monitor = new() { Client = new(server) };
        monitor.OnEpochEnd(0, new Dictionary<string, double> { ["loss"] = double.NaN });
        // What requests makes of {"data": json.dumps({"epoch": 0, "loss": nan})}.
        Assert.Equal("POST http://localhost:9000/publish/epoch/end/  application/x-www-form-urlencoded data=%7B%22epoch%22%3A+0%2C+%22loss%22%3A+NaN%7D", server.Received.Single());
    }

    [Fact]
    public void ServersThatRefuseAreNoMatter()
    {
        List<string> warnings = [];
        Server server = new() { Status = HttpStatusCode.InternalServerError };
        new RemoteMonitor { Client = new(server), WriteWarning = warnings.Add }.OnEpochEnd(0, s_logs);
        Assert.Empty(warnings);
        Assert.Single(server.Received);
    }

    [Fact]
    public void ErrorsWarnAndTrainingGoesOn()
    {
        List<string> warnings = [];
        RemoteMonitor[] monitors =
        [
            new() { Client = new(new Server { Error = new HttpRequestException("refused") }), WriteWarning = warnings.Add },
            new() { Client = new(new Server { Error = new TaskCanceledException("timeout") }), WriteWarning = warnings.Add },
            new("no address") { Client = new(new Server()), WriteWarning = warnings.Add },
            new("ftp://host") { WriteWarning = warnings.Add },
            new(sendAsJson: true) { Client = new(new Server { Error = new HttpRequestException("refused") }), WriteWarning = warnings.Add },
        ];
        History history = CallbackTraces.Scale().Fit(new float[] { 1 }, new float[] { 0 }, epochs: 2, verbose: 0, callbacks: monitors);
        Assert.Equal(2, history.Epoch.Count);
        Assert.Equal(5, warnings.Count);
        Assert.All(warnings, w => Assert.StartsWith("Could not reach RemoteMonitor root server at ", w));
    }

    private sealed class Server : HttpMessageHandler
    {
        public List<string> Received { get; } = [];

        public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

        public Exception? Error { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Error != null) throw Error;
            string headers = string.Join(',', request.Headers.Select(h => $"{h.Key}={h.Value.Single()}"));
            string body = await request.Content!.ReadAsStringAsync(cancellationToken);
            Received.Add($"{request.Method} {request.RequestUri} {headers} {request.Content.Headers.ContentType!.MediaType} {body}");
            return new HttpResponseMessage(Status);
        }
    }
}
