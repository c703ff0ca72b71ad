namespace NKeras.Conformance.Doubles;

/// <summary>The function that Keras's tests of <c>MeanMetricWrapper</c> register as <c>test&gt;mse</c>.</summary>
internal static class SquaredDifference
{
    private static readonly Func<Tensor, Tensor, Tensor> s_function = (yTrue, yPred) => Ops.Square(yTrue - yPred);

    /// <summary>Makes the name known.</summary>
    public static void Register() => Utils.RegisterKerasSerializable(s_function, "test", "mse");
}
