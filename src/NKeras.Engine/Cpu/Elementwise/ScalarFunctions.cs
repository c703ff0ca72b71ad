using System.Runtime.CompilerServices;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>The rare functions of one operand, computed lane by lane in double precision.</summary>
internal static class ScalarFunctions
{
    internal readonly struct Of<TScalar> : IUnaryFunction
        where TScalar : IScalarFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            PerLane.Map<TScalar, TOps, V>(x);
    }

    internal readonly struct OfTwo<TScalar> : IBinaryFunction
        where TScalar : IScalarBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            PerLane.Map<TScalar, TOps, V>(a, b);
    }

    internal readonly struct Tan : IScalarFunction
    {
        public static float Invoke(float x) => (float)Math.Tan(x);
    }

    internal readonly struct Asin : IScalarFunction
    {
        public static float Invoke(float x) => (float)Math.Asin(x);
    }

    internal readonly struct Acos : IScalarFunction
    {
        public static float Invoke(float x) => (float)Math.Acos(x);
    }

    internal readonly struct Atan : IScalarFunction
    {
        public static float Invoke(float x) => (float)Math.Atan(x);
    }

    internal readonly struct Sinh : IScalarFunction
    {
        public static float Invoke(float x) => (float)Math.Sinh(x);
    }

    internal readonly struct Cosh : IScalarFunction
    {
        public static float Invoke(float x) => (float)Math.Cosh(x);
    }

    internal readonly struct Asinh : IScalarFunction
    {
        public static float Invoke(float x) => (float)Math.Asinh(x);
    }

    internal readonly struct Acosh : IScalarFunction
    {
        public static float Invoke(float x) => (float)Math.Acosh(x);
    }

    internal readonly struct Atanh : IScalarFunction
    {
        public static float Invoke(float x) => (float)Math.Atanh(x);
    }

    internal readonly struct Erfinv : IScalarFunction
    {
        public static float Invoke(float x) => (float)ScalarMath.Erfinv(x);
    }

    internal readonly struct Lgamma : IScalarFunction
    {
        public static float Invoke(float x) => (float)ScalarMath.Lgamma(x);
    }

    internal readonly struct Digamma : IScalarFunction
    {
        public static float Invoke(float x) => (float)ScalarMath.Digamma(x);
    }

    internal readonly struct BesselI0 : IScalarFunction
    {
        public static float Invoke(float x) => (float)ScalarMath.BesselI0(x);
    }

    internal readonly struct BesselI1 : IScalarFunction
    {
        public static float Invoke(float x) => (float)ScalarMath.BesselI1(x);
    }

    internal readonly struct Cbrt : IScalarFunction
    {
        public static float Invoke(float x) => (float)Math.Cbrt(x);
    }

    internal readonly struct Atan2 : IScalarBinaryFunction
    {
        public static float Invoke(float a, float b) => (float)Math.Atan2(a, b);
    }

    internal readonly struct Hypot : IScalarBinaryFunction
    {
        public static float Invoke(float a, float b) => (float)double.Hypot(a, b);
    }

    internal readonly struct Gammainc : IScalarBinaryFunction
    {
        public static float Invoke(float a, float b) => (float)ScalarMath.Gammainc(a, b);
    }

    internal readonly struct GammaincSlope : IScalarBinaryFunction
    {
        public static float Invoke(float a, float b) => (float)ScalarMath.GammaincSlope(a, b);
    }

    internal readonly struct Polygamma : IScalarBinaryFunction
    {
        public static float Invoke(float a, float b) => (float)ScalarMath.Polygamma(a, b);
    }

    internal readonly struct Fmod : IScalarBinaryFunction
    {
        public static float Invoke(float a, float b) => a % b;
    }

    internal readonly struct Remainder : IScalarBinaryFunction
    {
        public static float Invoke(float a, float b)
        {
            float remainder = a % b; // Exact, but with the sign of the dividend.
            if (remainder == 0) return MathF.CopySign(0, b);
            return (remainder < 0) != (b < 0) ? remainder + b : remainder;
        }
    }

    internal readonly struct FloorDivide : IScalarBinaryFunction
    {
        public static float Invoke(float a, float b)
        {
            if (b == 0) return a / b;
            // The rounded quotient may be the whole number above the true one; the exact remainder tells.
            float remainder = a % b;
            float quotient = (a - remainder) / b;
            if (remainder != 0 && (remainder < 0) != (b < 0)) quotient -= 1;
            return quotient == 0 ? MathF.CopySign(0, a / b) : MathF.Round(quotient);
        }
    }
}
