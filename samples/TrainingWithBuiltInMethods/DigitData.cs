using NKeras;

namespace Samples.TrainingWithBuiltInMethods;

/// <summary>The digits as rows of 64 numbers in [0, 1].</summary>
public static class DigitData
{
    public static ((Tensor X, Tensor Y) Train, (Tensor X, Tensor Y) Test) Load()
    {
        var ((xTrain, yTrain), (xTest, yTest)) = Datasets.Digits.LoadData();
        return ((Rows(xTrain), yTrain), (Rows(xTest), yTest));
    }

    private static Tensor Rows(Tensor images) => Ops.Reshape(Ops.Cast(images, "float32") / 16.0, [-1, 64]);
}
