// Training loops written from scratch: gradients, optimizers, metrics and losses of layers by hand, compiled into one step; and a
// generative adversarial network. After Keras's guides "Writing a training loop from scratch".
//
//     dotnet run -c Release --project samples/CustomTrainingLoops

using System.Diagnostics;
using NKeras;
using Samples.CustomTrainingLoops;

Utils.SetRandomSeed(42);
var (train, test) = DigitClassifier.Data();
foreach (bool compiled in new[] { false, true })
{
    Console.WriteLine(compiled ? "\nThe same, compiled" : "Function by function");
    Stopwatch watch = Stopwatch.StartNew();
    new TrainingLoop(DigitClassifier.Create(), compiled).Run(train, test, epochs: 5, batchSize: 64, Console.WriteLine);
    Console.WriteLine($"{watch.Elapsed.TotalSeconds:F1} s");
}

Console.WriteLine("\nA generator and a discriminator");
Tensor images = Ops.Reshape(train.X, [-1, 8, 8, 1]);
GanLoop gan = new();
var losses = gan.Run(images, steps: 1500, batchSize: 64);
for (int i = 0; i < losses.Count; i += 250) Console.WriteLine($"step {i}: discriminator {losses[i].Discriminator:F3}, generator {losses[i].Generator:F3}");

const string Shades = " .:-=+*#%@";
float[] pixels = gan.Generator.Predict(RandomOps.Normal([6, 16]), verbose: 0).ToArray<float>();
for (int row = 0; row < 8; row++)
    Console.WriteLine(string.Join("  ", Enumerable.Range(0, 6).Select(i => string.Concat(Enumerable.Range(0, 8).Select(c => Shades[(int)(pixels[(i * 64) + (row * 8) + c] * 9.99)])))));
