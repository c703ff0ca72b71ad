using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras.Training;

/// <summary>One step over a batch of fixed shapes, compiled into one program that updates all state in place.</summary>
internal sealed class TrainingStep
{
    private readonly Executable _executable;

    private TrainingStep(Executable executable, Tensors structure, CompositeSpec?[] composites) =>
        (_executable, Structure, Composites) = (executable, structure, composites);

    /// <summary>What is known of predictions that are sparse or ragged; null for each that is not.</summary>
    public CompositeSpec?[] Composites { get; }

    private Tensors Structure { get; }

    /// <summary>Shapes and types of the blocks of numbers that predictions consist of; empty unless the step predicts.</summary>
    public IReadOnlyList<TensorSpec> Outputs => _executable.OutputSpecs;

    /// <summary>Compiles a step.</summary>
    /// <param name="kind">What it does.</param>
    /// <param name="model">The model, built.</param>
    /// <param name="compilation">What the model was compiled with; not needed for predicting.</param>
    /// <param name="batch">Shapes and types of inputs, targets and sample weights, in this order.</param>
    public static TrainingStep Compile(StepKind kind, Model model, Compilation? compilation, BatchSpec batch)
    {
        Tensors structure = [];
        CompositeSpec?[] composites = [];
        Executable executable = Jit.Compile(batch.Parts, parts =>
        {
            Tensor[] tensors = batch.Assemble(parts);
            ArraySegment<Tensor> x = new(tensors, 0, batch.X), y = new(tensors, batch.X, batch.Y);
            ArraySegment<Tensor> weight = new(tensors, batch.X + batch.Y, tensors.Length - batch.X - batch.Y);
            structure = model.Call(batch.Structure, x, kind == StepKind.Train);
            IReadOnlyList<Tensor> predictions = structure.Flat;
            if (kind == StepKind.Predict)
            {
                model.ClearLosses();
                composites = [.. predictions.Select(p => (p as CompositeTensor)?.Composition)];
                return [.. predictions.SelectMany(CompositeSpec.PartsOf)];
            }

            Tensor loss = compilation!.Losses.Total(y, predictions, weight, model.Losses);
            model.ClearLosses();
            compilation.UpdateLoss(loss, x[0].Shape.Dims[0]);
            compilation.UpdateMetrics(y, predictions, weight);
            if (kind == StepKind.Train) Descend(model, compilation, loss);
            return [];
        });
        return new TrainingStep(executable, structure, composites);
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

    /// <summary>Runs a training or testing step. Allocates nothing once warm.</summary>
    /// <param name="batch">Inputs, targets and sample weights.</param>
    public void Run(ReadOnlySpan<Tensor> batch) => _executable.Run(batch, ReadOnlySpan<ConcreteTensor>.Empty);

    /// <summary>Runs a predicting step.</summary>
    /// <param name="batch">The inputs.</param>
    /// <param name="predictions">Tensors of the shapes of <see cref="Outputs"/>, which are overwritten.</param>
    public void Run(ReadOnlySpan<Tensor> batch, ReadOnlySpan<ConcreteTensor> predictions) => _executable.Run(batch, predictions);

    private static void Descend(Model model, Compilation compilation, Tensor loss)
    {
        IReadOnlyList<Variable> variables = model.TrainableVariables;
        if (variables.Count == 0) return;
        Trace trace = Trace.Current!;
        Tensor scaled = compilation.Optimizer.ScaleLoss(loss), one = Ops.Ones(Shape.Scalar, loss.DType);
        Tensor?[] gradients = Differentiation.Pullback([scaled], [one], [.. variables.Select(v => trace.ReadInitial(v.Cell))]);
        compilation.Optimizer.Apply(gradients, variables);
    }
}
