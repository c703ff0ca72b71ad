using NKeras.Saving;

namespace NKeras.Losses;

/// <summary>A function of one's own as a loss (Keras's <c>LossFunctionWrapper</c>, which it makes of a function given to <c>compile</c>).</summary>
/// <example><code>
/// static Tensor Asymmetric(Tensor yTrue, Tensor yPred) =&gt; Ops.Mean(Ops.Maximum(3.0 * (yTrue - yPred), yPred - yTrue), -1);
///
/// model.Compile("adam", loss: new LossFunctionWrapper(Asymmetric));
/// model.Compile("adam", loss: new() { ["price"] = new LossFunctionWrapper(Asymmetric, reduction: "sum"), ["kind"] = "mse" });
/// </code></example>
public class LossFunctionWrapper : Loss
{
    /// <summary>Creates the loss.</summary>
    /// <param name="fn">
    /// Maps targets and predictions to one value per sample. To be written to files it has to be registered
    /// (<c>Utils.RegisterKerasSerializable</c>) or be one of <see cref="LossFunctions"/>.
    /// </param>
    /// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
    /// <param name="name">The name; that of the function in snake case if omitted, <c>lambda</c> where it has none.</param>
    /// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
    // Keras: an unnamed wrapper is loss_function_wrapper, _1, …; one that compile makes is called as the function.
    public LossFunctionWrapper(Func<Tensor, Tensor, Tensor> fn, string? reduction = "sum_over_batch_size", string? name = null, DType? dtype = null)
        : base(name ?? ComparisonFunctions.ShortName(fn), reduction, dtype)
    {
        ArgumentNullException.ThrowIfNull(fn);
        Fn = fn;
    }

    /// <summary>Maps targets and predictions to one value per sample.</summary>
    public Func<Tensor, Tensor, Tensor> Fn { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = LossReduction.MatchRanks(yTrue, yPred);
        return Fn(yTrue, yPred);
    }
}
