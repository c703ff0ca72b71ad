namespace NKeras;

/// <summary>Small datasets that are ready to use: one nested class each, with one function, <c>LoadData</c>.</summary>
/// <example>
/// <code>
/// var ((xTrain, yTrain), (xTest, yTest)) = Datasets.Mnist.LoadData();
/// </code>
/// </example>
public static partial class Datasets
{
}
