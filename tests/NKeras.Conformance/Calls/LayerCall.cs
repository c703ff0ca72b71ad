using System.Text.Json;
using NKeras.Conformance.Comparison;
using NKeras.Conformance.Values;
using NKeras.Core;
using NKeras.Layers;

namespace NKeras.Conformance.Calls;

/// <summary>Replays calls of layers, with the recorded weights.</summary>
internal static class LayerCall
{
    /// <summary>Makes the layer, builds it, gives it the weights, calls it, and compares results, weights, losses and gradients.</summary>
    public static IEnumerable<Difference> Replay(CallRecord record)
    {
        try
        {
            IReadOnlyList<Difference> differences = [.. ReplayAsSet(record)];
            return differences.Count > 0 && FitsOtherFormat(record) ? [] : differences;
        }
        catch (ArgumentException) when (FitsOtherFormat(record))
        {
            return [];
        }
    }

    /// <summary>Whether a call fits in full where images have their channels in front: that this was set for all layers is not recorded.</summary>
    private static bool FitsOtherFormat(CallRecord record)
    {
        if (record.Json.GetProperty("config").GetRawText().Contains("data_format", StringComparison.Ordinal)) return false;
        try
        {
            return Config.WithImageDataFormat("channels_first", () => !ReplayAsSet(record).Any());
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static IEnumerable<Difference> ReplayAsSet(CallRecord record)
    {
        IReadOnlyList<Difference> differences = [.. Replay(record, masks: 0, callsBefore: 0)];
        if (differences.Count == 0) return differences;
        // The states of a layer that had been called before are not recorded. Keras's tests call with the same input again.
        bool mayContinue = record.Json.GetProperty("config").TryGetProperty("build_config", out _)
            && record.Json.GetProperty("config").GetRawText().Contains("\"stateful\": true", StringComparison.Ordinal);
        if (mayContinue) return [.. Replay(record, masks: 0, callsBefore: 1)];
        if (differences.All(d => d.Kind != DifferenceKind.Value)) return differences;
        bool isMasked = UnrecordedMasks.Choices(record, Arguments(record, RecordedObjects.Create<Layer>(record, "keras.layers"))).Any(choice => !Replay(record, choice, callsBefore: 0).Any());
        return isMasked ? [] : differences;
    }

    private static IEnumerable<Difference> Replay(CallRecord record, int masks, int callsBefore)
    {
        Layer layer = RecordedObjects.Create<Layer>(record, "keras.layers");
        CallArguments arguments = Arguments(record, layer);
        UnrecordedMasks.Give(arguments, masks);
        layer.EnsureBuilt(CallParameter.Bind(layer, layer.Parameters, arguments));
        JsonElement[] weights = [.. record.Json.GetProperty("weights").EnumerateArray()];
        LayerChanges.Repeat(layer, weights);
        if (weights.Length != layer.Variables.Count) return [new(DifferenceKind.Structure, $"there are {layer.Variables.Count} variables, Keras has {weights.Length}")];
        SetWeights(record, layer);
        for (int i = 0; i < callsBefore; i++) layer.ApplyTo(arguments);
        return Compare(record, layer, arguments);
    }

    private static void SetWeights(CallRecord record, Layer layer)
    {
        foreach ((JsonElement recorded, Variable variable) in record.Json.GetProperty("weights").EnumerateArray().Zip(layer.Variables)) variable.Assign(RecordedTensor.Read(recorded.GetProperty("value")));
    }

    /// <summary>Makes the layer and builds it for the call.</summary>
    public static Layer Build(CallRecord record)
    {
        Layer layer = RecordedObjects.Create<Layer>(record, "keras.layers");
        layer.EnsureBuilt(CallParameter.Bind(layer, layer.Parameters, Arguments(record, layer)));
        return layer;
    }

    /// <summary>Makes the layer and calls it.</summary>
    public static void Call(CallRecord record)
    {
        Layer layer = RecordedObjects.Create<Layer>(record, "keras.layers");
        _ = layer.ApplyTo(Arguments(record, layer));
    }

    private static IEnumerable<Difference> Compare(CallRecord record, Layer layer, CallArguments arguments)
    {
        object? recorded = WithoutNesting(record.Result);
        Tensor[] given = [.. arguments.Tensors];
        Tolerance tolerance = Tolerance.For(record.Target, given, [.. RecordedValue.Tensors(recorded)]);
        foreach (Difference difference in ResultComparison.Compare(recorded, layer.ApplyTo(arguments), record.IsRandom ? null : tolerance)) yield return difference;
        if (record.IsRandom) yield break;
        Tensor[] losses = [.. layer.Losses];
        if (record.Json.TryGetProperty("losses", out JsonElement recordedLosses))
        {
            foreach (Difference difference in ResultComparison.Compare(RecordedValue.Read(recordedLosses), losses, tolerance, "losses")) yield return difference;
        }

        if (record.Json.TryGetProperty("weights_after", out JsonElement after))
        {
            foreach ((JsonElement expected, Variable variable) in after.EnumerateArray().Zip(layer.Variables).Where(p => p.First.GetProperty("path").GetString()?.EndsWith("seed_generator_state", StringComparison.Ordinal) == false))
            {
                foreach (Difference difference in TensorComparison.Compare(RecordedTensor.Read(expected.GetProperty("value")), variable.Value, tolerance, variable.Path)) yield return difference;
            }
        }

        if (record.Pullback is not { } pullback) yield break;
        // A call may change weights; the gradient is that of the recorded one.
        SetWeights(record, layer);
        Tensor[] wrt = [.. given.Where(GradientCall.IsRecorded)];
        IReadOnlyList<Difference> gradients = Gradients();
        if (gradients.Count > 0 && layer is RecurrentLayer { States: not null } stateful)
        {
            // Nor is it recorded which states the gradients were taken at: those after the call, or the first ones.
            stateful.ResetState();
            gradients = Gradients();
        }

        foreach (Difference difference in gradients) yield return difference;

        IReadOnlyList<Difference> Gradients() => GradientCall.Compare(wrt, layer.TrainableVariables, traced =>
        {
            Dictionary<Tensor, Tensor> replacements = new(ReferenceEqualityComparer.Instance);
            foreach ((Tensor old, Tensor replacement) in wrt.Zip(traced)) replacements[old] = KerasMask.Copy(old, replacement);
            return layer.Compute(arguments.Select(t => replacements.GetValueOrDefault(t, t)));
        }, pullback, tolerance);
    }

    /// <summary>A layer's results in one list, or by one name each: Keras nests the states of stacked cells, and what is known of bounding boxes.</summary>
    private static object? WithoutNesting(object? recorded) => recorded switch
    {
        RecordedList list when list.Items.Any(i => i is RecordedList) => list with { Items = [.. RecordedValue.Tensors(list)] },
        IReadOnlyDictionary<string, object?> named => Flat(named),
        _ => recorded,
    };

    /// <summary>Names within names become names with slashes.</summary>
    private static IReadOnlyDictionary<string, object?> Flat(IReadOnlyDictionary<string, object?> named) => named
        .SelectMany(p => p.Value is IReadOnlyDictionary<string, object?> inner ? Flat(inner).Select(i => KeyValuePair.Create($"{p.Key}/{i.Key}", i.Value)) : [p])
        .ToDictionary(p => p.Key, p => p.Value);

    private static CallArguments Arguments(CallRecord record, Layer layer) => new(
        [.. record.Args.Select(Argument)],
        [.. record.Kwargs.Select(a => KeyValuePair.Create(a.Key, Argument(a.Value) is long number && layer.Parameters.Any(p => p.IsFlag && p.Name == a.Key) ? number != 0 : Argument(a.Value)))]);

    private static object? Argument(object? value) => value switch
    {
        RecordedList list when list.Items.Count > 0 && list.Items.All(i => i is Tensor or null) => Tensors.Create([.. list.Items.Cast<Tensor>()]),
        IReadOnlyDictionary<string, object?> named when Flat(named) is { } flat && flat.Values.All(v => v is Tensor) => flat.ToDictionary(p => p.Key, p => (Tensor)p.Value!) is { } tensors ? (Tensors)tensors : null,
        RecordedList list => list.Items.Select(Argument).ToArray(),
        _ => value,
    };
}
