using System.Runtime.CompilerServices;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>The element-wise functions that programs apply to counters, labels and masks, one element at a time.</summary>
internal static class TypedFunctions
{
    /// <summary>A function of one or two numbers. The meaning is <see cref="ElementwiseReference"/>'s.</summary>
    internal interface IFunction
    {
        static abstract double Invoke(double a, double b);

        static abstract long Invoke(long a, long b);
    }

    internal readonly struct Negate : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Invoke(double a, double b) => -a;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Invoke(long a, long b) => -a;
    }

    internal readonly struct Add : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Invoke(double a, double b) => a + b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Invoke(long a, long b) => a + b;
    }

    internal readonly struct Subtract : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Invoke(double a, double b) => a - b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Invoke(long a, long b) => a - b;
    }

    internal readonly struct Multiply : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Invoke(double a, double b) => a * b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Invoke(long a, long b) => a * b;
    }

    internal readonly struct Maximum : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Invoke(double a, double b) => Math.Max(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Invoke(long a, long b) => Math.Max(a, b);
    }

    internal readonly struct Minimum : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Invoke(double a, double b) => Math.Min(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Invoke(long a, long b) => Math.Min(a, b);
    }

    internal readonly struct Equal : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Invoke(double a, double b) => a == b ? 1 : 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Invoke(long a, long b) => a == b ? 1 : 0;
    }

    internal readonly struct NotEqual : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Invoke(double a, double b) => a != b ? 1 : 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Invoke(long a, long b) => a != b ? 1 : 0;
    }

    internal readonly struct Less : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Invoke(double a, double b) => a < b ? 1 : 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Invoke(long a, long b) => a < b ? 1 : 0;
    }

    internal readonly struct LessEqual : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Invoke(double a, double b) => a <= b ? 1 : 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Invoke(long a, long b) => a <= b ? 1 : 0;
    }

    internal readonly struct Greater : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Invoke(double a, double b) => a > b ? 1 : 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Invoke(long a, long b) => a > b ? 1 : 0;
    }

    internal readonly struct GreaterEqual : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Invoke(double a, double b) => a >= b ? 1 : 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Invoke(long a, long b) => a >= b ? 1 : 0;
    }

    /// <summary>Of integers only. Distances past the width, negative ones included, shift everything out.</summary>
    internal readonly struct RightShift : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Invoke(double a, double b) => double.NaN;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static long Invoke(long a, long b) => a >> (int)Math.Min((ulong)b, 63);
    }
}
