using NKeras.Optimizers;

namespace NKeras.Callbacks;

/// <summary>The learning rates of a model.</summary>
internal static class LearningRates
{
    /// <summary>The optimizers that have one, each with what a message puts before "learning rate", and the name that it has in logs.</summary>
    public static IEnumerable<(Optimizer Optimizer, string Prefix, string LogName)> Of(Model model)
    {
        Optimizer optimizer = model.Optimizer is LossScaleOptimizer scaling ? scaling.InnerOptimizer : model.Optimizer;
        return optimizer is MultiOptimizer several
            ? several.Optimizers.Select(o => (o, $"{o.Name} ", $"learning_rate_{o.Name}"))
            : [(optimizer, "", "learning_rate")];
    }

    /// <summary>Adds them to an epoch's scores.</summary>
    public static void Log(Model model, IDictionary<string, double>? logs)
    {
        if (logs == null) return;
        foreach ((Optimizer optimizer, _, string name) in Of(model)) logs[name] = optimizer.LearningRate;
    }
}
