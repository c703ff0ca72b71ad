namespace NKeras;

public static partial class LossFunctions
{
    /// <summary>The weight of all classes in <see cref="CategoricalFocalCrossentropy"/> if none is given.</summary>
    internal static Floats FocalAlpha { get; } = 0.25;

    /// <summary>The Kullback-Leibler divergence: the sum over the last axis of target · ln(target / prediction), both at least 1e-7.</summary>
    /// <param name="yTrue">The target distributions, shape (batch, …, n).</param>
    /// <param name="yPred">The predicted ones, the same shape.</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor KlDivergence(Tensor yTrue, Tensor yPred)
    {
        yPred = Floating(yPred);
        yTrue = Ops.Clip(Ops.Cast(yTrue, yPred.DType), Config.Epsilon(), 1.0);
        yPred = Ops.Clip(yPred, Config.Epsilon(), 1.0);
        return Ops.Sum(Ops.Multiply(yTrue, Ops.Log(Ops.Divide(yTrue, yPred))), -1);
    }

    /// <summary>The average over the last axis of prediction - target · ln(prediction).</summary>
    /// <param name="yTrue">The counts, shape (batch, …, n).</param>
    /// <param name="yPred">The predicted means, the same shape.</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor Poisson(Tensor yTrue, Tensor yPred)
    {
        yPred = Floating(yPred);
        yTrue = Ops.Cast(yTrue, yPred.DType);
        return Ops.Mean(Ops.Subtract(yPred, Ops.Multiply(yTrue, Ops.Log(Ops.Add(yPred, Config.Epsilon())))), -1);
    }

    /// <summary>Cross-entropy of yes-or-no targets times (1 - probability of the target)^gamma, averaged over an axis (Lin et al., 2018).</summary>
    /// <param name="yTrue">The targets: 0, 1 or a probability.</param>
    /// <param name="yPred">The predictions, the same shape.</param>
    /// <param name="applyClassBalancing">Whether the two classes are weighted by <paramref name="alpha"/>.</param>
    /// <param name="alpha">The weight of class 1; that of class 0 is 1 - alpha.</param>
    /// <param name="gamma">How strongly good predictions are discounted; 0 for not at all.</param>
    /// <param name="fromLogits">Whether predictions are logits rather than probabilities.</param>
    /// <param name="labelSmoothing">How far targets are drawn towards one half, in [0, 1].</param>
    /// <param name="axis">The axis whose elements are averaged.</param>
    public static Tensor BinaryFocalCrossentropy(
        Tensor yTrue, Tensor yPred, bool applyClassBalancing = false, double alpha = 0.25, double gamma = 2.0, bool fromLogits = false, double labelSmoothing = 0.0, int axis = -1)
    {
        yPred = Floating(yPred);
        yTrue = Ops.Cast(yTrue, yPred.DType);
        if (CheckSmoothing(labelSmoothing) != 0) yTrue = Ops.Add(Ops.Multiply(yTrue, 1 - labelSmoothing), 0.5 * labelSmoothing);
        if (fromLogits) yPred = Ops.Sigmoid(yPred);
        Tensor entropy = Ops.BinaryCrossentropy(yTrue, yPred);
        Tensor probability = Either(yPred, Ops.Subtract(1.0, yPred));
        Tensor focal = Ops.Multiply(Ops.Power(Ops.Subtract(1.0, probability), gamma), entropy);
        if (applyClassBalancing) focal = Ops.Multiply(Either(alpha, 1 - alpha), focal);
        return Ops.Mean(focal, axis);

        Tensor Either(Tensor yes, Tensor no) => Ops.Add(Ops.Multiply(yTrue, yes), Ops.Multiply(Ops.Subtract(1.0, yTrue), no));
    }

    /// <summary>Cross-entropy of target distributions in which each class counts alpha · (1 - its probability)^gamma (Lin et al., 2018).</summary>
    /// <param name="yTrue">The targets, shape (batch, …, classes).</param>
    /// <param name="yPred">The predictions, the same shape.</param>
    /// <param name="alpha">The weight of all classes, or of each; 0.25 if omitted.</param>
    /// <param name="gamma">How strongly good predictions are discounted; 0 for not at all.</param>
    /// <param name="fromLogits">Whether predictions are logits rather than probabilities.</param>
    /// <param name="labelSmoothing">How far targets are drawn towards the uniform distribution, in [0, 1].</param>
    /// <param name="axis">The axis of the classes.</param>
    /// <returns>Shape (batch, …).</returns>
    public static Tensor CategoricalFocalCrossentropy(
        Tensor yTrue, Tensor yPred, Floats? alpha = null, double gamma = 2.0, bool fromLogits = false, double labelSmoothing = 0.0, int axis = -1)
    {
        yPred = Floating(yPred);
        yTrue = Smoothed(Ops.Cast(yTrue, yPred.DType), yPred.Shape, labelSmoothing, axis);
        if (fromLogits) yPred = Ops.Softmax(yPred, axis);
        Tensor share = Ops.Divide(yPred, Ops.Sum(yPred, axis, keepdims: true));
        share = Ops.Clip(share, Config.Epsilon(), 1 - Config.Epsilon());
        Tensor factor = Ops.Multiply(Ops.Power(Ops.Subtract(1.0, share), gamma), PerClass(alpha ?? FocalAlpha, yPred, axis));
        return Ops.Negative(Ops.Sum(Ops.Multiply(factor, Ops.Multiply(yTrue, Ops.Log(share))), axis));
    }

    /// <summary>Numbers that lie along the axis of the classes.</summary>
    private static Tensor PerClass(Floats numbers, Tensor like, int axis)
    {
        if (numbers.Count == 1) return numbers[0];
        if (like.Shape[axis] is { } classes && classes != numbers.Count)
            throw new ArgumentException($"alpha has {numbers.Count} weights, but predictions of shape {like.Shape} have {classes} classes.", nameof(numbers));
        int[] dims = [.. Enumerable.Repeat(1, like.Rank)];
        dims[like.Shape.Axis(axis)] = numbers.Count;
        return Ops.Cast(Tensor.From<double>([.. numbers], dims), like.DType);
    }

    /// <summary>Targets drawn towards the uniform distribution.</summary>
    private static Tensor Smoothed(Tensor yTrue, Shape yPred, double labelSmoothing, int axis)
    {
        if (CheckSmoothing(labelSmoothing) == 0) return yTrue;
        int classes = yPred[axis] ?? throw new ArgumentException($"Label smoothing needs the number of classes, which is unknown in predictions of shape {yPred}.");
        return Ops.Add(Ops.Multiply(yTrue, 1 - labelSmoothing), labelSmoothing / classes);
    }
}
