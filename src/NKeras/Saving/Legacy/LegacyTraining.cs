using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Hdf5;

namespace NKeras.Saving.Legacy;

/// <summary>Compiles a model as a legacy file says, and gives its optimizer the state that it had.</summary>
internal static class LegacyTraining
{
    private static readonly string[] s_keys = ["loss", "loss_weights", "metrics", "weighted_metrics", "run_eagerly", "steps_per_execution"];

    /// <summary>Compiles the model. What cannot be done is warned of, since the model is whole without it.</summary>
    // Keras: fails where a loss or a metric is unknown; the model can then be loaded with compile=False only.
    public static void Restore(Model model, string trainingConfig, Hdf5File file)
    {
        try
        {
            JsonObject training = LegacyJson.Read(trainingConfig);
            JsonObject config = new() { ["optimizer"] = training["optimizer_config"]?.DeepClone() ?? training["optimizer"]?.DeepClone() };
            foreach (string key in s_keys) config[key] = training[key]?.DeepClone();
            model.CompileFromConfig(config);
        }
        catch (ArgumentException e)
        {
            Warnings.Write($"Model '{model.Name}' is loaded, but not compiled: {e.Message}");
            return;
        }

        if (model.OptimizerOrNull is not { } optimizer || !file.Root.TryGet("optimizer_weights", out Hdf5Object? weights) || weights is not Hdf5Group group) return;
        try
        {
            LegacyOptimizer.Restore(optimizer, model.TrainableVariables, group);
        }
        catch (ArgumentException e)
        {
            Warnings.Write($"The state of optimizer '{optimizer.Name}' is not loaded: {e.Message} It starts afresh.");
        }
    }
}
