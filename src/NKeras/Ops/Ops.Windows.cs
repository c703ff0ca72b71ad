using NKeras.Engine;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Bartlett's window: a triangle that is zero at both ends.</summary>
    /// <param name="x">The number of points, a number or a scalar tensor with data.</param>
    public static Tensor Bartlett(Tensor x) => Window(nameof(Bartlett), x, place => 1 - Math.Abs(place));

    /// <summary>Blackman's window: a sum of two cosines that is almost zero at both ends.</summary>
    /// <param name="x">The number of points, a number or a scalar tensor with data.</param>
    public static Tensor Blackman(Tensor x) => Window(nameof(Blackman), x, place => 0.42 + (0.5 * Math.Cos(Math.PI * place)) + (0.08 * Math.Cos(2 * Math.PI * place)));

    /// <summary>Hamming's window: a raised cosine that is not zero at its ends.</summary>
    /// <param name="x">The number of points, a number or a scalar tensor with data.</param>
    public static Tensor Hamming(Tensor x) => Window(nameof(Hamming), x, place => 0.54 + (0.46 * Math.Cos(Math.PI * place)));

    /// <summary>The Hann window: a raised cosine that is zero at both ends.</summary>
    /// <param name="x">The number of points, a number or a scalar tensor with data.</param>
    public static Tensor Hanning(Tensor x) => Window(nameof(Hanning), x, place => 0.5 + (0.5 * Math.Cos(Math.PI * place)));

    /// <summary>Kaiser's window, of Bessel functions.</summary>
    /// <param name="x">The number of points, a number or a scalar tensor with data.</param>
    /// <param name="beta">The shape: 0 is a rectangle, greater is narrower.</param>
    public static Tensor Kaiser(Tensor x, double beta)
    {
        double most = BesselI0(beta);
        return Window(nameof(Kaiser), x, place => BesselI0(beta * Math.Sqrt(Math.Max(0, 1 - (place * place)))) / most);
    }

    /// <summary>A function of the places from -1 to 1 at which the points are.</summary>
    private static ConcreteTensor Window(string name, Tensor x, Func<double, double> function)
    {
        double points = NumberOf(name, x);
        if (!(points <= System.Array.MaxLength)) throw new ArgumentException($"{name}: {points} is no number of points that a tensor can have.");
        ConcreteTensor window = ConcreteTensor.Allocate(new TensorSpec(new Shape([(int)Math.Max(0, Math.Ceiling(points - 0.5))]), Config.Floatx()));
        ElementView view = ElementView.Of(window);
        for (int i = 0; i < view.Size; i++) view.SetNumber(i, points == 1 ? 1 : function((1 - points + (2 * i)) / (points - 1)));
        return window;
    }

    /// <summary>The modified Bessel function of the first kind and order zero: its series has positive terms only, so that nothing cancels.</summary>
    private static double BesselI0(double x)
    {
        double quarter = x * x / 4, term = 1, sum = 1;
        for (int k = 1; term > sum * 1e-17; k++) sum += term *= quarter / ((double)k * k);
        return sum;
    }
}
