// Trains a convolutional network on MNIST images in the IDX format, given the folder that holds
// t10k-images-idx3-ubyte(.gz) and t10k-labels-idx1-ubyte(.gz), with or without a prefix such as "mnist-".
// Nine tenths are learnt from, one tenth is held back.
//
//     dotnet run -c Release --project samples/Mnist -- FOLDER

using System.Globalization;
using Mnist;
using NKeras;
using NKeras.Layers;
using NKeras.Optimizers;
using Samples;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project samples/Mnist -- FOLDER");
    return 2;
}

(byte[] pixels, int[] pixelDims) = IdxFile.Find(args[0], "t10k-images-idx3-ubyte");
(byte[] labels, int[] labelDims) = IdxFile.Find(args[0], "t10k-labels-idx1-ubyte");
if (pixelDims is not [var count, 28, 28] || labelDims is not [var labelCount] || labelCount != count)
    throw new InvalidDataException($"Expected images of 28x28 and as many labels; found [{string.Join(", ", pixelDims)}] and [{string.Join(", ", labelDims)}].");

Utils.SetRandomSeed(1);
int train = count * 9 / 10;
Tensor Images(Range rows) => Tensor.From([.. pixels[(rows.Start.Value * 784)..(rows.End.Value * 784)].Select(p => p / 255f)], [rows.End.Value - rows.Start.Value, 28, 28, 1]);
Tensor xTrain = Images(..train), xTest = Images(train..count);
Tensor yTrain = Tensor.From(labels[..train]), yTest = Tensor.From(labels[train..]);

Sequential model = new(
[
    new Input(shape: [28, 28, 1]),
    new Conv2D(32, kernelSize: 3, activation: "relu"),
    new MaxPooling2D(2),
    new Conv2D(64, kernelSize: 3, activation: "relu"),
    new MaxPooling2D(2),
    new Flatten(),
    new Dropout(0.4),
    new Dense(128, activation: "relu"),
    new Dropout(0.5),
    new Dense(10, activation: "softmax"),
]);
model.Summary();
model.Compile(new Adam(learningRate: 1e-3), "sparse_categorical_crossentropy", metrics: ["accuracy"]);
model.Fit(xTrain, yTrain, batchSize: 64, epochs: 14);

Pictures.Show(Tensor.From(pixels[(train * 784)..], [count - train, 28, 28]), yTest, model.Predict(xTest, verbose: 0), count: 2, black: 255);

double[] result = model.Evaluate(xTest, yTest, verbose: 0);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy: {result[1]:F4}"));
return 0;
