using NKeras.Layers;
using NKeras.Models;

namespace NKeras.Training;

/// <summary>A model's compiled steps, one for each kind of step and shape of batch.</summary>
internal sealed class StepCache(Model model)
{
    /// <summary>Steps kept; past that the oldest goes, so that odd batch sizes cannot grow the cache without bound.</summary>
    private const int MostKept = 128;

    private readonly Lock _gate = new();
    private readonly Dictionary<(StepKind, BatchSpec), TrainingStep> _steps = [];
    private readonly Queue<(StepKind, BatchSpec)> _order = [];
    private FunctionGraph? _graph;
    private object?[] _trainable = [];

    /// <summary>The step for batches of given shapes, compiled if there is none.</summary>
    /// <param name="kind">What it does.</param>
    /// <param name="compilation">What the model was compiled with; not needed for predicting.</param>
    /// <param name="batch">The shapes.</param>
    /// <param name="hostData">Gives a batch to functions on the host, on which shapes of theirs may depend.</param>
    public TrainingStep Get(StepKind kind, Compilation? compilation, BatchSpec batch, Func<Tensor[]>? hostData = null)
    {
        lock (_gate)
        {
            if (_steps.TryGetValue((kind, batch), out TrainingStep? step)) return step;
            step = TrainingStep.Compile(kind, model, compilation, batch, hostData: hostData);
            if (_steps.Count >= MostKept) _steps.Remove(_order.Dequeue());
            _steps.Add((kind, batch), step);
            _order.Enqueue((kind, batch));
            return step;
        }
    }

    /// <summary>Drops everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _steps.Clear();
            _order.Clear();
        }
    }

    /// <summary>Drops everything if the model was rebuilt, layers were frozen, thawed, quantized or adapted, or the optimizer was given a schedule, since the steps were compiled.</summary>
    public void DropStale()
    {
        Layer[] layers = [model, .. model.AllSubLayers];
        Variable[] weights = [.. layers.SelectMany(l => l.OwnWeights)];
        object?[] trainable = [.. layers.Select(l => l.Trainable ? l : null), .. layers.Select(l => l.Learned), .. weights, .. weights.Where(w => w.Trainable), model.Compiled ? model.Optimizer.Schedule : null];
        lock (_gate)
        {
            if (ReferenceEquals(_graph, model.GraphOrNull) && trainable.AsSpan().SequenceEqual(_trainable)) return;
            (_graph, _trainable) = (model.GraphOrNull, trainable);
            Clear();
        }
    }
}
