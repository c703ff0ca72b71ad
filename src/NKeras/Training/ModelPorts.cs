namespace NKeras.Training;

/// <summary>What a model takes and gives, as far as data is checked against it.</summary>
/// <param name="Inputs">The inputs that data is there for, in the order of the data.</param>
/// <param name="OutputNames">The names of the outputs.</param>
/// <param name="OutputsNamed">Whether logs call the outputs by their names: not those that a subclassed model lists.</param>
/// <param name="OutputShapes">Their shapes, the batch's dimension unknown.</param>
internal sealed record ModelPorts(IReadOnlyList<InputPort> Inputs, IReadOnlyList<string> OutputNames, bool OutputsNamed, IReadOnlyList<Shape> OutputShapes)
{
    /// <summary>The names of the outputs in the order in which the model was given them.</summary>
    public IReadOnlyList<string> OutputsAsGiven { get; init; } = OutputNames;
}
