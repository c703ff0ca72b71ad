// Trains a residual convnet on 1,797 real handwritten digits (8x8 pixels).
//
//     dotnet run -c Release --project samples/ResNet

using System.Globalization;
using NKeras;
using Samples.ResNet;

Utils.SetRandomSeed(1);
Model model = ResidualNetwork.Create([8, 8, 1], classes: 10, stages: [16, 32, 64], blocks: 2);
model.Summary();

(_, double accuracy) = DigitTraining.Train(model, new DigitTrainingOptions());
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy: {accuracy:F4}"));
