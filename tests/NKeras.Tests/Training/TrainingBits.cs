using NKeras.Engine;
using NKeras.Layers;

namespace NKeras.Tests.Training;

/// <summary>All state of a model's training as bytes, so that two runs can be compared bit for bit.</summary>
internal static class TrainingBits
{
    /// <summary>Weights, optimizer, random generators, what stateful layers carry.</summary>
    public static byte[] Of(Model model) => Of([.. model.Variables, .. Carried(model), .. model.Optimizer.Variables]);

    /// <summary>Weights and optimizer.</summary>
    public static byte[] WithoutRandom(Model model) => Of([.. model.Weights, .. model.Optimizer.Variables]);

    private static IEnumerable<Variable> Carried(Model model) => model.AllSubLayers.OfType<RecurrentLayer>().SelectMany(l => l.States ?? []);

    private static byte[] Of(Variable[] variables) => [.. variables.SelectMany(v => ((HostStorage)v.Value.Data).Bytes.ToArray())];
}
