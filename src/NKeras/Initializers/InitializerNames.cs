using NKeras.Core;

namespace NKeras.Initializers;

/// <summary>The initializers that have a name.</summary>
internal static class InitializerNames
{
    private static readonly NameTable<Initializer> s_table = new NameTable<Initializer>("initializer")
        .Add(() => new Zeros(), "zeros", "Zeros", "zero")
        .Add(() => new Ones(), "ones", "Ones", "one")
        .Add(() => new Constant(), "constant", "Constant")
        .Add(() => new Identity(), "identity", "Identity", "IdentityInitializer")
        .Add(() => new RandomNormal(), "random_normal", "RandomNormal", "normal")
        .Add(() => new RandomUniform(), "random_uniform", "RandomUniform", "uniform")
        .Add(() => new TruncatedNormal(), "truncated_normal", "TruncatedNormal")
        .Add(() => new VarianceScaling(), "variance_scaling", "VarianceScaling")
        .Add(() => new GlorotUniform(), "glorot_uniform", "GlorotUniform")
        .Add(() => new GlorotNormal(), "glorot_normal", "GlorotNormal")
        .Add(() => new HeUniform(), "he_uniform", "HeUniform")
        .Add(() => new HeNormal(), "he_normal", "HeNormal")
        .Add(() => new LecunUniform(), "lecun_uniform", "LecunUniform")
        .Add(() => new LecunNormal(), "lecun_normal", "LecunNormal")
        .Add(() => new Orthogonal(), "orthogonal", "Orthogonal", "OrthogonalInitializer")
        .Add(() => new STFT(), "stft", "STFT", "STFTInitializer");

    public static Initializer Get(string name) => s_table.Get(name);
}
