namespace NKeras.Conformance.Coverage;

/// <summary>Whether NKeras has a name of Keras's.</summary>
internal enum CoverageStatus
{
    /// <summary>It has, with the same parameters and defaults.</summary>
    Present,

    /// <summary>It has, but parameters or defaults differ.</summary>
    Different,

    /// <summary>It has not.</summary>
    Missing,
}
