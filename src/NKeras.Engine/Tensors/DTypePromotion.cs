namespace NKeras;

/// <summary>Keras's type promotion (<c>keras.backend.result_type</c>): the least upper bound on JAX's lattice.</summary>
public static class DTypePromotion
{
    // Each type's direct successors on the lattice; "int" and "float" are the weak types of C# literals.
    private static readonly Dictionary<string, string[]> s_successors = new()
    {
        ["bool"] = ["int"],
        ["int"] = ["uint8", "int8"],
        ["uint8"] = ["int16", "uint16"],
        ["uint16"] = ["int32", "uint32"],
        ["uint32"] = ["int64", "uint64"],
        ["uint64"] = ["float"],
        ["int8"] = ["int16"],
        ["int16"] = ["int32"],
        ["int32"] = ["int64"],
        ["int64"] = ["float"],
        ["float"] = ["bfloat16", "float16"],
        ["bfloat16"] = ["float32"],
        ["float16"] = ["float32"],
        ["float32"] = ["float64", "complex64"],
        ["float64"] = ["complex128"],
        ["complex64"] = ["complex128"],
        ["complex128"] = [],
        ["string"] = [],
    };

    private static readonly Dictionary<string, HashSet<string>> s_upperBounds =
        s_successors.Keys.ToDictionary(name => name, UpperBounds);

    /// <summary>The type that elements of both types are converted to when they meet.</summary>
    /// <remarks>As in Keras, 64-bit results are brought down to 32 bits.</remarks>
    public static DType ResultType(DType a, DType b) => DType.Parse(ResultType(a.Name, b.Name));

    /// <summary>The same by name, where <c>"int"</c> and <c>"float"</c> stand for C# literals, which take the type of what they meet.</summary>
    public static string ResultType(string a, string b)
    {
        string bound = LeastUpperBound(a, b);
        return bound switch
        {
            "int" or "int64" => "int32",
            "uint64" => "uint32",
            "float" or "float64" => "float32",
            "complex128" => "complex64",
            _ => bound,
        };
    }

    /// <summary>The same where 64-bit types are wanted and stay.</summary>
    /// <param name="a">The name of a type, or <c>"int"</c> or <c>"float"</c>.</param>
    /// <param name="b">The name of a type, or <c>"int"</c> or <c>"float"</c>.</param>
    /// <param name="floating">What a floating-point literal is among literals and integers.</param>
    internal static string WideResultType(string a, string b, string floating)
    {
        string bound = LeastUpperBound(a, b);
        return bound switch
        {
            "int" => "int32",
            "float" => floating,
            _ => bound,
        };
    }

    /// <summary>The least type on the lattice that both convert to; a literal's may be a literal's.</summary>
    internal static string LeastUpperBound(string a, string b)
    {
        HashSet<string> common = [.. Bounds(a)];
        common.IntersectWith(Bounds(b));
        // The least is the one that all other common bounds are bounds of.
        return common.FirstOrDefault(candidate => common.IsSubsetOf(s_upperBounds[candidate]))
            ?? throw new ArgumentException($"Elements of types {a} and {b} have no type in common: strings meet strings only.");
    }

    private static HashSet<string> Bounds(string name) => s_upperBounds.TryGetValue(name, out HashSet<string>? bounds)
        ? bounds
        : throw new ArgumentException($"Unknown dtype '{name}'. {Suggestion.For(name, s_upperBounds.Keys)}");

    private static HashSet<string> UpperBounds(string name)
    {
        HashSet<string> reached = [name];
        Queue<string> open = new([name]);
        while (open.TryDequeue(out string? next))
        {
            foreach (string successor in s_successors[next])
            {
                if (reached.Add(successor)) open.Enqueue(successor);
            }
        }

        return reached;
    }
}
