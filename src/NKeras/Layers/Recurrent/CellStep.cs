namespace NKeras.Layers;

/// <summary>A cell about to go through a sequence: its weights are read and its dropout is drawn.</summary>
/// <param name="Project">What is made of the inputs of all steps at once, before the first one. They may have more dimensions in front.</param>
/// <param name="Step">Makes an output and the next states of what <paramref name="Project"/> gave for a step, and the states.</param>
internal sealed record CellStep(Func<Tensor, Tensor> Project, Func<Tensor, Tensors, (Tensor Output, Tensors States)> Step);
