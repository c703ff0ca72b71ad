using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="Primitives.Convert"/> node between any two types.</summary>
internal sealed unsafe class ConvertKernel : PartedKernel
{
    private const long PartLength = 1 << 15;

    private readonly int _input;
    private readonly int _output;
    private readonly long _size;
    private readonly int _inputBytes;
    private readonly int _outputBytes;
    private readonly delegate*<void*, void*, nint, void> _convert;

    private ConvertKernel(KernelRequest request)
        : base(Parts.Count(request.Output().Shape.Size, PartLength))
    {
        (DType from, DType to) = (request.Input(0).DType, request.Output().DType);
        _input = request.InputSlots[0];
        _output = request.OutputSlots[0];
        _size = request.Output().Shape.Size;
        _inputBytes = from.Size;
        _outputBytes = to.Size;
        _convert = (from.Name, to.Name) switch
        {
            ("uint8" or "bool", "float32") => &BytesToFloats,
            ("int32", "float32") => &IntegersToFloats,
            ("float32", "bfloat16") => &FloatsToBrain,
            ("bfloat16", "float32") => &BrainToFloats,
            ("float16", "float32") => &HalvesToFloats,
            ("float32", "float16") => &FloatsToHalves,
            _ => (delegate*<void*, void*, nint, void>)Elements.Visit<FromVisitor, nint>(from, new FromVisitor(to)),
        };
    }

    public static Kernel Create(KernelRequest request) => new ConvertKernel(request);

    protected override void RunPart(void** slots, int part)
    {
        long start = Start(part, _size);
        _convert((byte*)slots[_input] + (start * _inputBytes), (byte*)slots[_output] + (start * _outputBytes), (nint)(Start(part + 1, _size) - start));
    }

    private static void Convert<TFrom, TTo>(void* x, void* y, nint count)
        where TFrom : struct, IElement
        where TTo : struct, IElement
    {
        for (nint i = 0; i < count; i++)
        {
            if (!TFrom.IsFloating && !TTo.IsFloating) TTo.StoreLong(y, i, TFrom.LoadLong(x, i));
            else TTo.StoreNumber(y, i, TFrom.LoadNumber(x, i));
        }
    }

    private static void BytesToFloats(void* x, void* y, nint count)
    {
        byte* from = (byte*)x;
        float* to = (float*)y;
        nint i = 0;
        for (; i <= count - 16; i += 16)
        {
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.Load(from + i));
            Vector256.ConvertToSingle(Widen(low)).Store(to + i);
            Vector256.ConvertToSingle(Widen(high)).Store(to + i + 8);
        }

        for (; i < count; i++) to[i] = from[i];
    }

    private static Vector256<int> Widen(Vector128<ushort> x)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(x);
        return Vector256.Create(low, high).AsInt32();
    }

    private static void IntegersToFloats(void* x, void* y, nint count)
    {
        int* from = (int*)x;
        float* to = (float*)y;
        nint i = 0;
        for (; i <= count - 8; i += 8) Vector256.ConvertToSingle(Vector256.Load(from + i)).Store(to + i);
        for (; i < count; i++) to[i] = from[i];
    }

    private static void FloatsToBrain(void* x, void* y, nint count)
    {
        float* from = (float*)x;
        ushort* to = (ushort*)y;
        nint i = 0;
        for (; i <= count - 16; i += 16) Vector256.Narrow(Rounded(from + i), Rounded(from + i + 8)).Store(to + i);
        for (; i < count; i++) to[i] = BFloat16.FromSingle(from[i]);
    }

    /// <summary>What <see cref="BFloat16.FromSingle"/> makes of eight numbers.</summary>
    private static Vector256<uint> Rounded(float* x)
    {
        Vector256<float> value = Vector256.Load(x);
        Vector256<uint> bits = value.AsUInt32(), upper = bits >> 16;
        Vector256<uint> rounded = (bits + Vector256.Create(0x7FFFu) + (upper & Vector256.Create(1u))) >> 16;
        return Vector256.ConditionalSelect(Vector256.IsNaN(value).AsUInt32(), upper | Vector256.Create(0x40u), rounded);
    }

    private static void BrainToFloats(void* x, void* y, nint count)
    {
        ushort* from = (ushort*)x;
        float* to = (float*)y;
        nint i = 0;
        for (; i <= count - 16; i += 16)
        {
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(Vector256.Load(from + i));
            (low << 16).AsSingle().Store(to + i);
            (high << 16).AsSingle().Store(to + i + 8);
        }

        for (; i < count; i++) to[i] = BFloat16.ToSingle(from[i]);
    }

    private static void HalvesToFloats(void* x, void* y, nint count)
    {
        ushort* from = (ushort*)x;
        float* to = (float*)y;
        nint i = 0;
        for (; i <= count - 16; i += 16)
        {
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(Vector256.Load(from + i));
            OfHalves(low).Store(to + i);
            OfHalves(high).Store(to + i + 8);
        }

        for (; i < count; i++) to[i] = (float)((Half*)x)[i];
    }

    /// <summary>Exponent and fraction move to their places, and the exponent's bias is made up for by a product, which serves subnormal numbers, too.</summary>
    private static Vector256<float> OfHalves(Vector256<uint> bits)
    {
        Vector256<uint> size = (bits & Vector256.Create(0x7FFFu)) << 13, sign = (bits & Vector256.Create(0x8000u)) << 16;
        Vector256<uint> number = (size.AsSingle() * Vector256.Create(5.192296858534828e33f)).AsUInt32();
        Vector256<uint> infinite = Vector256.GreaterThanOrEqual(size, Vector256.Create(0x7C00u << 13)) & Vector256.Create(0x7F80_0000u);
        return (number | infinite | sign).AsSingle();
    }

    private static void FloatsToHalves(void* x, void* y, nint count)
    {
        float* from = (float*)x;
        ushort* to = (ushort*)y;
        nint i = 0;
        for (; i <= count - 16; i += 16) Vector256.Narrow(ToHalves(from + i), ToHalves(from + i + 8)).Store(to + i);
        for (; i < count; i++) ((Half*)y)[i] = (Half)from[i];
    }

    /// <summary>Rounds to even: normal numbers in their bits, subnormal ones by adding a number whose last bit is theirs.</summary>
    private static Vector256<uint> ToHalves(float* x)
    {
        const uint Infinity = 0x7F80_0000, TooLarge = (127 + 16) << 23, LeastNormal = (127 - 14) << 23, Magic = (127 - 15 + 23 - 10 + 1) << 23;
        Vector256<uint> bits = Vector256.Load(x).AsUInt32(), sign = bits & Vector256.Create(0x8000_0000u), size = bits ^ sign;
        Vector256<uint> odd = (size >> 13) & Vector256.Create(1u);
        Vector256<uint> normal = (size - Vector256.Create(((127u - 15) << 23) - 0xFFF) + odd) >> 13;
        Vector256<uint> subnormal = (size.AsSingle() + Vector256.Create(Magic).AsSingle()).AsUInt32() - Vector256.Create(Magic);
        Vector256<uint> large = Vector256.ConditionalSelect(Vector256.GreaterThan(size, Vector256.Create(Infinity)), Vector256.Create(0x7E00u), Vector256.Create(0x7C00u));
        Vector256<uint> result = Vector256.ConditionalSelect(Vector256.LessThan(size, Vector256.Create(LeastNormal)), subnormal, normal);
        result = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(size, Vector256.Create(TooLarge)), large, result);
        return result | (sign >> 16);
    }

    private readonly struct FromVisitor(DType to) : Elements.IVisitor<nint>
    {
        public nint Visit<TFrom>()
            where TFrom : struct, IElement => Elements.Visit<ToVisitor<TFrom>, nint>(to, default);
    }

    private readonly struct ToVisitor<TFrom> : Elements.IVisitor<nint>
        where TFrom : struct, IElement
    {
        public nint Visit<TTo>()
            where TTo : struct, IElement => (nint)(delegate*<void*, void*, nint, void>)&Convert<TFrom, TTo>;
    }
}
