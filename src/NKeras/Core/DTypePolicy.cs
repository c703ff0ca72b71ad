using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras;

/// <summary>Which type a layer computes in and which its variables have (<c>keras.DTypePolicy</c>). A name converts implicitly, that of a quantized policy too.</summary>
/// <remarks><c>"float32"</c> names one type for both; <c>"mixed_bfloat16"</c> and <c>"mixed_float16"</c> keep variables in float32.</remarks>
/// <example><code>
/// Config.SetDTypePolicy("mixed_bfloat16");
/// Dense dense = new(10);                      // computes in bfloat16, keeps its weights in float32
/// Dense last = new(10, dtype: "float32");     // computes in float32 whatever the others do
/// </code></example>
public class DTypePolicy : IConfigurable, IEquatable<DTypePolicy>
{
    /// <summary>Creates a policy from its name.</summary>
    /// <param name="name">The name of a type, <c>"mixed_bfloat16"</c> or <c>"mixed_float16"</c>; that of the global policy if omitted.</param>
    /// <exception cref="ArgumentException">There is no such policy.</exception>
    public DTypePolicy(string? name = null)
        : this(name ?? Config.DTypePolicy().SourceName, null)
    {
    }

    /// <summary>Creates a policy with a name of its own.</summary>
    /// <param name="source">The name of the types.</param>
    /// <param name="name">The policy's name; that of the types if omitted.</param>
    private protected DTypePolicy(string source, string? name)
    {
        (SourceName, Name) = (source, name ?? source);
        const string Mixed = "mixed_";
        if (source is "mixed_bfloat16" or "mixed_float16")
        {
            ComputeDType = DType.Parse(source[Mixed.Length..]);
            VariableDType = DType.Float32;
        }
        else if (source.StartsWith("mixed", StringComparison.Ordinal))
        {
            throw new ArgumentException($"Unknown dtype policy '{source}'. {Suggestion.For(source, ["mixed_bfloat16", "mixed_float16"])}", nameof(name));
        }
        else
        {
            ComputeDType = VariableDType = DType.Parse(source);
        }
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The type of inputs and results.</summary>
    public DType ComputeDType { get; }

    /// <summary>The type of the variables.</summary>
    public DType VariableDType { get; }

    /// <summary>How weights are quantized: <c>"int8"</c>, <c>"float8"</c>, …; null if they are not.</summary>
    public virtual string? QuantizationMode => null;

    /// <summary>The name of the types, without what is said about quantization.</summary>
    internal string SourceName { get; }

    /// <summary>A policy from its name.</summary>
    /// <exception cref="ArgumentException">There is no such policy.</exception>
    public static implicit operator DTypePolicy(string name) => DTypePolicyFunctions.Get(name);

    /// <summary>The policy that uses one type for everything.</summary>
    public static implicit operator DTypePolicy(DType dtype)
    {
        ArgumentNullException.ThrowIfNull(dtype);
        return new DTypePolicy(dtype.Name);
    }

    /// <summary>Whether two policies are the same.</summary>
    public static bool operator ==(DTypePolicy? left, DTypePolicy? right) => left?.Equals(right) ?? right is null;

    /// <summary>Whether two policies differ.</summary>
    public static bool operator !=(DTypePolicy? left, DTypePolicy? right) => !(left == right);

    /// <summary>Brings a floating-point tensor to a type; others stay as they are.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="autocast">Whether to do so at all.</param>
    /// <param name="dtype">The type.</param>
    public Tensor ConvertInput(Tensor x, bool autocast, DType dtype)
    {
        ArgumentNullException.ThrowIfNull(x);
        return autocast && x.DType.IsFloating && x.DType != dtype ? Ops.Cast(x, dtype) : x;
    }

    /// <summary>What the policy was made with, by Keras's names.</summary>
    public virtual JsonObject GetConfig() => new() { ["name"] = Name };

    /// <inheritdoc/>
    // Keras: a FloatDTypePolicy is equal to a DTypePolicy of its name.
    public bool Equals(DTypePolicy? other) => other is not null && KindOf(this) == KindOf(other) && JsonNode.DeepEquals(GetConfig(), other.GetConfig());

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as DTypePolicy);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The name, as Keras prints it.</summary>
    public override string ToString() => $"<{KindOf(this).Name} \"{Name}\">";

    private static Type KindOf(DTypePolicy policy) => policy.GetType() == typeof(FloatDTypePolicy) ? typeof(DTypePolicy) : policy.GetType();
}
