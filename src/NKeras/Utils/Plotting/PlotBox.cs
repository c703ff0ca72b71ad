namespace NKeras.Plotting;

/// <summary>A layer, an operation, or a model that is not expanded.</summary>
internal sealed class PlotBox(int id, string name, string className, PlotKind kind) : PlotItem(name)
{
    /// <summary>The position among all boxes of the picture.</summary>
    public int Id { get; } = id;

    public string ClassName { get; } = className;

    public PlotKind Kind { get; } = kind;

    /// <summary>The activation's name, if it is shown.</summary>
    public string? Activation { get; init; }

    /// <summary>Shapes and types, if they are shown: what, and its value.</summary>
    public IReadOnlyList<(string Label, string Value)> Cells { get; init; } = [];

    /// <summary>What comes out at the first call; nothing if there was none.</summary>
    public IReadOnlyList<KerasTensor> Outputs { get; init; } = [];

    /// <summary>Whether the weights are trainable; null if there are none or it is not shown.</summary>
    public bool? Trainable { get; init; }
}
