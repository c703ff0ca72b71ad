namespace NKeras.Losses;

/// <summary>What Keras makes of <c>loss="crossentropy"</c>: binary, sparse or categorical, as the shapes say.</summary>
internal sealed class CrossentropyByShape() : Loss("crossentropy")
{
    public override Tensor Call(Tensor yTrue, Tensor yPred) => For(yTrue.Shape, yPred.Shape).Call(yTrue, yPred);

    internal override bool TakesClassNumbers(Shape yTrue, Shape yPred) => For(yTrue, yPred).TakesClassNumbers(yTrue, yPred);

    internal override bool Accepts(Shape yTrue, Shape yPred) => For(yTrue, yPred).Accepts(yTrue, yPred);

    internal override Shape? ValuesShape(Shape yPred) => TargetKind.Without(yPred, -1);

    private static Loss For(Shape yTrue, Shape yPred) => TargetKind.IsBinary(yPred) ? new BinaryCrossentropy()
        : TargetKind.IsSparse(yTrue, yPred) ? new SparseCategoricalCrossentropy()
        : new CategoricalCrossentropy();
}
