namespace NKeras.Tests;

/// <summary>Tests that look at automatic names or set the global seed: they run one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NamesCollection
{
    public const string Name = "names and seeds";
}
