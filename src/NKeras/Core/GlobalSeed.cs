namespace NKeras.Core;

/// <summary>Where seeds come from that the user did not give.</summary>
internal static class GlobalSeed
{
    private static readonly Lock s_gate = new();
    private static System.Random s_random = new();
    private static int s_generatorSeed = s_random.Next();
    private static SeedGenerator? s_generator;

    /// <summary>How often a sequence was started: what drew from the last one draws anew.</summary>
    public static int Generation { get; private set; }

    /// <summary>What functions draw from that are given no seed; null while nothing has.</summary>
    public static SeedGenerator? GeneratorOrNull
    {
        get
        {
            lock (s_gate) return s_generator;
        }
    }

    /// <summary>What functions draw from that are given no seed.</summary>
    public static SeedGenerator Generator
    {
        get
        {
            lock (s_gate) return s_generator ??= new SeedGenerator(s_generatorSeed);
        }
    }

    /// <summary>Starts a reproducible sequence.</summary>
    public static void Set(int seed)
    {
        lock (s_gate)
        {
            Generation++;
            s_random = new System.Random(seed);
            // Drawn whether or not there is a generator yet, so that what follows is the same. It goes on: compiled functions hold it.
            s_generatorSeed = s_random.Next();
            s_generator?.Restart(s_generatorSeed);
        }
    }

    /// <summary>The next seed.</summary>
    public static int Next()
    {
        lock (s_gate) return s_random.Next();
    }
}
