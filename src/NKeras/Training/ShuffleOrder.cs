using NKeras.Core;

namespace NKeras.Training;

/// <summary>
/// In which order a model's <c>Fit</c> takes data that is to be shuffled: a seed, and how many passes over the data it has begun. An order depends on these
/// two only, so that training in several calls of <c>Fit</c>, or after loading, meets the data as training in one call does.
/// </summary>
internal sealed class ShuffleOrder
{
    private int? _generation;

    /// <summary>The seed; 0 before it is needed.</summary>
    public int Seed { get; private set; }

    /// <summary>How many passes were begun.</summary>
    public int Passes { get; private set; }

    /// <summary>Whether there is something to remember.</summary>
    public bool IsUsed => _generation == GlobalSeed.Generation;

    /// <summary>Begins a call of <c>Fit</c>: the first one, and the first after <see cref="Utils.SetRandomSeed"/>, draws a seed.</summary>
    /// <returns>The number of its first pass.</returns>
    public int Begin()
    {
        if (!IsUsed) Set(GlobalSeed.Next(), 0);
        return Passes;
    }

    /// <summary>Goes on from elsewhere.</summary>
    public void Set(int seed, int passes) => (_generation, Seed, Passes) = (GlobalSeed.Generation, seed, passes);

    /// <summary>Begins a pass.</summary>
    public void Begin(int pass) => Passes = pass + 1;

    /// <summary>Begins a pass.</summary>
    /// <param name="places">Gets the numbers from <paramref name="first"/> on, in the order of the pass.</param>
    /// <param name="first">The least number.</param>
    /// <param name="pass">The pass.</param>
    public void Fill(Span<int> places, int first, int pass)
    {
        Begin(pass);
        for (int i = 0; i < places.Length; i++) places[i] = first + i;
        Shuffling.Shuffle(places, Seed, pass);
    }
}
