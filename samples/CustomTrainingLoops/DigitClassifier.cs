using NKeras;
using NKeras.Layers;

namespace Samples.CustomTrainingLoops;

/// <summary>A small network for the digits, as rows of 64 numbers, that also keeps its hidden values small by a loss of a layer's.</summary>
public static class DigitClassifier
{
    public static Model Create()
    {
        Input inputs = new([64], name: "digits");
        KerasTensor x = new ActivityPenalty(1e-4).Apply(new Dense(64, activation: "relu").Apply(inputs));
        x = new Dense(64, activation: "relu").Apply(x);
        return new Model(inputs, new Dense(10, name: "scores").Apply(x));
    }

    public static ((Tensor X, Tensor Y) Train, (Tensor X, Tensor Y) Test) Data()
    {
        var ((xTrain, yTrain), (xTest, yTest)) = Datasets.Digits.LoadData();
        return ((Rows(xTrain), Ops.Cast(yTrain, "int32")), (Rows(xTest), Ops.Cast(yTest, "int32")));

        static Tensor Rows(Tensor images) => Ops.Reshape(Ops.Cast(images, "float32") / 16.0, [-1, 64]);
    }
}
