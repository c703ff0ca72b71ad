using System.Text.Json.Nodes;
using NKeras.Optimizers;
using NKeras.Saving;
using NKeras.Saving.Older;

namespace NKeras;

public partial class Model
{
    /// <summary>What the model was compiled with, by Keras's names; empty if it is not compiled.</summary>
    public JsonObject GetCompileConfig() => _compilation == null ? [] : new JsonObject
    {
        ["optimizer"] = KerasSerializer.Serialize(_compilation.GivenOptimizer),
        ["loss"] = _compilation.Arguments.Losses?.ToConfig(),
        ["loss_weights"] = _compilation.Arguments.LossWeights?.ToConfig(),
        ["metrics"] = _compilation.Arguments.Metrics?.ToConfig(),
        ["weighted_metrics"] = _compilation.Arguments.WeightedMetrics?.ToConfig(),
        ["run_eagerly"] = _compilation.Arguments.RunEagerly,
        ["steps_per_execution"] = _compilation.Arguments.StepsPerExecution,
        ["jit_compile"] = false,
    };

    /// <summary>Compiles the model as another was (<c>Model.compile_from_config</c>).</summary>
    /// <param name="config">What <see cref="GetCompileConfig"/> gave, or Keras wrote.</param>
    /// <exception cref="ArgumentException">It is not valid, or names a class that is neither Keras's nor registered.</exception>
    public void CompileFromConfig(JsonObject config)
    {
        ArgumentNullException.ThrowIfNull(config);
        BadConfig.Within($"Model '{Name}' cannot be compiled as its configuration says", () => Reading.Run<object?>(() =>
        {
            Reading.Check(config);
            config = OlderTraining.Renewed(config);
            Compile(
                ConfigReader.Read<Optimizer>(config["optimizer"]),
                LossesByOutput.FromConfig(config["loss"]),
                LossWeightsByOutput.FromConfig(config["loss_weights"]),
                MetricsByOutput.FromConfig(config["metrics"]),
                MetricsByOutput.FromConfig(config["weighted_metrics"]),
                ConfigReader.Read<bool?>(config["run_eagerly"]) ?? false,
                ConfigReader.Read<int?>(config["steps_per_execution"]) ?? 1);
            return null;
        }));
    }
}
