using NKeras.Core;

namespace NKeras.Initializers;

/// <summary>An initializer that draws random numbers.</summary>
/// <remarks>
/// Every call of one initializer gives the same numbers for the same shape: a call does not move a state on. Only that of a
/// <see cref="SeedGenerator"/> given as the seed does.
/// </remarks>
public abstract class RandomInitializer : Initializer
{
    /// <summary>Keeps the seed.</summary>
    /// <param name="seed">The seed, or a generator; from the program's global sequence if omitted (see <see cref="Utils.SetRandomSeed"/>).</param>
    protected RandomInitializer(RandomSeed? seed)
    {
        Seed = seed;
        Source = seed ?? GlobalSeed.Next();
    }

    /// <summary>The seed that was given; null if none was.</summary>
    public RandomSeed? Seed { get; }

    /// <summary>Where a call's numbers come from.</summary>
    private protected RandomSeed Source { get; private set; }

    /// <summary>An initializer like another, which draws other numbers unless a seed was given: for one that serves several weights.</summary>
    internal static Initializer Anew(Initializer initializer)
    {
        if (initializer is not RandomInitializer { Seed: null } random) return initializer;
        RandomInitializer copy = (RandomInitializer)random.MemberwiseClone();
        copy.Source = GlobalSeed.Next();
        return copy;
    }
}
