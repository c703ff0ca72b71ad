using System.Numerics;

namespace NKeras;

/// <summary>The type of a tensor's elements, by Keras's names (<c>"float32"</c>, <c>"int32"</c>, …).</summary>
/// <remarks>There is one instance per type, so types compare by reference. A string converts implicitly.</remarks>
public sealed class DType
{
    private static readonly Dictionary<string, DType> s_byName = [];

    /// <summary>Boolean, one byte per element, 0 or 1.</summary>
    public static readonly DType Bool = new("bool", 1, DTypeKind.Bool, typeof(bool));

    /// <summary>8-bit unsigned integer.</summary>
    public static readonly DType UInt8 = new("uint8", 1, DTypeKind.Unsigned, typeof(byte));

    /// <summary>16-bit unsigned integer.</summary>
    public static readonly DType UInt16 = new("uint16", 2, DTypeKind.Unsigned, typeof(ushort));

    /// <summary>32-bit unsigned integer.</summary>
    public static readonly DType UInt32 = new("uint32", 4, DTypeKind.Unsigned, typeof(uint));

    /// <summary>64-bit unsigned integer.</summary>
    public static readonly DType UInt64 = new("uint64", 8, DTypeKind.Unsigned, typeof(ulong));

    /// <summary>8-bit signed integer.</summary>
    public static readonly DType Int8 = new("int8", 1, DTypeKind.Signed, typeof(sbyte));

    /// <summary>16-bit signed integer.</summary>
    public static readonly DType Int16 = new("int16", 2, DTypeKind.Signed, typeof(short));

    /// <summary>32-bit signed integer.</summary>
    public static readonly DType Int32 = new("int32", 4, DTypeKind.Signed, typeof(int));

    /// <summary>64-bit signed integer.</summary>
    public static readonly DType Int64 = new("int64", 8, DTypeKind.Signed, typeof(long));

    /// <summary>16-bit floating point with float32's exponent range.</summary>
    public static readonly DType BFloat16 = new("bfloat16", 2, DTypeKind.Floating, null);

    /// <summary>IEEE 754 half precision.</summary>
    public static readonly DType Float16 = new("float16", 2, DTypeKind.Floating, typeof(Half));

    /// <summary>IEEE 754 single precision, the default.</summary>
    public static readonly DType Float32 = new("float32", 4, DTypeKind.Floating, typeof(float));

    /// <summary>IEEE 754 double precision.</summary>
    public static readonly DType Float64 = new("float64", 8, DTypeKind.Floating, typeof(double));

    /// <summary>Text, for the inputs of models that take it. It takes no part in promotion, and no number converts to it.</summary>
    public static readonly DType String = new("string", 0, DTypeKind.Text, null, isNumeric: false);

    /// <summary>Complex numbers of two float32 parts. Tensors of this type are <c>ComplexTensor</c>s.</summary>
    public static readonly DType Complex64 = new("complex64", 8, DTypeKind.Complex, null, isNumeric: false);

    /// <summary>Complex numbers of two float64 parts. Tensors of this type are <c>ComplexTensor</c>s.</summary>
    public static readonly DType Complex128 = new("complex128", 16, DTypeKind.Complex, typeof(Complex), isNumeric: false);

    private static readonly DType[] s_others = [String, Complex64, Complex128];

    private DType(string name, int size, DTypeKind kind, Type? clrType, bool isNumeric = true)
    {
        Name = name;
        Size = size;
        Kind = kind;
        ClrType = clrType;
        if (isNumeric) s_byName.Add(name, this);
    }

    /// <summary>Every type of real numbers, in the order of Keras's promotion table.</summary>
    public static IReadOnlyCollection<DType> All => s_byName.Values;

    /// <summary>Keras's name of the type.</summary>
    public string Name { get; }

    /// <summary>Bytes per element.</summary>
    public int Size { get; }

    /// <summary>Whether the type is boolean, an integer, floating point, complex or text.</summary>
    public DTypeKind Kind { get; }

    /// <summary>The .NET type with the same bits, or null where .NET has none (<c>bfloat16</c>).</summary>
    public Type? ClrType { get; }

    /// <summary>Whether the type is a floating-point type.</summary>
    public bool IsFloating => Kind == DTypeKind.Floating;

    /// <summary>Whether the type is a complex type.</summary>
    public bool IsComplex => Kind == DTypeKind.Complex;

    /// <summary>Whether the type is a signed or unsigned integer (not bool).</summary>
    public bool IsInteger => Kind is DTypeKind.Signed or DTypeKind.Unsigned;

    /// <summary>The type with a Keras name.</summary>
    /// <exception cref="ArgumentException">There is no such type; the message suggests the nearest name.</exception>
    public static DType Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        // Keras: Python's own type names are accepted wherever a dtype is.
        string canonical = name switch { "float" => "float32", "int" => "int32", "half" => "float16", "double" => "float64", _ => name };
        return s_byName.GetValueOrDefault(canonical) ?? Array.Find(s_others, d => d.Name == canonical)
            ?? throw new ArgumentException($"Unknown dtype '{name}'. {Suggestion.For(name, [.. s_byName.Keys, .. s_others.Select(d => d.Name)])}");
    }

    /// <summary>The type whose elements are <typeparamref name="T"/>.</summary>
    /// <exception cref="ArgumentException">No tensor holds such elements.</exception>
    public static DType Of<T>()
        where T : unmanaged => Of(typeof(T));

    /// <summary>The type whose elements are of a type of .NET's.</summary>
    /// <exception cref="ArgumentException">No tensor holds such elements.</exception>
    internal static DType Of(Type? type) =>
        s_byName.Values.FirstOrDefault(d => d.ClrType != null && d.ClrType == type)
        ?? throw new ArgumentException(
            $"A tensor cannot hold elements of type {type?.Name}. Supported: {string.Join(", ", s_byName.Values.Where(d => d.ClrType != null).Select(d => d.ClrType!.Name))}.");

    /// <summary>The type with a Keras name.</summary>
    public static implicit operator DType(string name) => Parse(name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
