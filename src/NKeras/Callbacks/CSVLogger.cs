using System.Globalization;
using NKeras.Core;

namespace NKeras.Callbacks;

/// <summary>Writes the scores of every epoch to a CSV file (<c>keras.callbacks.CSVLogger</c>).</summary>
/// <remarks>
/// The columns are the epoch, counted from 0, and the scores of the first epoch by name; if there was no validation they are there once
/// more with <c>val_</c>, in case it comes later. What an epoch lacks is <c>NA</c>. The file is complete after each epoch, and is not kept open.
/// </remarks>
/// <example><code>
/// model.Fit(x, y, epochs: 10, callbacks: [new CSVLogger("training.csv")]);
/// </code></example>
public class CSVLogger : Callback
{
    private List<string>? _keys;

    /// <summary>Creates the callback.</summary>
    /// <param name="filename">The file.</param>
    /// <param name="separator">The character between values.</param>
    /// <param name="append">Whether rows are added to a file that is there already, rather than replacing it.</param>
    /// <exception cref="ArgumentException">The name is empty, or the separator is not one character that can separate.</exception>
    public CSVLogger(string filename, string separator = ",", bool append = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(filename);
        if (separator is not { Length: 1 } || separator[0] is '"' or '\r' or '\n')
            throw new ArgumentException($"The separator of a CSV file is one character other than a quotation mark or the end of a line; received '{separator}'.", nameof(separator));
        (Filename, Separator, Append) = (filename, separator, append);
    }

    /// <summary>The file.</summary>
    public string Filename { get; }

    /// <summary>The character between values.</summary>
    public string Separator { get; }

    /// <summary>Whether rows are added to a file that is there already.</summary>
    public bool Append { get; }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void OnTrainBegin(IDictionary<string, double>? logs = null)
    {
        _keys = null;
        if (Append) File.AppendAllText(Filename, "");
        else File.WriteAllText(Filename, "");
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null)
    {
        logs ??= new Dictionary<string, double>();
        string header = "";
        if (_keys == null)
        {
            _keys = [.. logs.Keys.Order(StringComparer.Ordinal)];
            if (!_keys.Exists(k => k.StartsWith("val_", StringComparison.Ordinal))) _keys.AddRange([.. _keys.Select(k => $"val_{k}")]);
            if (new FileInfo(Filename) is not { Exists: true, Length: > 0 }) header = Row(["epoch", .. _keys]);
        }

        IEnumerable<string> values = _keys.Select(k => logs.TryGetValue(k, out double value) ? PythonNumber.Repr(value) : "NA");
        File.AppendAllText(Filename, header + Row([epoch.ToString(CultureInfo.InvariantCulture), .. values]));
    }

    private string Row(string[] values) => string.Join(Separator, values.Select(Quoted)) + "\r\n";

    private string Quoted(string value) => value.Contains(Separator[0]) || value.AsSpan().ContainsAny('"', '\r', '\n')
        ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : value;
}
