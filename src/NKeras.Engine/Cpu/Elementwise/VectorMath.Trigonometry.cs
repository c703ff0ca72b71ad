using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Vector versions of sine and cosine.</summary>
internal static partial class VectorMath
{
    // From here on three parts of pi/2 do not suffice, and double precision takes over lane by lane.
    private const float Farthest = 65536;

    /// <summary>The sine of |x| up to <see cref="Farthest"/>, moved by quarters of the circle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinCos<TOps, V>(V x, int firstQuadrant)
        where TOps : ISimdOps<V>
        where V : struct
    {
        // Exact up to the last step: n * pi/2 is subtracted in three parts, and each difference fits in a float.
        // That takes products that are not rounded.
        V n = TOps.Round(TOps.Multiply(x, TOps.Splat(0.636619772f)));
        V r = TOps.FusedMultiplyAdd(n, TOps.Splat(-1.57079637f), x);
        r = TOps.FusedMultiplyAdd(n, TOps.Splat(4.37113883e-08f), r);
        r = TOps.FusedMultiplyAdd(n, TOps.Splat(1.71512451e-15f), r);
        V square = TOps.Multiply(r, r);

        V sin = TOps.MultiplyAdd(TOps.Splat(-0.000195175293f), square, TOps.Splat(0.00833218079f));
        sin = TOps.MultiplyAdd(sin, square, TOps.Splat(-0.166666552f));
        sin = TOps.MultiplyAdd(TOps.Multiply(square, r), sin, r);

        V cos = TOps.MultiplyAdd(TOps.Splat(2.44383809e-05f), square, TOps.Splat(-0.00138873665f));
        cos = TOps.MultiplyAdd(cos, square, TOps.Splat(0.0416666456f));
        cos = TOps.MultiplyAdd(cos, square, TOps.Splat(-0.5f));
        cos = TOps.MultiplyAdd(cos, square, TOps.Splat(1));

        // Odd quadrants take the cosine; the upper two of four have the other sign.
        V quadrant = TOps.AddInt32(TOps.ToInt32(n), TOps.SplatBits(firstQuadrant));
        V odd = TOps.EqualInt32(TOps.And(quadrant, TOps.SplatBits(1)), TOps.SplatBits(1));
        V sign = TOps.ShiftLeft(TOps.And(quadrant, TOps.SplatBits(2)), 30);
        return TOps.Xor(TOps.Select(odd, cos, sin), sign);
    }

    internal readonly struct Sin : IUnaryFunction
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct
        {
            V magnitude = TOps.Abs(x);
            V result = TOps.Xor(SinCos<TOps, V>(magnitude, 0), TOps.And(x, TOps.Splat(-0f)));
            V far = TOps.Less(TOps.Splat(Farthest), magnitude);
            return TOps.Any(far) ? TOps.Select(far, PerLane.Map<FarSin, TOps, V>(x), result) : result;
        }
    }

    internal readonly struct Cos : IUnaryFunction
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct
        {
            V magnitude = TOps.Abs(x);
            V result = SinCos<TOps, V>(magnitude, 1);
            V far = TOps.Less(TOps.Splat(Farthest), magnitude);
            return TOps.Any(far) ? TOps.Select(far, PerLane.Map<FarCos, TOps, V>(x), result) : result;
        }
    }

    private readonly struct FarSin : IScalarFunction
    {
        public static float Invoke(float x) => (float)Math.Sin(x);
    }

    private readonly struct FarCos : IScalarFunction
    {
        public static float Invoke(float x) => (float)Math.Cos(x);
    }
}
