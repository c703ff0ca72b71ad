namespace NKeras.Quantizers;

/// <summary>A quantizer, none (null), or, unless anything is given, the one that is usual: what Keras takes as "quantizer, None or 'default'".</summary>
// Keras: None and nothing differ; a parameter of a class's type in C# cannot tell them apart.
public readonly struct QuantizerOrDefault
{
    private readonly bool _isGiven;
    private readonly Quantizer? _quantizer;

    private QuantizerOrDefault(Quantizer? quantizer) => (_isGiven, _quantizer) = (true, quantizer);

    /// <summary>A quantizer, or none for null.</summary>
    public static implicit operator QuantizerOrDefault(Quantizer? quantizer) => new(quantizer);

    /// <summary>What was given, or the usual one.</summary>
    internal Quantizer? Or(Quantizer? usual) => _isGiven ? _quantizer : usual;
}
