// Trains a variational autoencoder on real handwritten digits (8x8 pixels), and draws digits that nobody wrote.
//
//     dotnet run -c Release --project samples/Vae

using NKeras;
using NKeras.Optimizers;
using Samples.Vae;

Utils.SetRandomSeed(42);
var ((images, _), _) = Datasets.Digits.LoadData();
Tensor pixels = Ops.ExpandDims(Ops.Cast(images, "float32") / 16.0, axis: -1);

VariationalAutoencoder model = new();
model.Compile(new Adam(learningRate: 2e-3));
model.Fit(pixels, batchSize: 64, epochs: 60, verbose: 2);

Console.WriteLine("\nDigits along the two axes of the code:");
DigitMap.Print(model.Decoder, rows: 5, columns: 9);
