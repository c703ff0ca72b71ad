namespace NKeras.Trees;

/// <summary>What structures of one kind have in common: they can stand for each other.</summary>
internal enum TreeKind
{
    /// <summary>Arrays of one dimension and lists.</summary>
    List,

    /// <summary>Tuples.</summary>
    Tuple,

    /// <summary>Values by key.</summary>
    Dictionary,
}
