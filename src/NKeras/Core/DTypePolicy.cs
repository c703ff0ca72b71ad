namespace NKeras;

/// <summary>Which type a layer computes in and which its variables have (<c>keras.DTypePolicy</c>).</summary>
/// <remarks><c>"float32"</c> names one type for both; <c>"mixed_bfloat16"</c> and <c>"mixed_float16"</c> keep variables in float32.</remarks>
public sealed class DTypePolicy
{
    /// <summary>Creates a policy from its name.</summary>
    /// <exception cref="ArgumentException">There is no such policy.</exception>
    public DTypePolicy(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        const string Mixed = "mixed_";
        if (name.StartsWith(Mixed, StringComparison.Ordinal) && name is "mixed_bfloat16" or "mixed_float16")
        {
            ComputeDType = DType.Parse(name[Mixed.Length..]);
            VariableDType = DType.Float32;
        }
        else if (name.StartsWith("mixed", StringComparison.Ordinal))
        {
            throw new ArgumentException($"Unknown dtype policy '{name}'. {Suggestion.For(name, ["mixed_bfloat16", "mixed_float16"])}", nameof(name));
        }
        else
        {
            ComputeDType = VariableDType = DType.Parse(name);
        }
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The type of inputs and results.</summary>
    public DType ComputeDType { get; }

    /// <summary>The type of the variables.</summary>
    public DType VariableDType { get; }

    /// <summary>A policy from its name.</summary>
    public static implicit operator DTypePolicy(string name) => new(name);

    /// <summary>The policy that uses one type for everything.</summary>
    public static implicit operator DTypePolicy(DType dtype) => new(dtype.Name);

    /// <summary>The name, as Keras prints it.</summary>
    public override string ToString() => $"<DTypePolicy \"{Name}\">";
}
