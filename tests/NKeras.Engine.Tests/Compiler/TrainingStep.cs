using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using static NKeras.Engine.Primitives.PrimitiveOps;
using F = NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Tests.Compiler;

/// <summary>A training step of a small classifier with Adam, as the layers above will trace it.</summary>
internal sealed class TrainingStep
{
    private const int Batch = 32;
    private readonly F _activation;
    private readonly StateCell _iterations = new(Tensor.From([0], Shape.Scalar));
    private readonly StateCell _total = new(Tensor.From([0f], Shape.Scalar));
    private readonly StateCell[] _weights;
    private readonly StateCell[] _momenta;
    private readonly StateCell[] _velocities;

    public TrainingStep(F activation = F.Relu)
    {
        _activation = activation;
        TensorSpec[] specs = [Passes.Float(20, 24), Passes.Float(24), Passes.Float(24, 10), Passes.Float(10)];
        _weights = [.. specs.Select((s, i) => new StateCell(0.3 * Passes.Random(s, i)))];
        _momenta = [.. specs.Select(s => new StateCell(Filled(s, 0)))];
        _velocities = [.. specs.Select(s => new StateCell(Filled(s, 0)))];
    }

    public static TensorSpec[] Inputs { get; } = [Passes.Float(Batch, 20), new(new Shape([Batch]), DType.Int32)];

    public IEnumerable<StateCell> Cells => [.. _weights, .. _momenta, .. _velocities, _iterations, _total];

    public Graph Graph() => Trace.Function(Inputs, a =>
    {
        Tensor[] w = [.. _weights.Select(c => c.Value)];
        Tensor hidden = Unary(_activation, MatMul(a[0], w[0]) + w[1]);
        Tensor logits = MatMul(hidden, w[2]) + BroadcastTo(Reshape(w[3], [1, 10]), [Batch, 10]);
        Tensor perSample = new SparseCrossEntropy().ApplyAll(logits, a[1])[0];
        Tensor loss = Divide(Sum(perSample, 0), Scalar(DType.Float32, Batch));
        Tensor[] gradients = Differentiation.Gradients(loss, w);
        Adam(w, gradients);
        _total.Assign(_total.Value + loss);
        return [loss];
    });

    private void Adam(Tensor[] w, Tensor[] gradients)
    {
        _iterations.Assign(_iterations.Value + 1.0);
        Tensor step = Convert(_iterations.Value, DType.Float32);
        Tensor one = ScalarLike(step, 1);
        Tensor rate = Divide(
            0.01 * Unary(F.Sqrt, one - Binary(F.Power, ScalarLike(step, 0.999), step)),
            one - Binary(F.Power, ScalarLike(step, 0.9), step));
        for (int i = 0; i < w.Length; i++)
        {
            Tensor g = gradients[i], m = _momenta[i].Value, v = _velocities[i].Value;
            m += (g - m) * ScalarLike(g, 0.1);
            v += (g * g - v) * ScalarLike(g, 0.001);
            _momenta[i].Assign(m);
            _velocities[i].Assign(v);
            _weights[i].Assign(w[i] - Divide(rate * m, Unary(F.Sqrt, v) + 1e-7));
        }
    }
}
