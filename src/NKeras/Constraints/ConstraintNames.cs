using NKeras.Core;

namespace NKeras.Constraints;

/// <summary>The constraints that have a name.</summary>
internal static class ConstraintNames
{
    private static readonly NameTable<Constraint> s_table = new NameTable<Constraint>("constraint")
        .Add(() => new Constraint(), "constraint", "Constraint")
        .Add(() => new MaxNorm(), "max_norm", "MaxNorm")
        .Add(() => new MinMaxNorm(), "min_max_norm", "MinMaxNorm")
        .Add(() => new NonNeg(), "non_neg", "NonNeg")
        .Add(() => new UnitNorm(), "unit_norm", "UnitNorm");

    public static Constraint Get(string name) => s_table.Get(name);
}
