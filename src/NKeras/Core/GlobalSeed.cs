namespace NKeras.Core;

/// <summary>Where seeds come from that the user did not give.</summary>
internal static class GlobalSeed
{
    private static readonly Lock s_gate = new();
    private static System.Random s_random = new();

    /// <summary>Starts a reproducible sequence.</summary>
    public static void Set(int seed)
    {
        lock (s_gate) s_random = new System.Random(seed);
    }

    /// <summary>The next seed.</summary>
    public static int Next()
    {
        lock (s_gate) return s_random.Next();
    }
}
