namespace NKeras.Plotting;

/// <summary>What a box stands for.</summary>
internal enum PlotKind
{
    Layer,
    Input,
    Model,
    Function,
}
