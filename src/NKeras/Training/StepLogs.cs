using NKeras.Engine;

namespace NKeras.Training;

/// <summary>What a step of the user's own reported last, by name.</summary>
/// <param name="names">The names, in order.</param>
internal sealed class StepLogs(IReadOnlyList<string> names)
{
    private readonly int _loss = names.ToList().IndexOf("loss");

    public IReadOnlyList<string> Names => names;

    /// <summary>A number for each name, which the compiled step writes.</summary>
    public ConcreteTensor[] Values { get; } = [.. names.Select(_ => ConcreteTensor.Allocate(new TensorSpec(Shape.Scalar, DType.Float32)))];

    /// <summary>Whether what is reported as the loss, if anything is, is a finite number.</summary>
    public bool LossIsFinite => _loss < 0 || double.IsFinite(ElementView.Of(Values[_loss]).Number(0));

    /// <summary>The numbers, for the loop that reads them.</summary>
    public Dictionary<string, double> Read() => names.Zip(Values).ToDictionary(p => p.First, p => ElementView.Of(p.Second).Number(0));

    /// <summary>The results of a traced step, as numbers.</summary>
    /// <exception cref="InvalidOperationException">One is no number.</exception>
    public static Tensor[] Numbers(string step, IReadOnlyDictionary<string, Tensor> logs)
    {
        foreach ((string name, Tensor value) in logs)
        {
            if (value.Shape.Size != 1) throw new InvalidOperationException($"{step} returned a tensor of shape {value.Shape} as '{name}'; what a step reports is a number. Return its mean, or a metric's result.");
        }

        return [.. logs.Values.Select(v => Ops.Reshape(Ops.Cast(v, DType.Float32), Shape.Scalar))];
    }
}
