using NKeras.Core;
using NKeras.Initializers;

namespace NKeras.Layers;

// Batch renormalization: the batch's statistics are corrected by a factor r and an offset d, which count as constants, so that what
// training computes is what inference will compute.
public sealed partial class BatchNormalization
{
    private const string LeastFactor = "rmin", GreatestFactor = "rmax", GreatestOffset = "dmax";

    private Variable? _movingStddev;
    private Variable? _renormMean;
    private Variable? _renormStddev;

    private void AddRenormStatistics(int channels)
    {
        _movingStddev = AddWeight("moving_stddev", [channels], new SquareRoot(RandomInitializer.Anew(MovingVarianceInitializer)), trainable: false, autocast: false);
        _renormMean = AddWeight("renorm_mean", [channels], RandomInitializer.Anew(MovingMeanInitializer), trainable: false, autocast: false);
        _renormStddev = AddWeight("renorm_stddev", [channels], new SquareRoot(RandomInitializer.Anew(MovingVarianceInitializer)), trainable: false, autocast: false);
    }

    /// <summary>Gamma and beta that do the correction, too: (x · r + d) · gamma + beta.</summary>
    private (Tensor Gamma, Tensor Beta) Corrected(Tensor mean, Tensor variance, Tensor? gamma, Tensor? beta)
    {
        // Early in training the average may be near zero.
        Tensor stddev = Ops.Maximum(Ops.Cast(_renormStddev!, mean.DType), Math.Sqrt(Epsilon));
        Tensor r = Ops.Divide(Ops.Sqrt(Ops.Add(variance, Epsilon)), stddev), d = Ops.Divide(Ops.Subtract(mean, Ops.Cast(_renormMean!, mean.DType)), stddev);
        if (Bound(LeastFactor) is { } least) r = Ops.Maximum(r, least);
        if (Bound(GreatestFactor) is { } most) r = Ops.Minimum(r, most);
        if (Bound(GreatestOffset) is { } offset) d = Ops.Clip(d, -offset, offset);
        (r, d) = (Ops.StopGradient(r), Ops.StopGradient(d));
        if (gamma is not null) (r, d) = (Ops.Multiply(r, gamma), Ops.Multiply(d, gamma));
        return (r, beta is null ? d : Ops.Add(d, beta));
    }

    private void UpdateRenormStatistics(Tensor mean, Tensor variance)
    {
        Tensor stddev = Ops.Sqrt(Ops.Add(variance, Epsilon));
        Average(_renormMean!, mean, RenormMomentum);
        Average(_renormStddev!, stddev, RenormMomentum);
        Average(MovingMean, mean, Momentum);
        Average(_movingStddev!, stddev, Momentum);
        // Rounding may leave less than nothing.
        MovingVariance.Assign(Ops.Relu(Ops.Subtract(Ops.Square(Ops.Cast(_movingStddev!, mean.DType)), Epsilon)));
    }

    private double? Bound(string key) => RenormClipping!.TryGetValue(key, out double bound) ? bound : null;

    private IReadOnlyDictionary<string, double> CheckClipping(IReadOnlyDictionary<string, double> bounds)
    {
        string[] known = [LeastFactor, GreatestFactor, GreatestOffset];
        if (bounds.Keys.FirstOrDefault(k => !known.Contains(k)) is { } unknown)
            throw new ArgumentException($"Layer '{Name}': renormClipping has \"rmin\", \"rmax\" and \"dmax\"; received '{unknown}'.", "renormClipping");
        if (bounds.TryGetValue(LeastFactor, out double least) && bounds.TryGetValue(GreatestFactor, out double most) && most < least)
            throw new ArgumentException($"Layer '{Name}': in renormClipping, rmax is not less than rmin; received rmax={most} and rmin={least}.", "renormClipping");
        if (bounds.TryGetValue(GreatestOffset, out double offset) && offset < 0)
            throw new ArgumentException($"Layer '{Name}': in renormClipping, dmax is not negative; received {offset}.", "renormClipping");
        return bounds;
    }

    /// <summary>Makes standard deviations as another initializer makes variances.</summary>
    private sealed class SquareRoot(Initializer variances) : Initializer
    {
        public override Tensor Apply(Shape shape, DType? dtype = null)
        {
            Tensor variance = variances.Apply(shape, dtype);
            using WideScope scope = WideScope.Of(variance);
            return Ops.Sqrt(variance);
        }
    }
}
