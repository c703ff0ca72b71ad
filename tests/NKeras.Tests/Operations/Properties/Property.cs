using FsCheck;

namespace NKeras.Tests.Operations.Properties;

/// <summary>Runs properties on random cases; the same ones every time.</summary>
internal static class Property
{
    /// <summary>Checks something for random cases, and reports the smallest case that fails.</summary>
    /// <param name="make">Makes a case.</param>
    /// <param name="check">Throws if the case fails.</param>
    /// <param name="smaller">Smaller cases than one; none if omitted.</param>
    /// <param name="count">The number of cases.</param>
    public static void Holds<T>(Func<System.Random, T> make, Action<T> check, Func<T, IEnumerable<T>>? smaller = null, int count = 300)
    {
        Gen<T> cases = Gen.Choose(0, int.MaxValue).Select(seed => make(new System.Random(seed)));
        Configuration configuration = Configuration.QuickThrowOnFailure;
        configuration.MaxNbOfTest = count;
        configuration.Replay = FsCheck.Random.StdGen.NewStdGen(2026, 11);
        Prop.ForAll(Arb.From(cases, smaller ?? (_ => [])), check).Check(configuration);
    }
}
