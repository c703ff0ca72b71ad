namespace NKeras.Tests.Layers.Checking;

/// <summary>The settings of a family of layers that <see cref="LayerCheckTests"/> goes through.</summary>
internal interface ILayerCases
{
    IEnumerable<LayerCase> Cases { get; }
}
