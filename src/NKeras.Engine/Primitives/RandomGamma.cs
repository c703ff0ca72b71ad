using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>
/// Numbers of the gamma distribution with the parameter as its shape and scale 1, by rejection (Marsaglia and Tsang, "A simple
/// method for generating gamma variables", 2000). NaN where the parameter is negative.
/// </summary>
/// <param name="Dims">The result's dimensions.</param>
/// <param name="Logarithm">Whether their logarithms are given, which do not become zero where the parameter is small.</param>
internal sealed record RandomGamma(IntList Dims, bool Logarithm) : RandomSample<double>(Dims)
{
    protected override int ParameterCount => 1;

    /// <remarks>
    /// As the parameter a changes, a number moves so that its place x in the distribution stays: P(a, x) is constant, so that
    /// dx/da = -(dP/da) / (dP/dx) (Figurnov et al., "Implicit reparameterization gradients", 2018).
    /// </remarks>
    public override Tensor?[] Gradient(GradientContext context)
    {
        if (!context.Needs(1)) return [null, null];
        Tensor a = context.Inputs[1], y = context.Outputs[0], one = ScalarLike(a, 1);
        Tensor log = Logarithm ? y : Unary(ElementwiseFunction.Log, y), x = Logarithm ? Unary(ElementwiseFunction.Exp, y) : y;
        // Close to zero P(a, x) is x^a / Γ(a + 1), which does not underflow.
        Tensor isSmall = Binary(ElementwiseFunction.Less, x, ScalarLike(x, 1e-9)), safe = Where(isSmall, one, x);
        Tensor density = Unary(ElementwiseFunction.Exp, (a * Unary(ElementwiseFunction.Log, safe)) - safe - Unary(ElementwiseFunction.Lgamma, a));
        Tensor relative = Where(
            isSmall,
            Divide(Unary(ElementwiseFunction.Digamma, a + 1.0) - log, a),
            Divide(-1.0 * Binary(ElementwiseFunction.GammaincSlope, a, safe), density));
        // Zero times infinity: what has become zero stays there.
        Tensor slope = Logarithm ? relative : Where(Binary(ElementwiseFunction.Greater, x, ScalarLike(x, 0)), relative * x, ScalarLike(x, 0));
        return [null, Broadcasting.SumTo(context.Cotangent * slope, a.Shape)];
    }

    internal override double Draw(ref RandomStream stream, double a, double b)
    {
        if (!(a > 0)) return a != 0 ? double.NaN : Logarithm ? double.NegativeInfinity : 0;
        if (double.IsPositiveInfinity(a)) return a;

        // Below 1, where the method fails: the next shape's number times a power of an even one.
        double boost = 0;
        if (a < 1)
        {
            boost = Math.Log(stream.NextUnit()) / a;
            a++;
        }

        double d = a - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double z = stream.NextNormal(), root = 1 + (c * z);
            if (root <= 0) continue;
            double v = root * root * root, logV = Math.Log(v);
            if (Math.Log(stream.NextUnit()) < (0.5 * z * z) + (d * (1 - v + logV)))
                return Logarithm ? Math.Log(d) + logV + boost : boost == 0 ? d * v : d * v * Math.Exp(boost);
        }
    }
}
