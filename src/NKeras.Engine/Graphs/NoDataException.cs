namespace NKeras.Engine.Graphs;

/// <summary>A value was read while a function is traced, when there is none yet.</summary>
internal sealed class NoDataException(string message) : InvalidOperationException(message);
