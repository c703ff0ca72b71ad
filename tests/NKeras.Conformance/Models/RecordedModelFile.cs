namespace NKeras.Conformance.Models;

/// <summary>A file of a recorded model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsTrained">Whether it is of the model after training.</param>
/// <param name="Load">Loads it.</param>
/// <param name="Save">Writes a model in the same form.</param>
internal sealed record RecordedModelFile(string Name, bool IsTrained, Func<RecordedModel, string, Model> Load, Action<Model, string> Save);
