using NKeras.Losses;
using NKeras.Metrics;

namespace NKeras.Training;

/// <summary>The losses of a model's outputs, once the outputs are known.</summary>
internal sealed class CompiledLosses
{
    private readonly Loss?[] _losses;
    private readonly double[]? _weights;
    private readonly Mean?[] _trackers;

    public CompiledLosses(LossesByOutput? losses, LossWeightsByOutput? weights, ModelPorts ports)
    {
        IReadOnlyList<string> outputs = ports.OutputNames;
        _losses = losses?.For(outputs) ?? new Loss?[outputs.Count];
        _weights = weights?.For(outputs);
        // With several losses each is reported too, without its weight; under the loss's own name where the output has none.
        bool several = _losses.Count(l => l != null) > 1;
        _trackers = [.. _losses.Select((l, i) => several && l != null ? new Mean($"{(ports.OutputsNamed ? outputs[i] : l.Name)}_loss") : null)];
        // Keras: lists them as the losses were given by name, or else the outputs.
        IEnumerable<string> given = (losses?.Names ?? ports.OutputsAsGiven).Concat(outputs).Distinct();
        Trackers = [.. given.Select(n => _trackers[outputs.ToList().IndexOf(n)]).OfType<Mean>()];
    }

    /// <summary>The mean of each output's own loss, if there are several.</summary>
    public IReadOnlyList<Mean> Trackers { get; }

    /// <summary>The loss of an output; null if it has none.</summary>
    public Loss? this[int output] => _losses[output];

    /// <summary>The sum of the outputs' weighted losses and of what the layers add: a scalar.</summary>
    public Tensor Total(IReadOnlyList<Tensor> yTrue, IReadOnlyList<Tensor> yPred, IReadOnlyList<Tensor> sampleWeight, IReadOnlyList<Tensor> added)
    {
        Tensor? total = null;
        for (int i = 0; i < _losses.Length; i++)
        {
            if (_losses[i] is not { } loss) continue;
            Tensor value = loss.Apply(yTrue[i], yPred[i], sampleWeight.Count == 0 ? null : sampleWeight[Math.Min(i, sampleWeight.Count - 1)]);
            if (value.Rank != 0)
                throw new InvalidOperationException($"Loss '{loss.Name}' gives values of shape {value.Shape}; training needs one number. Give it a reduction such as \"sum_over_batch_size\".");
            value = Ops.Cast(value, Config.Floatx());
            _trackers[i]?.UpdateState(value, (float)yPred[i].Shape.Dims[0]);
            if (_weights != null) value = Ops.Multiply(value, _weights[i]);
            total = total == null ? value : Ops.Add(total, value);
        }

        foreach (Tensor more in added)
        {
            Tensor value = Ops.Cast(more.Rank == 0 ? more : Ops.Sum(more), Config.Floatx());
            total = total == null ? value : Ops.Add(total, value);
        }

        return total ?? throw new InvalidOperationException("There is no loss to compute. Give Compile a loss.");
    }
}
