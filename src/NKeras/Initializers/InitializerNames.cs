using NKeras.Core;

namespace NKeras.Initializers;

/// <summary>The initializers that have a name.</summary>
internal static class InitializerNames
{
    private static readonly NameTable<Initializer> s_table = new NameTable<Initializer>("initializer")
        .Add(() => new Zeros(), "zeros", "Zeros")
        .Add(() => new Ones(), "ones", "Ones")
        .Add(() => new GlorotUniform(), "glorot_uniform", "GlorotUniform", "xavier_uniform");

    public static Initializer Get(string name) => s_table.Get(name);
}
