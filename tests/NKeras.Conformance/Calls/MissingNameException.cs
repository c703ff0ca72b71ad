namespace NKeras.Conformance.Calls;

/// <summary>NKeras lacks what a record calls.</summary>
internal sealed class MissingNameException(string name) : Exception($"NKeras has no {name}.");
