namespace NKeras.Layers;

/// <summary>What layers have in common that disturb their input at random in training, and otherwise pass it on.</summary>
public abstract class BaseNoise : Layer
{
    private readonly SeedGenerator? _seedGenerator;
    private readonly double _amount;

    private protected BaseNoise(double amount, int? seed, string? name, bool trainable, DTypePolicy? dtype, string argument)
        : base(name, trainable, dtype)
    {
        if (!(amount is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(argument, $"Layer '{Name}': {argument} is a number between 0 and 1; received {amount}.");
        (_amount, Seed) = (amount, seed);
        if (amount > 0) _seedGenerator = AddSeedGenerator(seed);
        SupportsMasking = true;
        Built = true;
    }

    /// <summary>The seed that was given; null if none was.</summary>
    public int? Seed { get; }

    /// <inheritdoc/>
    public sealed override Tensor Call(Tensor inputs, bool training = false) => training && _seedGenerator != null ? Disturb(inputs, _seedGenerator) : inputs;

    /// <summary>The input with noise. The amount of it is greater than 0.</summary>
    private protected abstract Tensor Disturb(Tensor inputs, SeedGenerator seed);

    /// <summary>Refuses a rate at which nothing would be left to scale up.</summary>
    // Keras: fails with a division by zero.
    private protected void RefuseAll()
    {
        if (_amount == 1) throw new InvalidOperationException($"Layer '{Name}': with a rate of 1 nothing of the input is left. Use a lower rate.");
    }

    /// <summary>A shape of noise with the input's dimensions where null is given.</summary>
    private protected Shape NoiseShapeFor(Tensor inputs, Shape? noiseShape)
    {
        if (noiseShape is null) return inputs.Shape;
        bool fits = noiseShape.Rank == inputs.Rank && noiseShape.Zip(inputs.Shape).All(p => p.First is null or 1 || p.Second is null || p.First == p.Second);
        return fits
            ? Shape.Create([.. noiseShape.Zip(inputs.Shape, (noise, given) => noise ?? given)])
            : throw new ArgumentException($"Layer '{Name}': noiseShape {noiseShape} does not broadcast to an input of shape {inputs.Shape}.", nameof(inputs));
    }

    /// <summary>A shape of noise, whose dimensions are positive or null.</summary>
    private protected Shape? CheckNoiseShape(Shape? noiseShape) => noiseShape == null || noiseShape.All(d => d is null or > 0)
        ? noiseShape
        : throw new ArgumentException($"Layer '{Name}': each dimension of noiseShape is positive, or null for the input's; received {noiseShape}.", nameof(noiseShape));
}
