namespace NKeras.Optimizers;

/// <summary><see cref="Adam"/> with weight decay that has no part in the averages (<c>keras.optimizers.AdamW</c>; Loshchilov and Hutter, 2017).</summary>
/// <example><code>
/// AdamW optimizer = new(1e-3, weightDecay: 0.01);
/// optimizer.ExcludeFromWeightDecay(varNames: ["bias", "gamma"]);
/// model.Compile(optimizer, "mse");
/// </code></example>
public sealed class AdamW : Adam
{
    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">How far a step goes: a number, or a schedule; 0.001 if omitted.</param>
    /// <param name="weightDecay">The share of each variable, times the learning rate, that is taken off at every step.</param>
    /// <param name="beta1">How much of the average gradient each step keeps.</param>
    /// <param name="beta2">How much of the average squared gradient each step keeps.</param>
    /// <param name="epsilon">Keeps the division finite.</param>
    /// <param name="amsgrad">Whether the greatest average of squares so far is used.</param>
    /// <param name="clipnorm">The greatest norm of each gradient.</param>
    /// <param name="clipvalue">The greatest absolute value of a gradient's element.</param>
    /// <param name="globalClipnorm">The greatest norm of all gradients together.</param>
    /// <param name="useEma">Whether running averages of the variables are kept, which take the variables' place when <c>Fit</c> ends.</param>
    /// <param name="emaMomentum">How much of the running average each step keeps.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the variables become their running averages.</param>
    /// <param name="lossScaleFactor">What the loss is multiplied by before gradients are computed, and gradients are divided by.</param>
    /// <param name="gradientAccumulationSteps">Of how many steps the mean gradient is used for one update.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">A value is out of range, or more than one way of clipping is given.</exception>
    public AdamW(
        LearningRate? learningRate = null,
        double weightDecay = 0.004,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
        bool amsgrad = false,
        double? clipnorm = null,
        double? clipvalue = null,
        double? globalClipnorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        string? name = null)
        : base(learningRate, beta1, beta2, epsilon, amsgrad, weightDecay, clipnorm, clipvalue, globalClipnorm, useEma, emaMomentum, emaOverwriteFrequency, lossScaleFactor, gradientAccumulationSteps, name)
    {
    }
}
