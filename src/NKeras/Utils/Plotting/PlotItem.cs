namespace NKeras.Plotting;

/// <summary>Something with a place in a picture of a model.</summary>
internal abstract class PlotItem(string name)
{
    public string Name { get; } = name;
}
