using NKeras.Core;

namespace NKeras.Regularizers;

/// <summary>The regularizers that have a name.</summary>
internal static class RegularizerNames
{
    private static readonly NameTable<Regularizer> s_table = new NameTable<Regularizer>("regularizer")
        .Add(() => new L1(), "l1", "L1")
        .Add(() => new L2(), "l2", "L2")
        .Add(() => new L1L2(), "l1_l2", "l1l2", "L1L2")
        .Add(() => new OrthogonalRegularizer(), "orthogonal_regularizer", "OrthogonalRegularizer");

    public static Regularizer Get(string name) => s_table.Get(name);
}
