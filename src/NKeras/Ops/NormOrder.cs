using System.Globalization;

namespace NKeras;

/// <summary>What <see cref="Ops.Norm"/> takes as <c>ord</c>: a number, which may be infinite, or <c>"fro"</c> or <c>"nuc"</c>.</summary>
public sealed class NormOrder
{
    private NormOrder(double? number, string? name) => (Number, Name) = (number, name);

    /// <summary>The number; null for a name.</summary>
    internal double? Number { get; }

    /// <summary>The name; null for a number.</summary>
    internal string? Name { get; }

    /// <summary>An order that is a number.</summary>
    public static implicit operator NormOrder(double number) => new(number, null);

    /// <summary>An order that is a whole number.</summary>
    public static implicit operator NormOrder(int number) => new(number, null);

    /// <summary>The Frobenius (<c>"fro"</c>) or nuclear (<c>"nuc"</c>) norm of matrices.</summary>
    /// <exception cref="ArgumentException">It is another name.</exception>
    public static implicit operator NormOrder(string name) => name is "fro" or "nuc"
        ? new(null, name)
        : throw new ArgumentException($"Norm: an order given by name is \"fro\" or \"nuc\", not \"{name}\".", nameof(name));

    /// <summary>As it was given.</summary>
    public override string ToString() => Name ?? Number!.Value.ToString(CultureInfo.InvariantCulture);
}
