namespace NKeras.Engine.Tests.Primitives;

/// <summary>How the elements of a test tensor are drawn.</summary>
internal enum Fill
{
    /// <summary>Moderate numbers of either sign; booleans at random.</summary>
    Plain,

    /// <summary>Everything a type can hold: NaN, infinities, both zeros, the extremes, halves, random bits of integers.</summary>
    Special,

    /// <summary>Moderate numbers with some NaN, infinities and negative zeros, for kernels that add up.</summary>
    NonFinite,

    /// <summary>Numbers between two bounds.</summary>
    Range,

    /// <summary>Numbers that all differ by a tenth or more, in random order: no ties, no kinks nearby.</summary>
    Distinct,
}
