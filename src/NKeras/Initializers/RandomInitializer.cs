using NKeras.Core;

namespace NKeras.Initializers;

/// <summary>An initializer that draws random numbers.</summary>
/// <remarks>Every call of one initializer gives the same numbers for the same shape: a call does not move a state on.</remarks>
public abstract class RandomInitializer : Initializer
{
    private int _drawnSeed;

    /// <summary>Keeps the seed.</summary>
    /// <param name="seed">The seed; from the program's global sequence if omitted (see <see cref="Utils.SetRandomSeed"/>).</param>
    protected RandomInitializer(int? seed)
    {
        Seed = seed;
        _drawnSeed = seed ?? GlobalSeed.Next();
    }

    /// <summary>The seed that was given; null if none was.</summary>
    public int? Seed { get; }

    /// <summary>An initializer like another, which draws other numbers unless a seed was given: for one that serves several weights.</summary>
    internal static Initializer Anew(Initializer initializer)
    {
        if (initializer is not RandomInitializer { Seed: null } random) return initializer;
        RandomInitializer copy = (RandomInitializer)random.MemberwiseClone();
        copy._drawnSeed = GlobalSeed.Next();
        return copy;
    }

    /// <summary>A fresh generator for one call. It has a name of its own choice, so that it uses up no automatic one.</summary>
    private protected SeedGenerator NewGenerator() => new(_drawnSeed, name: "initializer");
}
