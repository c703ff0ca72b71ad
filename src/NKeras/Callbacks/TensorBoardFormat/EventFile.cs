using System.Globalization;

namespace NKeras.Callbacks.TensorBoardFormat;

/// <summary>A file of events that TensorBoard reads, made once there is an event.</summary>
/// <param name="folder">The folder it is in, which is a run to TensorBoard.</param>
/// <param name="clock">Tells when an event is written.</param>
internal sealed class EventFile(string folder, TimeProvider clock)
{
    private static int s_count;

    private RecordFile? _records;

    /// <summary>Adds a value to be shown.</summary>
    /// <param name="step">Where it stands on the axis of steps.</param>
    /// <param name="value">One of <see cref="SummaryValue"/>'s.</param>
    public void Add(long step, ProtoWriter value) => Add(Event().Integer(EventField.Step, step).Message(EventField.Summary, new ProtoWriter().Message(EventField.Value, value)));

    /// <summary>Adds the graph of the run.</summary>
    public void AddGraph(ProtoWriter graph) => Add(Event().Message(EventField.GraphDef, graph));

    /// <summary>Writes what was added, so that TensorBoard sees it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Flush() => _records?.Flush();

    private ProtoWriter Event() => new ProtoWriter().Double(EventField.WallTime, (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds);

    private void Add(ProtoWriter data)
    {
        if (_records == null)
        {
            Directory.CreateDirectory(folder);
            // TensorBoard goes by the word "tfevents" and reads files in the order of their names; the rest keeps names apart.
            string name = string.Create(
                CultureInfo.InvariantCulture,
                $"events.out.tfevents.{clock.GetUtcNow().ToUnixTimeSeconds():D10}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref s_count) - 1}.v2");
            _records = new RecordFile(Path.Combine(folder, name));
            _records.Add(Event().Text(EventField.FileVersion, "brain.Event:2").Written);
        }

        _records.Add(data.Written);
    }

    /// <summary>The numbers of fields in tensorflow's event.proto.</summary>
    private static class EventField
    {
        public const int WallTime = 1;
        public const int Step = 2;
        public const int FileVersion = 3;
        public const int GraphDef = 4;
        public const int Summary = 5;

        /// <summary>That of the values within a summary.</summary>
        public const int Value = 1;
    }
}
