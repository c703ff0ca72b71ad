namespace NKeras.Npy;

/// <summary>What the text at the start of a .npy file says about the data that follows.</summary>
/// <param name="DType">The element type.</param>
/// <param name="BigEndian">Whether the most significant byte of an element comes first.</param>
/// <param name="FortranOrder">Whether the first axis, not the last, is the one whose elements are neighbours.</param>
/// <param name="Dims">The dimensions.</param>
internal sealed record NpyHeader(DType DType, bool BigEndian, bool FortranOrder, int[] Dims)
{
    // NumPy 2's own limit.
    private const int MaxRank = 64;

    /// <summary>The length of the data in bytes.</summary>
    public long ByteLength
    {
        get
        {
            long size = DType.Size;
            foreach (int d in Dims) size *= d;
            return size;
        }
    }

    /// <summary>Reads a header: a Python dictionary with the keys <c>descr</c>, <c>fortran_order</c> and <c>shape</c>.</summary>
    /// <param name="text">The dictionary.</param>
    /// <param name="maxBytes">The longest data to accept.</param>
    /// <exception cref="InvalidDataException">
    /// The text is no such dictionary, the elements are of a type that no tensor holds, or the data would be too long.
    /// </exception>
    public static NpyHeader Parse(string text, long maxBytes)
    {
        PythonLiteral literal = new(text);
        string? descr = null;
        bool? fortranOrder = null;
        int[]? dims = null;
        literal.Expect('{');
        while (!literal.TryTake('}'))
        {
            string key = literal.String();
            literal.Expect(':');
            switch (key)
            {
                case "descr" when descr == null:
                    descr = literal.Next == '[' ? throw new InvalidDataException("it is a structured array; expected plain numbers") : literal.String();
                    break;
                case "fortran_order" when fortranOrder == null:
                    fortranOrder = literal.Boolean();
                    break;
                case "shape" when dims == null:
                    dims = Dimensions(literal.Tuple());
                    break;
                default:
                    throw new InvalidDataException($"the header has an unexpected or repeated key '{key}'");
            }

            if (literal.TryTake(',')) continue;
            literal.Expect('}');
            break;
        }

        literal.ExpectEnd();
        if (descr == null || fortranOrder == null || dims == null) throw new InvalidDataException("the header lacks descr, fortran_order or shape");
        NpyHeader header = new(ElementType(descr), descr[0] == '>', fortranOrder.Value, dims);
        header.CheckSize(maxBytes);
        return header;
    }

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    /// <exception cref="NotSupportedException">NumPy has no such element type.</exception>
    public override string ToString()
    {
        char kind = (DType.Kind, DType.ClrType) switch
        {
            (_, null) => throw new NotSupportedException($"NumPy has no dtype {DType}."),
            (DTypeKind.Bool, _) => 'b',
            (DTypeKind.Unsigned, _) => 'u',
            (DTypeKind.Signed, _) => 'i',
            _ => 'f',
        };
        char order = DType.Size == 1 ? '|' : BigEndian ? '>' : '<';
        return $"{{'descr': '{order}{kind}{DType.Size}', 'fortran_order': {(FortranOrder ? "True" : "False")}, 'shape': {new Shape(Dims)}, }}";
    }

    private static DType ElementType(string descr)
    {
        if (descr is [_, 'O', ..]) throw new InvalidDataException("it holds Python objects: a pickle, which is a program. NKeras never runs one; save plain arrays of numbers");
        // NumPy itself has no bfloat16, and calls the one of ml_dtypes so.
        if (descr is "<V2" or "|V2") return DType.BFloat16;
        DType? type = descr is ['|' or '<' or '>', ..]
            ? descr[1..] switch
            {
                "b1" => DType.Bool,
                "u1" => DType.UInt8,
                "u2" => DType.UInt16,
                "u4" => DType.UInt32,
                "u8" => DType.UInt64,
                "i1" => DType.Int8,
                "i2" => DType.Int16,
                "i4" => DType.Int32,
                "i8" => DType.Int64,
                "f2" => DType.Float16,
                "f4" => DType.Float32,
                "f8" => DType.Float64,
                _ => null,
            }
            : null;
        // Without a byte order, the bytes of a longer element could mean two numbers.
        return type != null && (descr[0] != '|' || type.Size == 1)
            ? type
            : throw new InvalidDataException($"its elements are of NumPy's type '{descr}', which no tensor holds");
    }

    private static int[] Dimensions(IReadOnlyList<long> dims)
    {
        if (dims.Count > MaxRank) throw new InvalidDataException($"it has {dims.Count} dimensions; expected at most {MaxRank}");
        int[] result = new int[dims.Count];
        for (int i = 0; i < result.Length; i++)
            result[i] = dims[i] is >= 0 and <= int.MaxValue ? (int)dims[i] : throw new InvalidDataException($"dimension {i} is {dims[i]}");
        return result;
    }

    private void CheckSize(long maxBytes)
    {
        long size = DType.Size;
        foreach (int d in Dims.Where(d => d > 0))
        {
            // A product of two 31-bit numbers at most: no overflow before the check.
            size *= d;
            if (size > maxBytes) throw new InvalidDataException($"an array of shape {new Shape(Dims)} and type {DType} takes more than {maxBytes} bytes");
        }
    }
}
