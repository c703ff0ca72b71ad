using NKeras;
using NKeras.Losses;

namespace Samples.TrainingWithBuiltInMethods;

/// <summary>A loss of one's own: squared errors, and a penalty for predictions that are far from 0.5, so that the network does not become too sure.</summary>
public sealed class UnsureSquares(double regularizationFactor = 0.1, string? name = "unsure_squares") : Loss(name)
{
    public double RegularizationFactor { get; } = regularizationFactor;

    public override Tensor Call(Tensor yTrue, Tensor yPred) =>
        Ops.Mean(Ops.Square(yTrue - yPred), axis: -1) + (RegularizationFactor * Ops.Mean(Ops.Square(0.5 - yPred), axis: -1));
}
