namespace NKeras.Training;

/// <summary>An input of a model.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="Shape">The shape it demands; null for any.</param>
/// <param name="DType">The type that data is brought to; null if it stays as it is.</param>
internal sealed record InputPort(string Name, Shape? Shape, DType? DType);
