using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NKeras.Saving;

namespace NKeras.Callbacks;

/// <summary>Sends the scores of every epoch to a server (<c>keras.callbacks.RemoteMonitor</c>).</summary>
/// <remarks>
/// A POST with an object in JSON: <c>{"epoch": 0, "loss": 0.25}</c>. A server that cannot be reached, or does not answer within the client's
/// timeout, is a warning: training goes on.
/// </remarks>
/// <example><code>
/// model.Fit(x, y, epochs: 10, callbacks: [new RemoteMonitor("http://localhost:9000", sendAsJson: true)]);
/// </code></example>
public class RemoteMonitor : Callback
{
    private static readonly HttpClient s_client = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Creates the callback.</summary>
    /// <param name="root">The server.</param>
    /// <param name="path">What comes after <paramref name="root"/>.</param>
    /// <param name="field">The form's field with the object, unless <paramref name="sendAsJson"/>.</param>
    /// <param name="headers">Headers of the requests.</param>
    /// <param name="sendAsJson">Whether the object is what is sent, as <c>application/json</c>; otherwise it is sent in a form.</param>
    public RemoteMonitor(
        string root = "http://localhost:9000",
        string path = "/publish/epoch/end/",
        string field = "data",
        IReadOnlyDictionary<string, string>? headers = null,
        bool sendAsJson = false)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(field);
        (Root, Path, Field, Headers, SendAsJson) = (root, path, field, headers, sendAsJson);
    }

    /// <summary>The server.</summary>
    public string Root { get; }

    /// <summary>What comes after <see cref="Root"/>.</summary>
    public string Path { get; }

    /// <summary>The form's field with the object.</summary>
    public string Field { get; }

    /// <summary>Headers of the requests.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; }

    /// <summary>Whether the object is sent as <c>application/json</c>.</summary>
    public bool SendAsJson { get; }

    /// <summary>What sends; a client that waits for an answer for 10 seconds unless another one is given.</summary>
    public HttpClient Client { get; init; } = s_client;

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null)
    {
        StringBuilder json = new("{\"epoch\": ");
        json.Append(epoch.ToString(CultureInfo.InvariantCulture));
        foreach ((string name, double value) in logs ?? new Dictionary<string, double>())
            json.Append($", \"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\": {PythonJson.Number(value)}");
        json.Append('}');
        try
        {
            // Servers refuse NaN, which JSON has not; in a form it is text like any other.
            if (SendAsJson && logs?.Values.All(double.IsFinite) == false) throw new HttpRequestException("scores that are not finite cannot be sent as JSON");
            using HttpRequestMessage request = new(HttpMethod.Post, Root + Path) { Content = Content(json.ToString()) };
            foreach ((string name, string value) in Headers ?? new Dictionary<string, string>()) Add(request, name, value);
            using HttpResponseMessage _ = Client.SendAsync(request).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or UriFormatException or InvalidOperationException or NotSupportedException)
        {
            Warn($"Could not reach RemoteMonitor root server at {Root} ({e.Message})");
        }
    }

    private HttpContent Content(string json) => SendAsJson
        ? new StringContent(json, Encoding.UTF8, "application/json")
        : new FormUrlEncodedContent([KeyValuePair.Create(Field, json)]);

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (request.Headers.TryAddWithoutValidation(name, value)) return;
        request.Content!.Headers.Remove(name);
        request.Content.Headers.TryAddWithoutValidation(name, value);
    }
}
