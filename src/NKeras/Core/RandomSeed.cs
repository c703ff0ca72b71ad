using System.Diagnostics.CodeAnalysis;
using NKeras.Core;
using NKeras.Engine.Graphs;

namespace NKeras;

/// <summary>
/// What functions of <see cref="RandomOps"/> take as their seed: a number, with which every call gives the same, or a
/// <see cref="SeedGenerator"/>, which moves on with every call.
/// </summary>
public sealed class RandomSeed
{
    private readonly SeedGenerator? _generator;
    private readonly int _number;

    private RandomSeed(SeedGenerator? generator, int number) => (_generator, _number) = (generator, number);

    /// <summary>The same numbers at every call.</summary>
    public static implicit operator RandomSeed(int seed) => new(null, seed);

    /// <summary>Other numbers at every call.</summary>
    [return: NotNullIfNotNull(nameof(generator))]
    public static implicit operator RandomSeed?(SeedGenerator? generator) => generator is null ? null : new(generator, 0);

    /// <summary>The generator; null for a number.</summary>
    internal SeedGenerator? Generator => _generator;

    /// <summary>The number, or that with which the generator begins.</summary>
    internal int Number => _generator?.Seed ?? _number;

    /// <summary>The generator's name and seed, or the number.</summary>
    public override string ToString() => _generator?.ToString() ?? _number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The key for one draw of a tensor.</summary>
    /// <param name="seed">The seed; null for the program's global sequence.</param>
    /// <param name="function">The function that draws.</param>
    /// <param name="shape">The tensor's shape.</param>
    /// <exception cref="ArgumentException">A dimension is unknown, and no shapes are being inferred.</exception>
    internal static Tensor Draw(RandomSeed? seed, string function, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (!shape.IsKnown && Trace.Current == null)
            throw new ArgumentException($"{function}: random numbers of shape {shape} cannot be drawn while a dimension is unknown.", nameof(shape));
        if (seed == null) return GlobalSeed.Generator.Next();
        return seed._generator?.Next() ?? SeedGenerator.KeyOf(seed._number);
    }
}
