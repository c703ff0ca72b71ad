namespace NKeras;

/// <summary>The families of element types, in the order in which promotion climbs them.</summary>
public enum DTypeKind
{
    /// <summary>True or false.</summary>
    Bool,

    /// <summary>Integers from zero up.</summary>
    Unsigned,

    /// <summary>Integers of either sign.</summary>
    Signed,

    /// <summary>Floating-point numbers.</summary>
    Floating,

    /// <summary>Complex numbers.</summary>
    Complex,

    /// <summary>Strings; no numbers, and outside promotion.</summary>
    Text,
}
