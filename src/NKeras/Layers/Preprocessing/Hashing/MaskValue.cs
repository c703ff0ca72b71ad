using System.Globalization;

namespace NKeras.Layers;

/// <summary>What stands for a missing value among categories: a text or a number, from which it converts.</summary>
public readonly record struct MaskValue
{
    private MaskValue(object value) => Value = value;

    /// <summary>A text.</summary>
    public static implicit operator MaskValue(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(text);
    }

    /// <summary>A whole number.</summary>
    public static implicit operator MaskValue(long number) => new(number);

    /// <summary>A number.</summary>
    public static implicit operator MaskValue(double number) => new(number);

    /// <summary>The text; null for a number.</summary>
    public string? Text => Value as string;

    /// <summary>The number; null for a text.</summary>
    public double? Number => Value switch { long whole => whole, double number => number, _ => null };

    /// <summary>What it was made from: a text, a whole number or a number.</summary>
    internal object? Value { get; }

    /// <summary>The text, or the number's digits.</summary>
    public override string ToString() => Convert.ToString(Value, CultureInfo.InvariantCulture) ?? "";
}
