namespace NKeras.Tests;

/// <summary>Tests that set the program's seed or its number of threads: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class GlobalState
{
    public const string Name = "global state";
}
