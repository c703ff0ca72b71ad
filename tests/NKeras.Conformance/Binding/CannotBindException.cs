namespace NKeras.Conformance.Binding;

/// <summary>A recorded call cannot be written in C#: no overload takes its arguments.</summary>
internal sealed class CannotBindException(string message) : Exception(message);
