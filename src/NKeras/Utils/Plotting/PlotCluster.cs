namespace NKeras.Plotting;

/// <summary>A model drawn with its layers: the whole picture, or a nested model.</summary>
internal sealed class PlotCluster(string name) : PlotItem(name)
{
    /// <summary>What is inside, in the model's order.</summary>
    public List<PlotItem> Items { get; } = [];
}
