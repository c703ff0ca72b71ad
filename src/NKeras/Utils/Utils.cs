using NKeras.Core;

namespace NKeras;

/// <summary>Keras's helper functions (<c>keras.utils</c>).</summary>
public static partial class Utils
{
    /// <summary>Makes everything random that follows reproducible: initial weights, dropout, shuffling (<c>keras.utils.set_random_seed</c>).</summary>
    public static void SetRandomSeed(int seed) => GlobalSeed.Set(seed);

    /// <summary>Starts automatic names anew: the next Dense is <c>dense</c> again (<c>keras.utils.clear_session</c>).</summary>
    public static void ClearSession() => Naming.Reset();
}
