// Training with Compile, Fit, Evaluate and Predict: losses and metrics of one's own, weights of samples, data sets, several outputs,
// callbacks, schedules, and a picture of the history. After Keras's guide "Training & evaluation with the built-in methods".
//
//     dotnet run -c Release --project samples/TrainingWithBuiltInMethods

using NKeras;
using Samples.TrainingWithBuiltInMethods;

Utils.SetRandomSeed(42);
Guide guide = new();

Console.WriteLine("The usual way");
var (history, test, predictions) = guide.Usual();
Console.WriteLine($"test: {test}\nfirst predictions: {string.Join(", ", Ops.Argmax(predictions, axis: -1).ToArray<int>())}");

Console.WriteLine("\nLosses and metrics of one's own");
guide.OwnLossesAndMetrics();

Console.WriteLine("\nFives count twice, by class and by sample");
guide.Weights();

Console.WriteLine("\nFrom a data set, and from batches made as they are needed");
guide.Streams();

Console.WriteLine("\nTwo inputs, two outputs");
Console.WriteLine(guide.SeveralInputsAndOutputs().Scores);

Console.WriteLine("\nA schedule, and callbacks");
var (longer, notes) = guide.SchedulesAndCallbacks();
foreach (string note in notes) Console.WriteLine(note);
longer.Plot("training.svg");
Console.WriteLine($"\n{longer}\nDrawn in training.svg.");
