using System.Numerics;
using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>The element types.</summary>
internal static unsafe class Elements
{
    /// <summary>Something to be done with the type that belongs to a <see cref="DType"/>.</summary>
    internal interface IVisitor<TResult>
    {
        TResult Visit<TElement>()
            where TElement : struct, IElement;
    }

    public static TResult Visit<TVisitor, TResult>(DType type, TVisitor visitor)
        where TVisitor : IVisitor<TResult> => type.Name switch
        {
            "bool" => visitor.Visit<Boolean>(),
            "uint8" => visitor.Visit<Integer<byte>>(),
            "uint16" => visitor.Visit<Integer<ushort>>(),
            "uint32" => visitor.Visit<Integer<uint>>(),
            "uint64" => visitor.Visit<Integer<ulong>>(),
            "int8" => visitor.Visit<Integer<sbyte>>(),
            "int16" => visitor.Visit<Integer<short>>(),
            "int32" => visitor.Visit<Integer<int>>(),
            "int64" => visitor.Visit<Integer<long>>(),
            "bfloat16" => visitor.Visit<Brain>(),
            "float16" => visitor.Visit<Float<Half>>(),
            "float32" => visitor.Visit<Float<float>>(),
            "float64" => visitor.Visit<Float<double>>(),
            _ => throw new ArgumentException($"Elements of type {type} are not known here."),
        };

    /// <summary>The integers.</summary>
    internal readonly struct Integer<T> : IElement
        where T : unmanaged, IBinaryInteger<T>
    {
        public static bool IsFloating => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double LoadNumber(void* p, nint i) => double.CreateTruncating(((T*)p)[i]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void StoreNumber(void* p, nint i, double value) =>
            ((T*)p)[i] = typeof(T) == typeof(ulong) && value > 0 ? T.CreateTruncating((ulong)value) : T.CreateTruncating((long)value);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long LoadLong(void* p, nint i) => long.CreateTruncating(((T*)p)[i]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void StoreLong(void* p, nint i, long value) => ((T*)p)[i] = T.CreateTruncating(value);
    }

    /// <summary>The floating-point types that .NET has.</summary>
    internal readonly struct Float<T> : IElement
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool IsFloating => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double LoadNumber(void* p, nint i) => double.CreateTruncating(((T*)p)[i]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void StoreNumber(void* p, nint i, double value) => ((T*)p)[i] = T.CreateTruncating(value);

        public static long LoadLong(void* p, nint i) => (long)LoadNumber(p, i);

        public static void StoreLong(void* p, nint i, long value) => StoreNumber(p, i, value);
    }

    /// <summary>bfloat16.</summary>
    internal readonly struct Brain : IElement
    {
        public static bool IsFloating => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double LoadNumber(void* p, nint i) => BFloat16.ToSingle(((ushort*)p)[i]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void StoreNumber(void* p, nint i, double value) => ((ushort*)p)[i] = BFloat16.FromDouble(value);

        public static long LoadLong(void* p, nint i) => (long)LoadNumber(p, i);

        public static void StoreLong(void* p, nint i, long value) => StoreNumber(p, i, value);
    }

    /// <summary>bool: one byte, 0 or 1.</summary>
    internal readonly struct Boolean : IElement
    {
        public static bool IsFloating => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double LoadNumber(void* p, nint i) => ((byte*)p)[i];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void StoreNumber(void* p, nint i, double value) => ((byte*)p)[i] = value != 0 ? (byte)1 : (byte)0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long LoadLong(void* p, nint i) => ((byte*)p)[i];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void StoreLong(void* p, nint i, long value) => ((byte*)p)[i] = value != 0 ? (byte)1 : (byte)0;
    }
}
