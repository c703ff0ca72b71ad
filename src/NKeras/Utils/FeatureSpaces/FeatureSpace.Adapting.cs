using NKeras.Layers;

namespace NKeras;

public sealed partial class FeatureSpace
{
    /// <summary>The features whose layers learn from data and were not given what they would learn.</summary>
    private IEnumerable<string> Adaptable => _preprocessors.Where(p => p.Value is AdaptedLayer { NeedsAdapting: true }).Select(p => p.Key);

    /// <summary>Learns from a table what features need: means, intervals, vocabularies.</summary>
    /// <param name="dataset">The columns by name.</param>
    /// <param name="verbose">1, as usual, for a progress bar; 0 to print nothing.</param>
    /// <exception cref="ArgumentException">A column is missing or of the wrong kind; the message names the feature's layer.</exception>
    public void Adapt(Tensors dataset, Verbosity verbose = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        Adapt([new Batch(dataset)], verbose);
    }

    /// <summary>The same from a data set, whose inputs are columns by name, and which is read once.</summary>
    /// <param name="dataset">The batches, or single rows.</param>
    /// <param name="verbose">1, as usual, for a progress bar; 0 to print nothing.</param>
    /// <inheritdoc cref="Adapt(Tensors, Verbosity)"/>
    public void Adapt(IEnumerable<Batch> dataset, Verbosity verbose = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        (string Name, AdaptedLayer Layer)[] learners = [.. Adaptable.Select(f => (f, (AdaptedLayer)_preprocessors[f]))];
        if (learners.Length > 0) Learn(dataset, learners, verbose);
        _isAdapted = true;
        // What was made for an earlier vocabulary has another size.
        _encodedFeatures = null;
        _oneHotEncoders.Clear();
        GetEncodedFeatures();
    }

    private void Learn(IEnumerable<Batch> dataset, (string Name, AdaptedLayer Layer)[] learners, Verbosity verbose)
    {
        int? steps = dataset is Dataset { Cardinality: { } cardinality } ? cardinality : dataset.TryGetNonEnumeratedCount(out int count) ? count : null;
        Progbar progress = new(steps, verbose: verbose.Level);
        foreach ((_, AdaptedLayer layer) in learners) layer.ResetState();
        int read = 0;
        foreach (Batch batch in dataset)
        {
            foreach ((string name, AdaptedLayer layer) in learners)
            {
                if (batch?.X.Names?.Contains(name) != true)
                    throw new ArgumentException($"FeatureSpace '{Name}' adapts to columns by name, and feature '{name}' is to be learned; received {batch?.X.ToString() ?? "null"}.", nameof(dataset));
                layer.UpdateState(AsColumn(name, batch.X[name]));
            }

            progress.Update(++read, finalize: false);
        }

        if (read == 0) throw new ArgumentException($"FeatureSpace '{Name}' adapts to at least one row; received none.", nameof(dataset));
        foreach ((_, AdaptedLayer layer) in learners) layer.FinalizeState();
        progress.Update(read, finalize: true);
    }
}
