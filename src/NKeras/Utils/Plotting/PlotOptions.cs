namespace NKeras.Plotting;

/// <summary>What a picture of a model shows beside the names of classes.</summary>
internal sealed record PlotOptions(
    bool ShowShapes, bool ShowDType, bool ShowLayerNames, bool ExpandNested, bool ShowLayerActivations, bool ShowTrainable);
