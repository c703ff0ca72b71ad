using NKeras.Core;

namespace NKeras.Optimizers;

/// <summary>The optimizers that have a name.</summary>
internal static class OptimizerNames
{
    private static readonly NameTable<Optimizer> s_table = new NameTable<Optimizer>("optimizer")
        .Add(() => new SGD(), "sgd", "SGD")
        .Add(() => new RMSprop(), "rmsprop", "RMSprop")
        .Add(() => new Adam(), "adam", "Adam");

    public static Optimizer Get(string name) => s_table.Get(name);
}
