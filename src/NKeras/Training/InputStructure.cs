namespace NKeras.Training;

/// <summary>How the inputs of a batch are handed to a model: as one tensor, a list, or by name; and which optional ones are left out.</summary>
/// <param name="IsSingle">Whether it is one tensor rather than a list.</param>
/// <param name="Names">The names, or null for a list.</param>
/// <param name="Present">Which inputs are there.</param>
internal sealed record InputStructure(bool IsSingle, IReadOnlyList<string>? Names, IReadOnlyList<bool> Present)
{
    /// <summary>The structure of a model's data.</summary>
    public static InputStructure Of(Tensors tensors) => new(tensors.IsSingle, tensors.Names is { } names ? [.. names] : null, [.. tensors.Select(t => t is not null)]);

    /// <summary>The tensors that are there, in the structure.</summary>
    public Tensors Pack(IReadOnlyList<Tensor> present)
    {
        if (IsSingle) return present[0];
        int next = 0;
        Tensor[] all = [.. Present.Select(there => there ? present[next++] : null!)];
        return Names == null ? Tensors.Create(all) : Tensors.Named(Names.Select((n, i) => KeyValuePair.Create(n, all[i])));
    }

    /// <summary>Whether there is data for the input at a place in Keras's order: by name if the inputs have names.</summary>
    public bool Flat(int place) => Present[Names == null ? place : Names.ToList().IndexOf(Names.Order(StringComparer.Ordinal).ElementAt(place))];

    public bool Equals(InputStructure? other) => other != null && IsSingle == other.IsSingle && Present.SequenceEqual(other.Present)
        && (Names == null ? other.Names == null : other.Names != null && Names.SequenceEqual(other.Names));

    public override int GetHashCode() => HashCode.Combine(IsSingle, Present.Count, Names?.Count);
}
