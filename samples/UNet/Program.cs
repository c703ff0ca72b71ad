// Trains a U-Net to tell for each pixel of a picture which handwritten digit it belongs to, if any.
// The pictures are made of real digits (8x8 pixels), placed at random.
//
//     dotnet run -c Release --project samples/UNet

using System.Globalization;
using NKeras;
using Samples.UNet;

Utils.SetRandomSeed(1);
Model model = UNetwork.Create([Canvases.Side, Canvases.Side, 1], Canvases.Classes, levels: [16, 32, 64]);
model.Summary();

(_, Scores test, Tensor pictures, Tensor truth) = SegmentationTraining.Train(model, new SegmentationOptions());

// The first test picture: what each pixel is, and what the network says.
int[] says = Ops.Argmax(model.Predict(pictures[..1], verbose: 0), axis: -1).ToArray<int>();
int[] are = truth[0].ToArray<int>();
string Row(int[] classes, int row) => string.Concat(classes[(row * Canvases.Side)..((row + 1) * Canvases.Side)].Select(c => c == Canvases.Background ? "." : $"{c}"));
Console.WriteLine();
for (int row = 0; row < Canvases.Side; row++) Console.WriteLine($"{Row(are, row)}    {Row(says, row)}");

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\npixels right: {test["accuracy"]:F4}, mean IoU: {test["mean_iou"]:F4}"));
