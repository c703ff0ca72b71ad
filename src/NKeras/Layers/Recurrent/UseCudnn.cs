namespace NKeras.Layers;

/// <summary>What Keras takes as "<c>"auto"</c>, True or False" for the use of cuDNN: converts from the string and from booleans.</summary>
public readonly record struct UseCudnn
{
    private UseCudnn(bool? value) => Value = value;

    /// <summary>Whether it is demanded or forbidden; null for <c>"auto"</c>.</summary>
    internal bool? Value { get; }

    /// <summary>Demanded, or forbidden.</summary>
    public static implicit operator UseCudnn(bool use) => new(use);

    /// <summary>Where it can be used.</summary>
    /// <exception cref="ArgumentException">It is another string than <c>"auto"</c>.</exception>
    public static implicit operator UseCudnn(string use) => use == "auto"
        ? new((bool?)null)
        : throw new ArgumentException($"useCudnn is \"auto\", true or false; received '{use}'.", nameof(use));

    /// <summary>Checks that a call does not demand it.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    internal void Check(Layer layer)
    {
        if (Value == true) throw new ArgumentException($"Layer '{layer.Name}' was made with useCudnn: true, but there is no cuDNN here. Leave it at \"auto\".");
    }

    /// <summary>As Keras writes it.</summary>
    public override string ToString() => Value?.ToString() ?? "auto";
}
