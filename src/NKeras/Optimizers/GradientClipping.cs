namespace NKeras.Optimizers;

/// <summary>Keeps gradients from growing too long, in one of three ways.</summary>
internal sealed class GradientClipping
{
    private readonly double? _norm;
    private readonly double? _value;
    private readonly double? _globalNorm;

    public GradientClipping(double? clipnorm, double? clipvalue, double? globalClipnorm)
    {
        int given = (clipnorm == null ? 0 : 1) + (clipvalue == null ? 0 : 1) + (globalClipnorm == null ? 0 : 1);
        if (given > 1)
            throw new ArgumentException($"Only one of clipnorm ({clipnorm}), clipvalue ({clipvalue}) and globalClipnorm ({globalClipnorm}) can be given.");
        foreach ((string name, double? limit) in new[] { (nameof(clipnorm), clipnorm), (nameof(clipvalue), clipvalue), (nameof(globalClipnorm), globalClipnorm) })
        {
            if (limit is not (null or >= 0)) throw new ArgumentOutOfRangeException(name, limit, $"{name} is {limit}; it must be 0 (no clipping) or more.");
        }

        (_norm, _value, _globalNorm) = (clipnorm, clipvalue, globalClipnorm);
    }

    public IReadOnlyList<Tensor> Clip(IReadOnlyList<Tensor> gradients)
    {
        if (_norm > 0) return [.. gradients.Select(g => ScaleDown(g, SquaredNorm(g), _norm.Value))];
        if (_value > 0) return [.. gradients.Select(g => Ops.Clip(g, -_value.Value, _value.Value))];
        if (!(_globalNorm > 0)) return gradients;
        Tensor total = gradients.Select(SquaredNorm).Aggregate(Ops.Add);
        // One gradient that is not finite makes all of them NaN.
        total = Ops.Where(Ops.Isfinite(total), total, double.NaN);
        return [.. gradients.Select(g => ScaleDown(g, Ops.Cast(total, g.DType), _globalNorm.Value))];
    }

    private static Tensor SquaredNorm(Tensor gradient) => Ops.Sum(Ops.Square(gradient));

    /// <summary>norm / max(length, norm), a scalar, times the gradient.</summary>
    private static Tensor ScaleDown(Tensor gradient, Tensor squaredNorm, double norm) =>
        Ops.Multiply(gradient, Ops.Divide(norm, Ops.Maximum(Ops.Sqrt(squaredNorm), norm)));
}
