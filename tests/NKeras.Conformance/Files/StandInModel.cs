using NKeras.Layers;

namespace NKeras.Conformance.Files;

/// <summary>Stands in for a subclassed model of somebody's own: has layers with the weights that the file has for it.</summary>
internal sealed class StandInModel : Model
{
    private readonly IReadOnlyList<Layer> _parts;

    /// <summary>Creates one.</summary>
    /// <param name="weights">What the file keeps of it.</param>
    /// <param name="name">Its name.</param>
    public StandInModel(StandInWeights weights, string? name = null)
        : base(name)
    {
        List<Layer> parts = [];
        foreach (StandInWeights part in weights.Inner.FirstOrDefault(w => w.Name == "layers")?.Inner ?? [])
        {
            // Layers without a group in the file are numbered, too.
            while (part.Number > parts.Count(p => p.ClassName == part.ClassName)) parts.Add(new StandInLayer(part with { Own = [], Inner = [] }));
            parts.Add(new StandInLayer(part));
        }

        _parts = parts;
        Built = true;
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => _parts.Aggregate(inputs, (x, part) => part.Apply(x));
}
