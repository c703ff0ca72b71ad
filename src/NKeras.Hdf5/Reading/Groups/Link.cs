namespace NKeras.Hdf5.Reading;

/// <summary>The kinds of links.</summary>
internal enum LinkKind
{
    Hard,
    Soft,
    External,
    Other,
}

/// <summary>A member's name in a group, and what it leads to.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">What it leads to.</param>
/// <param name="Address">The address of the object's header, of a hard link.</param>
/// <param name="Target">What the file says about where a link of another kind leads.</param>
/// <param name="Order">When it was made, where that is kept.</param>
internal sealed record Link(string Name, LinkKind Kind, long Address, string Target, long Order)
{
    /// <summary>What is said about a link that is not followed.</summary>
    public string Description => Kind switch
    {
        LinkKind.Soft => $"a soft link to '{Target}'",
        LinkKind.External => $"an external link to {Target}",
        _ => "a link of a kind that only other programs know",
    };
}
