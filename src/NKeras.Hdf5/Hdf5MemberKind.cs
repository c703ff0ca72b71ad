namespace NKeras.Hdf5;

/// <summary>What a name in a group leads to.</summary>
public enum Hdf5MemberKind
{
    /// <summary>A group.</summary>
    Group,

    /// <summary>A dataset.</summary>
    Dataset,

    /// <summary>A type with a name of its own, which datasets and attributes refer to. It can be listed only.</summary>
    NamedType,

    /// <summary>A path in the same file that is looked up when it is used. It is refused.</summary>
    SoftLink,

    /// <summary>A path in another file. It is refused.</summary>
    ExternalLink,

    /// <summary>A link of a kind that only the program that made it knows. It is refused.</summary>
    OtherLink,
}
