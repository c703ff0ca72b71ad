using NKeras.Core;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The sigmoid as three straight lines: relu6(x + 3) / 6.</summary>
    public static Tensor HardSigmoid(Tensor x) => OpDispatch.Call("HardSigmoid", [x], t =>
        Divide(Relu6(Add(Promotion.ToFloating(t[0]), 3.0)), 6.0));

    /// <summary>x · hard_sigmoid(x) (Howard et al., 2019).</summary>
    // Not by HardSigmoid: at the ends of the slope this gradient is that of the slope, not of the level parts.
    public static Tensor HardSilu(Tensor x) => OpDispatch.Call("HardSilu", [x], t =>
    {
        Tensor v = Promotion.ToFloating(t[0]);
        return Multiply(v, Divide(Clip(Add(v, 3.0), 0, 6), 6.0));
    });

    /// <summary>Another name of <see cref="HardSilu"/>.</summary>
    public static Tensor HardSwish(Tensor x) => HardSilu(x);

    /// <summary>x, but not below -1 and not above 1.</summary>
    public static Tensor HardTanh(Tensor x) => OpDispatch.Call("HardTanh", [x], t => Between(t[0], -1, 1));

    /// <summary>x - tanh(x).</summary>
    public static Tensor TanhShrink(Tensor x) => OpDispatch.Call("TanhShrink", [x], t => Subtract(t[0], Tanh(t[0])));

    /// <summary>Zero no farther than a threshold from zero, x elsewhere.</summary>
    public static Tensor HardShrink(Tensor x, double threshold = 0.5) => OpDispatch.Call("HardShrink", [x], t =>
    {
        Tensor v = Promotion.ToFloating(t[0]);
        return Where(Greater(Abs(v), threshold), v, 0.0);
    }, ("threshold", threshold));

    /// <summary>Zero no farther than a threshold from zero; elsewhere x, brought towards zero by the threshold.</summary>
    public static Tensor SoftShrink(Tensor x, double threshold = 0.5) => OpDispatch.Call("SoftShrink", [x], t =>
    {
        Tensor v = Promotion.ToFloating(t[0]);
        return Where(Greater(v, threshold), Subtract(v, threshold), Where(Less(v, -threshold), Add(v, threshold), 0.0));
    }, ("threshold", threshold));

    /// <summary>0 up to -1, x from 1 on, (x + 1)² / 4 between.</summary>
    public static Tensor SparsePlus(Tensor x) => OpDispatch.Call("SparsePlus", [x], t =>
    {
        Tensor v = Promotion.ToFloating(t[0]);
        return Where(LessEqual(v, -1.0), 0.0, Where(Less(v, 1.0), Multiply(0.25, Square(Add(v, 1.0))), v));
    });

    /// <summary>0 up to -1, 1 from 1 on, (x + 1) / 2 between.</summary>
    public static Tensor SparseSigmoid(Tensor x) => OpDispatch.Call("SparseSigmoid", [x], t =>
    {
        Tensor v = Promotion.ToFloating(t[0]);
        return Where(LessEqual(v, -1.0), 0.0, Where(GreaterEqual(v, 1.0), 1.0, Multiply(0.5, Add(v, 1.0))));
    });

    /// <summary>(x + √(x² + b)) / 2.</summary>
    public static Tensor Squareplus(Tensor x, double b = 4) => OpDispatch.Call("Squareplus", [x], t =>
    {
        Tensor v = Promotion.ToFloating(t[0]);
        return Multiply(0.5, Add(v, Sqrt(Add(Square(v), b))));
    }, ("b", b == (int)b ? (object)(int)b : b)); // Keras: the default is a whole number, and written as one.

    /// <summary>x above a threshold, a fixed value elsewhere.</summary>
    public static Tensor Threshold(Tensor x, double threshold, double defaultValue) => OpDispatch.Call("Threshold", [x], t =>
        Where(Greater(t[0], Promotion.As(threshold, t[0].DType)), t[0], Promotion.As(defaultValue, t[0].DType)), ("threshold", threshold), ("default_value", defaultValue));
}
