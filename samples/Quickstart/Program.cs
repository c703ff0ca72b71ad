// Trains a small convolutional network on 1,797 real handwritten digits (8x8 pixels) and shows what it learnt.
//
//     dotnet run -c Release --project samples/Quickstart

using System.Globalization;
using NKeras;
using NKeras.Layers;
using NKeras.Optimizers;
using Samples;

Utils.SetRandomSeed(42);

// A fifth of the digits is held back: the network never sees it in training.
var ((xTrain, yTrain), (xTest, yTest)) = Datasets.Digits.LoadData(testSplit: 0.2);

// Pixels from 0..16 to 0..1, with a channel axis at the end.
Tensor Prepare(Tensor images) => Ops.ExpandDims(Ops.Cast(images, "float32") / 16.0, axis: -1);

Sequential model = new(
[
    new Input(shape: [8, 8, 1]),
    new Conv2D(32, kernelSize: 3, padding: "same", activation: "relu"),
    new BatchNormalization(momentum: 0.9),
    new Conv2D(64, kernelSize: 3, padding: "same", activation: "relu"),
    new BatchNormalization(momentum: 0.9),
    new MaxPooling2D(2),
    new Dropout(0.3),
    new Conv2D(64, kernelSize: 3, padding: "same", activation: "relu"),
    new BatchNormalization(momentum: 0.9),
    new Flatten(),
    new Dropout(0.5),
    new Dense(10, activation: "softmax"),
],
name: "digits");
model.Summary();

model.Compile(new Adam(learningRate: 2e-3), "sparse_categorical_crossentropy", metrics: ["accuracy"]);
model.Fit(Prepare(xTrain), yTrain, batchSize: 32, epochs: 20, validationSplit: 0.1);

// Smaller steps at the end settle what large ones leave undecided.
model.Optimizer.LearningRate = 2e-4;
model.Fit(Prepare(xTrain), yTrain, batchSize: 32, initialEpoch: 20, epochs: 30, validationSplit: 0.1);

Tensor probabilities = model.Predict(Prepare(xTest), verbose: 0);
Pictures.Show(xTest, yTest, probabilities, count: 5, black: 16);

double[] result = model.Evaluate(Prepare(xTest), yTest, verbose: 0);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy: {result[1]:F4}"));
