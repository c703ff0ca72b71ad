// Callbacks of one's own: one that notes every call, one that stops early, one that sets the learning rate.
// After Keras's guide "Writing your own callbacks".
//
//     dotnet run -c Release --project samples/WritingCallbacks

using NKeras;
using NKeras.Layers;
using NKeras.Optimizers;
using Samples.WritingCallbacks;

Utils.SetRandomSeed(42);
var ((images, labels), _) = Datasets.Digits.LoadData();
Tensor x = Ops.Reshape(Ops.Cast(images, "float32") / 16.0, [-1, 64]);

Model Regression(double rate)
{
    // The digit as a number: a hard way to learn it, but enough to watch.
    Sequential model = new([new Input([64]), new Dense(16, activation: "relu"), new Dense(1)]);
    model.Compile(new RMSprop(rate), "mse", metrics: ["mae"]);
    return model;
}

Console.WriteLine("What is called, and when");
TracingCallback tracing = new();
Model model = Regression(0.01);
model.Fit(x[..256], labels[..256], batchSize: 128, epochs: 1, validationSplit: 0.5, verbose: 0, callbacks: [tracing]);
model.Evaluate(x[..128], labels[..128], batchSize: 128, verbose: 0, callbacks: [tracing]);
model.Predict(x[..128], batchSize: 128, verbose: 0, callbacks: [tracing]);
foreach (string call in tracing.Calls) Console.WriteLine($"  {call}");

Console.WriteLine("\nStops where the loss does not fall any more");
EarlyStoppingAtMinLoss stopping = new(patience: 2);
Regression(0.05).Fit(x, labels, batchSize: 64, epochs: 100, verbose: 2, callbacks: [stopping]);
Console.WriteLine($"stopped after epoch {stopping.StoppedEpoch + 1}");

Console.WriteLine("\nA learning rate by the epoch");
Dictionary<int, double> steps = new() { [3] = 0.05, [6] = 0.01, [9] = 0.005, [12] = 0.001 };
CustomLearningRateScheduler scheduler = new((epoch, rate) => steps.GetValueOrDefault(epoch, rate));
Regression(0.1).Fit(x, labels, batchSize: 64, epochs: 15, verbose: 2, callbacks: [scheduler]);
Console.WriteLine($"rates: {string.Join(", ", scheduler.Rates)}");
