using System.Runtime.CompilerServices;

namespace NKeras;

public partial class Model
{
    /// <summary>Says how the model is to be trained and judged, with a function of one's own as the loss (<c>Model.compile</c>).</summary>
    /// <param name="optimizer">An optimizer or its name; <c>"rmsprop"</c> if null.</param>
    /// <param name="loss">Maps targets and predictions to one value per sample; what training makes small for all outputs.</param>
    /// <param name="lossWeights">How much each output's loss counts.</param>
    /// <param name="metrics">What else is reported: metrics or their names; sample weights do not apply to them.</param>
    /// <param name="weightedMetrics">The same, with sample weights applied.</param>
    /// <param name="runEagerly">Whether the code of layers, losses, metrics and steps runs for each batch and sees its numbers. Much slower; to find mistakes.</param>
    /// <param name="stepsPerExecution">How many batches are done between two looks at callbacks and the progress bar.</param>
    /// <param name="autoScaleLoss">Whether the optimizer of a model that computes in float16 is wrapped so that small gradients do not vanish.</param>
    /// <exception cref="ArgumentException">A name is unknown; the message suggests the nearest.</exception>
    /// <example><code>
    /// static Tensor Asymmetric(Tensor yTrue, Tensor yPred) =&gt; Ops.Mean(Ops.Maximum(3.0 * (yTrue - yPred), yPred - yTrue), -1);
    ///
    /// model.Compile("adam", loss: Asymmetric, metrics: ["mae", MetricFunctions.Get(Asymmetric)]);
    /// </code></example>
    // Keras: takes functions among losses by output, too; those are wrapped in C#: new LossFunctionWrapper(Asymmetric).
    [OverloadResolutionPriority(-1)]
    public void Compile(
        Optimizers.Optimizer? optimizer,
        Func<Tensor, Tensor, Tensor> loss,
        LossWeightsByOutput? lossWeights = null,
        MetricsByOutput? metrics = null,
        MetricsByOutput? weightedMetrics = null,
        bool runEagerly = false,
        int stepsPerExecution = 1,
        bool autoScaleLoss = true) =>
        Compile(optimizer, (LossesByOutput)loss, lossWeights, metrics, weightedMetrics, runEagerly, stepsPerExecution, autoScaleLoss);
}
