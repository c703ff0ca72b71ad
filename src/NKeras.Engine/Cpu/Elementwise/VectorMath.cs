namespace NKeras.Engine.Cpu;

/// <summary>Temporary.</summary>
internal static class VectorMath
{
    internal readonly struct Exp : IUnaryFunction, IScalarFunction
    {
        public static V Invoke<TOps, V>(V x) where TOps : ISimdOps<V> where V : struct => PerLane.Map<Exp, TOps, V>(x);

        public static float Invoke(float x) => (float)(Math.Exp(x));
    }

    internal readonly struct Exp2 : IUnaryFunction, IScalarFunction
    {
        public static V Invoke<TOps, V>(V x) where TOps : ISimdOps<V> where V : struct => PerLane.Map<Exp2, TOps, V>(x);

        public static float Invoke(float x) => (float)(Math.Pow(2,x));
    }

    internal readonly struct Expm1 : IUnaryFunction, IScalarFunction
    {
        public static V Invoke<TOps, V>(V x) where TOps : ISimdOps<V> where V : struct => PerLane.Map<Expm1, TOps, V>(x);

        public static float Invoke(float x) => (float)(Math.Exp(x)-1);
    }

    internal readonly struct Log : IUnaryFunction, IScalarFunction
    {
        public static V Invoke<TOps, V>(V x) where TOps : ISimdOps<V> where V : struct => PerLane.Map<Log, TOps, V>(x);

        public static float Invoke(float x) => (float)(Math.Log(x));
    }

    internal readonly struct Log2 : IUnaryFunction, IScalarFunction
    {
        public static V Invoke<TOps, V>(V x) where TOps : ISimdOps<V> where V : struct => PerLane.Map<Log2, TOps, V>(x);

        public static float Invoke(float x) => (float)(Math.Log2(x));
    }

    internal readonly struct Log10 : IUnaryFunction, IScalarFunction
    {
        public static V Invoke<TOps, V>(V x) where TOps : ISimdOps<V> where V : struct => PerLane.Map<Log10, TOps, V>(x);

        public static float Invoke(float x) => (float)(Math.Log10(x));
    }

    internal readonly struct Log1p : IUnaryFunction, IScalarFunction
    {
        public static V Invoke<TOps, V>(V x) where TOps : ISimdOps<V> where V : struct => PerLane.Map<Log1p, TOps, V>(x);

        public static float Invoke(float x) => (float)(Math.Log(1.0+x));
    }

    internal readonly struct Sin : IUnaryFunction, IScalarFunction
    {
        public static V Invoke<TOps, V>(V x) where TOps : ISimdOps<V> where V : struct => PerLane.Map<Sin, TOps, V>(x);

        public static float Invoke(float x) => (float)(Math.Sin(x));
    }

    internal readonly struct Cos : IUnaryFunction, IScalarFunction
    {
        public static V Invoke<TOps, V>(V x) where TOps : ISimdOps<V> where V : struct => PerLane.Map<Cos, TOps, V>(x);

        public static float Invoke(float x) => (float)(Math.Cos(x));
    }

    internal readonly struct Tanh : IUnaryFunction, IScalarFunction
    {
        public static V Invoke<TOps, V>(V x) where TOps : ISimdOps<V> where V : struct => PerLane.Map<Tanh, TOps, V>(x);

        public static float Invoke(float x) => (float)(Math.Tanh(x));
    }

    internal readonly struct Sigmoid : IUnaryFunction, IScalarFunction
    {
        public static V Invoke<TOps, V>(V x) where TOps : ISimdOps<V> where V : struct => PerLane.Map<Sigmoid, TOps, V>(x);

        public static float Invoke(float x) => (float)(1/(1+Math.Exp(-x)));
    }

    internal readonly struct Softplus : IUnaryFunction, IScalarFunction
    {
        public static V Invoke<TOps, V>(V x) where TOps : ISimdOps<V> where V : struct => PerLane.Map<Softplus, TOps, V>(x);

        public static float Invoke(float x) => (float)(Math.Max(x,0)+Math.Log(1+Math.Exp(-Math.Abs(x))));
    }

    internal readonly struct Erf : IUnaryFunction, IScalarFunction
    {
        public static V Invoke<TOps, V>(V x) where TOps : ISimdOps<V> where V : struct => PerLane.Map<Erf, TOps, V>(x);

        public static float Invoke(float x) => (float)(x);
    }

    internal readonly struct Erfc : IUnaryFunction, IScalarFunction
    {
        public static V Invoke<TOps, V>(V x) where TOps : ISimdOps<V> where V : struct => PerLane.Map<Erfc, TOps, V>(x);

        public static float Invoke(float x) => (float)(1-x);
    }

}
