// Other ideas of what a step of Fit does: a step written out, a step with the compiled loss and weights of samples, another loss only,
// and a generative adversarial network as a model. After Keras's guide "Customizing what happens in fit()".
//
//     dotnet run -c Release --project samples/CustomTrainSteps

using NKeras;
using NKeras.Layers;
using NKeras.Optimizers;
using Samples.CustomTrainSteps;

Utils.SetRandomSeed(42);
Tensor x = RandomOps.Uniform([1000, 32]), y = Ops.Sum(x, axis: 1, keepdims: true) / 32.0, weights = RandomOps.Uniform([1000]);

(Input, KerasTensor) Layers()
{
    Input inputs = new([32]);
    return (inputs, new Dense(1).Apply(new Dense(16, activation: "relu").Apply(inputs)));
}

Console.WriteLine("A step written out");
var (inputs, outputs) = Layers();
OwnStepModel own = new(inputs, outputs);
own.Compile(new Adam(1e-2));
own.Fit(x, y, epochs: 3, verbose: 2);
Console.WriteLine(own.Evaluate(x, y, verbose: 0));

Console.WriteLine("\nThe compiled loss and metrics, and weights of samples");
(inputs, outputs) = Layers();
CompiledStepModel compiled = new(inputs, outputs);
compiled.Compile(new Adam(1e-2), "mse", metrics: ["mae"]);
compiled.Fit(x, y, sampleWeight: weights, epochs: 3, verbose: 2);

Console.WriteLine("\nAnother loss only");
(inputs, outputs) = Layers();
OwnLossModel loss = new(inputs, outputs);
loss.Compile(new Adam(1e-2));
loss.Fit(x, y, epochs: 3, verbose: 2);

Console.WriteLine("\nA generative adversarial network");
var ((images, _), _) = Datasets.Digits.LoadData();
Gan gan = new(new Adam(1e-3, beta1: 0.5), new Adam(2e-3, beta1: 0.5));
gan.Compile();
gan.Fit(Ops.ExpandDims(Ops.Cast(images, "float32") / 16.0, axis: -1), batchSize: 64, epochs: 5, verbose: 2);
