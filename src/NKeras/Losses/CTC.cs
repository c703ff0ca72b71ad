namespace NKeras.Losses;

/// <summary>
/// The negative log-probability of a sequence of labels, however its labels are spread over the steps of the predictions
/// (<c>keras.losses.CTC</c>; Graves et al., 2006).
/// </summary>
/// <remarks>
/// Targets have shape (batch, labels): class numbers, filled up with 0 at the end, which stands for the blank and is no label. Predictions
/// have shape (batch, steps, classes): logits, all steps of which count.
/// </remarks>
/// <param name="reduction">How the samples' values become one; see <see cref="Loss"/>.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type to compute in; the floating-point default if omitted.</param>
/// <example><code>
/// model.Compile("adam", loss: new CTC());
/// model.Fit(spectrograms, Utils.PadSequences(words, padding: "post"));
/// </code></example>
public sealed class CTC(string? reduction = "sum_over_batch_size", string? name = "ctc", DType? dtype = null)
    : Loss(name, reduction, dtype)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred) => LossFunctions.Ctc(yTrue, yPred);

    internal override bool TakesClassNumbers(Shape yTrue, Shape yPred) => true;

    internal override Shape? ValuesShape(Shape yPred) => yPred.Rank == 3 ? new Shape([yPred.Dims[0]]) : null;

    internal override bool Accepts(Shape yTrue, Shape yPred) =>
        yTrue.Rank == 2 && yPred.Rank == 3 && new Shape([yTrue.Dims[0]]).IsCompatibleWith(new Shape([yPred.Dims[0]]));
}
