using NKeras;
using NKeras.Metrics;

namespace Samples.TrainingWithBuiltInMethods;

/// <summary>A metric of one's own: how many samples were classified correctly. Its state is a variable, so it works in compiled steps.</summary>
public sealed class CorrectCount : Metric
{
    private readonly Variable _count;

    public CorrectCount(string name = "correct_count")
        : base(name: name) => _count = AddVariable([], name: "count");

    public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        Tensor labels = Ops.Reshape(Ops.Cast(yTrue, "int32"), [-1]);
        Tensor correct = Ops.Cast(Ops.Equal(labels, Ops.Argmax(yPred, axis: -1)), "float32");
        _count.AssignAdd(Ops.Sum(sampleWeight is null ? correct : correct * Ops.Reshape(sampleWeight, [-1])));
    }

    public override Tensor Result() => _count.Value;
}
