using System.Globalization;
using System.Runtime.CompilerServices;

namespace NKeras.Engine;

/// <summary>Reads and writes single elements of any type: how the plain reference kernels see a tensor.</summary>
/// <remarks>Floating-point elements travel as double, integers and booleans as long; both are exact.</remarks>
internal readonly unsafe struct ElementView(void* pointer, TensorSpec spec)
{
    private readonly byte* _pointer = (byte*)pointer;

    public TensorSpec Spec { get; } = spec;

    public Shape Shape => Spec.Shape;

    public DType DType => Spec.DType;

    public int Size => Spec.Shape.Size;

    public bool IsFloating => Spec.DType.IsFloating;

    public static ElementView Of(Tensor tensor) => new((tensor.Data as HostStorage ?? throw TextStorage.NoNumbers()).Pointer, tensor.Spec);

    /// <summary>An element as a double, whatever its type.</summary>
    public double Number(int i) => IsFloating ? Double(i) : DType == DType.UInt64 ? (ulong)Long(i) : Long(i);

    /// <summary>Writes a number, rounding toward zero and wrapping where the type is an integer's.</summary>
    public void SetNumber(int i, double value)
    {
        if (IsFloating) SetDouble(i, value);
        else if (DType == DType.Bool) SetLong(i, value != 0 ? 1 : 0);
        else if (DType == DType.UInt64 && value > 0) SetLong(i, (long)(ulong)value); // Negative numbers wrap as in narrower types.
        else SetLong(i, (long)value);
    }

    /// <summary>Reads elements in a row as doubles, whatever their type.</summary>
    public void ReadNumbers(int start, Span<double> target)
    {
        if (DType == DType.Float64) new ReadOnlySpan<double>((double*)_pointer + start, target.Length).CopyTo(target);
        else if (DType == DType.Float32)
        {
            float* from = (float*)_pointer + start;
            for (int i = 0; i < target.Length; i++) target[i] = from[i];
        }
        else
        {
            for (int i = 0; i < target.Length; i++) target[i] = Number(start + i);
        }
    }

    /// <summary>Writes numbers in a row, each rounded once.</summary>
    public void WriteNumbers(int start, ReadOnlySpan<double> values)
    {
        if (DType == DType.Float64) values.CopyTo(new Span<double>((double*)_pointer + start, values.Length));
        else if (DType == DType.Float32)
        {
            float* to = (float*)_pointer + start;
            for (int i = 0; i < values.Length; i++) to[i] = (float)values[i];
        }
        else
        {
            for (int i = 0; i < values.Length; i++) SetNumber(start + i, values[i]);
        }
    }

    /// <summary>A floating-point element.</summary>
    public double Double(int i)
    {
        if (DType == DType.Float32) return ((float*)_pointer)[i];
        if (DType == DType.Float64) return ((double*)_pointer)[i];
        if (DType == DType.Float16) return (double)((Half*)_pointer)[i];
        return BFloat16.ToSingle(((ushort*)_pointer)[i]);
    }

    public void SetDouble(int i, double value)
    {
        if (DType == DType.Float32) ((float*)_pointer)[i] = (float)value;
        else if (DType == DType.Float64) ((double*)_pointer)[i] = value;
        else if (DType == DType.Float16) ((Half*)_pointer)[i] = (Half)value;
        else ((ushort*)_pointer)[i] = BFloat16.FromDouble(value);
    }

    /// <summary>An integer or boolean element; a uint64's bits.</summary>
    public long Long(int i) => DType.Kind switch
    {
        DTypeKind.Signed => DType.Size switch
        {
            1 => ((sbyte*)_pointer)[i],
            2 => ((short*)_pointer)[i],
            4 => ((int*)_pointer)[i],
            _ => ((long*)_pointer)[i],
        },
        _ => DType.Size switch
        {
            1 => _pointer[i],
            2 => ((ushort*)_pointer)[i],
            4 => ((uint*)_pointer)[i],
            _ => ((long*)_pointer)[i],
        },
    };

    /// <summary>Writes an integer, wrapping to the type's width; a boolean becomes "is not zero".</summary>
    public void SetLong(int i, long value)
    {
        if (DType == DType.Bool) value = value != 0 ? 1 : 0;
        switch (DType.Size)
        {
            case 1: _pointer[i] = (byte)value; break;
            case 2: ((ushort*)_pointer)[i] = (ushort)value; break;
            case 4: ((uint*)_pointer)[i] = (uint)value; break;
            default: ((long*)_pointer)[i] = value; break;
        }
    }

    /// <summary>Copies one element's bits; both tensors have the same type.</summary>
    public void Copy(int i, ElementView source, int j) =>
        Unsafe.CopyBlockUnaligned(_pointer + ((long)i * DType.Size), source._pointer + ((long)j * DType.Size), (uint)DType.Size);

    /// <summary>Whether no element is infinite or NaN.</summary>
    public bool IsFinite()
    {
        for (int i = 0; i < Size; i++)
        {
            if (!double.IsFinite(Number(i))) return false;
        }

        return true;
    }

    /// <summary>Copies all bytes of a tensor that has as many.</summary>
    public void CopyBytes(ElementView source) => new Span<byte>(source._pointer, checked((int)Spec.ByteLength)).CopyTo(new Span<byte>(_pointer, (int)Spec.ByteLength));

    /// <summary>A part of the elements, seen as a tensor of the same type.</summary>
    /// <param name="start">The first of them.</param>
    /// <param name="shape">The part's shape.</param>
    public ElementView Part(int start, Shape shape) => new(_pointer + ((long)start * DType.Size), Spec with { Shape = shape });

    /// <summary>The bits zero: the neutral element of addition in every type.</summary>
    public void Clear() => new Span<byte>(_pointer, checked((int)Spec.ByteLength)).Clear();

    public string Format(int i) =>
        DType == DType.Bool ? (Long(i) != 0 ? "True" : "False")
        : DType == DType.UInt64 ? ((ulong)Long(i)).ToString(CultureInfo.InvariantCulture)
        : !IsFloating ? Long(i).ToString(CultureInfo.InvariantCulture)
        : DType == DType.Float64 ? Double(i).ToString(CultureInfo.InvariantCulture)
        : ((float)Double(i)).ToString(CultureInfo.InvariantCulture);
}
