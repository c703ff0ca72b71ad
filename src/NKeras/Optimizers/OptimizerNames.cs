using NKeras.Core;

namespace NKeras.Optimizers;

/// <summary>The optimizers that have a name.</summary>
internal static class OptimizerNames
{
    private static readonly NameTable<Optimizer> s_table = new NameTable<Optimizer>("optimizer")
        .Add(() => new SGD(), "sgd")
        .Add(() => new RMSprop(), "rmsprop")
        .Add(() => new Adam(), "adam")
        .Add(() => new AdamW(), "adamw")
        .Add(() => new Adadelta(), "adadelta")
        .Add(() => new Adafactor(), "adafactor")
        .Add(() => new Adagrad(), "adagrad")
        .Add(() => new Adamax(), "adamax")
        .Add(() => new Ftrl(), "ftrl")
        .Add(() => new Lamb(), "lamb")
        .Add(() => new Lion(), "lion")
        .Add(() => new Muon(), "muon")
        .Add(() => new Nadam(), "nadam")
        .Add(() => new ScheduleFreeAdamW(), "schedulefreeadamw");

    /// <summary>The optimizer with a name; as in Keras, upper and lower case are the same.</summary>
    public static Optimizer Get(string name) => s_table.Get(name?.ToLowerInvariant()!);
}
