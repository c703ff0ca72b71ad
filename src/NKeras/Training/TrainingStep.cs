using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Runtime;

namespace NKeras.Training;

/// <summary>One step over a batch of fixed shapes, compiled into one program that updates all state in place.</summary>
internal sealed class TrainingStep
{
    private readonly Executable _executable;

    private readonly Compilation? _compilation;
    private readonly StepLogs? _logs;

    private TrainingStep(Executable executable, Tensors structure, CompositeSpec?[] composites, Compilation? compilation, StepLogs? logs) =>
        (_executable, Structure, Composites, _compilation, _logs) = (executable, structure, composites, compilation, logs);

    /// <summary>What is known of predictions that are sparse or ragged; null for each that is not.</summary>
    public CompositeSpec?[] Composites { get; }

    private Tensors Structure { get; }

    /// <summary>Shapes and types of the blocks of numbers that predictions consist of; empty unless the step predicts.</summary>
    public IReadOnlyList<TensorSpec> Outputs => _executable.OutputSpecs;

    /// <summary>Whether functions on the host take part: then batches are completed first (<see cref="Complete"/>).</summary>
    public bool IsHosted => _executable is HostedExecutable;

    /// <summary>Compiles a step.</summary>
    /// <param name="kind">What it does.</param>
    /// <param name="model">The model, built.</param>
    /// <param name="compilation">What the model was compiled with; not needed for predicting.</param>
    /// <param name="batch">Shapes and types of inputs, targets and sample weights, in this order.</param>
    /// <param name="data">The data, if what is traced may look at it.</param>
    /// <param name="hostData">Gives data to functions on the host, if there are any.</param>
    public static TrainingStep Compile(StepKind kind, Model model, Compilation? compilation, BatchSpec batch, Tensor[]? data = null, Func<Tensor[]>? hostData = null)
    {
        Tensors structure = [];
        CompositeSpec?[] composites = [];
        StepLogs? logs = null;
        Executable executable = Jit.Compile(batch.Parts, Trace, data, hostData);
        return new TrainingStep(executable, structure, composites, compilation, logs);

        IReadOnlyList<Tensor> Trace(Tensor[] parts)
        {
            Tensor[] tensors = batch.Assemble(parts);
            ArraySegment<Tensor> x = new(tensors, 0, batch.X), y = new(tensors, batch.X, batch.Y);
            ArraySegment<Tensor> weight = new(tensors, batch.X + batch.Y, tensors.Length - batch.X - batch.Y);
            if (kind != StepKind.Predict)
            {
                Batch data = new(batch.Structure.Pack(x), Given(y), Given(weight));
                if (model.RunStep(kind, data) is not { } reported) return [];
                logs = new StepLogs([.. reported.Keys]);
                return StepLogs.Numbers($"{(kind == StepKind.Train ? nameof(Model.TrainStep) : nameof(Model.TestStep))} of model '{model.Name}'", reported);
            }

            structure = model.PredictStep(new Batch(batch.Structure.Pack(x))) ?? throw new InvalidOperationException($"{nameof(Model.PredictStep)} of model '{model.Name}' returned null; it returns predictions.");
            IReadOnlyList<Tensor> predictions = structure.Flat;
            model.ClearLosses();
            composites = [.. predictions.Select(p => (p as CompositeTensor)?.Composition)];
            return [.. predictions.SelectMany(CompositeSpec.PartsOf)];
        }
    }

    /// <summary>Predictions in the structure in which the model gives them.</summary>
    /// <param name="predictions">One for each output.</param>
    public Tensors Pack(IReadOnlyList<Tensor> predictions)
    {
        if (Structure.Names is not { } names) return Structure.With(predictions);
        string[] sorted = [.. names.Order(StringComparer.Ordinal)];
        return Structure.With([.. names.Select(n => predictions[Array.IndexOf(sorted, n)])]);
    }

    /// <summary>What an output is called in errors.</summary>
    public string OutputName(int output) => Structure.Names is { } names ? $"'{names.Order(StringComparer.Ordinal).ElementAt(output)}'" : $"{output}";

    /// <summary>A batch with what functions on the host make of it.</summary>
    /// <param name="batch">Inputs, targets and sample weights.</param>
    public Tensor[] Complete(ReadOnlySpan<Tensor> batch) => ((HostedExecutable)_executable).Complete(batch);

    /// <summary>Whether the step was compiled for what functions on the host made of a batch.</summary>
    public bool Fits(ReadOnlySpan<Tensor> completed) => _executable.Fits(completed);

    /// <summary>Runs a training or testing step. Allocates nothing once warm.</summary>
    /// <param name="batch">Inputs, targets and sample weights.</param>
    public void Run(ReadOnlySpan<Tensor> batch)
    {
        _executable.Run(batch, _logs == null ? [] : _logs.Values);
        _compilation!.Logs = _logs;
    }

    /// <summary>Runs a predicting step.</summary>
    /// <param name="batch">The inputs.</param>
    /// <param name="predictions">Tensors of the shapes of <see cref="Outputs"/>, which are overwritten.</param>
    public void Run(ReadOnlySpan<Tensor> batch, ReadOnlySpan<ConcreteTensor> predictions) => _executable.Run(batch, predictions);

    private static Tensors? Given(ArraySegment<Tensor> tensors) => tensors.Count switch
    {
        0 => null,
        1 => tensors[0],
        _ => Tensors.Create([.. tensors]),
    };
}
