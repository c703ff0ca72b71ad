using NKeras.Core;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The sigmoid as three straight lines: relu6(x + 3) / 6.</summary>
    public static Tensor HardSigmoid(Tensor x) => Ramp("HardSigmoid", x, v => Divide(Relu6(Add(v, 3.0)), 6.0));

    /// <summary>x · hard_sigmoid(x) (Howard et al., 2019).</summary>
    // Not by HardSigmoid: at the ends of the slope this gradient is that of the slope, not of the level parts.
    public static Tensor HardSilu(Tensor x) => Ramp("HardSilu", x, v => Multiply(v, Divide(Clip(Add(v, 3.0), 0, 6), 6.0)));

    /// <summary>Another name of <see cref="HardSilu"/>.</summary>
    public static Tensor HardSwish(Tensor x) => HardSilu(x);

    /// <summary>x, but not below -1 and not above 1.</summary>
    public static Tensor HardTanh(Tensor x) => Stepwise("HardTanh", x, v => Between(v, -1, 1));

    /// <summary>x - tanh(x).</summary>
    public static Tensor TanhShrink(Tensor x) => Smooth("TanhShrink", x, v => Subtract(v, Tanh(v)));

    /// <summary>Zero no farther than a threshold from zero, x elsewhere.</summary>
    public static Tensor HardShrink(Tensor x, double threshold = 0.5) => Stepwise("HardShrink", x, v =>
        Where(Greater(Abs(v), threshold), v, Promotion.As(0, v.DType)), ("threshold", threshold));

    /// <summary>Zero no farther than a threshold from zero; elsewhere x, brought towards zero by the threshold.</summary>
    public static Tensor SoftShrink(Tensor x, double threshold = 0.5) => Ramp("SoftShrink", x, v =>
        Where(Greater(v, threshold), Subtract(v, threshold), Where(Less(v, -threshold), Add(v, threshold), 0.0)), ("threshold", threshold));

    /// <summary>0 up to -1, x from 1 on, (x + 1)² / 4 between.</summary>
    public static Tensor SparsePlus(Tensor x) => Ramp("SparsePlus", x, v =>
        Where(LessEqual(v, -1.0), 0.0, Where(Less(v, 1.0), Multiply(0.25, Square(Add(v, 1.0))), v)));

    /// <summary>0 up to -1, 1 from 1 on, (x + 1) / 2 between.</summary>
    public static Tensor SparseSigmoid(Tensor x) => Smooth("SparseSigmoid", x, v =>
        Where(LessEqual(v, -1.0), 0.0, Where(GreaterEqual(v, 1.0), 1.0, Multiply(0.5, Add(v, 1.0)))));

    /// <summary>(x + √(x² + b)) / 2.</summary>
    public static Tensor Squareplus(Tensor x, double b = 4) => Smooth("Squareplus", x, v =>
    {
        // Below zero the sum cancels: there it is b / (√(x² + b) - x) / 2.
        Tensor root = Sqrt(Add(Square(v), b));
        return Multiply(0.5, Where(Less(v, 0f), Divide(b, Subtract(root, NotPositive(v))), Add(v, root)));
    }, ("b", b == (int)b ? (object)(int)b : b)); // Keras: the default is a whole number, and written as one.

    /// <summary>x above a threshold, a fixed value elsewhere.</summary>
    public static Tensor Threshold(Tensor x, double threshold, double defaultValue) => Stepwise("Threshold", x, v =>
        Where(Greater(v, threshold), v, Promotion.As(defaultValue, v.DType)), ("threshold", threshold), ("default_value", defaultValue));

    /// <summary>A function with fractions that keeps float64.</summary>
    private static Tensor Ramp(string name, Tensor x, Func<Tensor, Tensor> function, params ReadOnlySpan<(string Name, object? Value)> settings) =>
        OpDispatch.Call(name, [x], t => function(Promotion.WideFraction(t[0])), settings);
}
