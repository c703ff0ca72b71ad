using NKeras.Engine.Graphs;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>
/// The way back through a scan: the scan once more, which also stacks what the way back needs of each step, and a scan in the
/// other direction that carries the cotangents. (The compiler makes one of the scan and its repetition.)
/// </summary>
/// <remarks>
/// Gradients of what all steps share add up over the steps. Where such a gradient is a product of two things of each step (that of
/// a recurrent layer's weights is), these are stacked instead and multiplied once, which is far faster than a small product and
/// an addition in each step.
/// </remarks>
internal sealed class ScanGradient
{
    private readonly Scan _scan;
    private readonly GradientContext _context;
    private readonly int[] _carries;
    private readonly int[] _sequences;
    private readonly int[] _shared;
    private readonly int[] _given;

    public ScanGradient(Scan scan, GradientContext context)
    {
        (_scan, _context) = (scan, context);
        HashSet<int> active = [.. Enumerable.Range(0, context.Inputs.Length).Where(context.Needs)];
        HashSet<Value> dependent;
        int before;
        do
        {
            before = active.Count;
            dependent = scan.Body.DependentOn(active.Select(i => scan.Body.Inputs[i]));
            active.UnionWith(Enumerable.Range(0, scan.Carries).Where(i => dependent.Contains(scan.Body.Outputs[i])));
        }
        while (active.Count > before);

        _carries = [.. active.Where(i => i < scan.Carries).Order()];
        _sequences = [.. active.Where(i => i >= scan.Carries && i < scan.Carries + scan.Sequences).Order()];
        _shared = [.. active.Where(i => i >= scan.Carries + scan.Sequences).Order()];
        _given =
        [
            .. Enumerable.Range(scan.Carries, context.Outputs.Length - scan.Carries)
                .Where(i => context.Cotangents[i] != null && dependent.Contains(scan.Body.Outputs[i])),
        ];
    }

    public Tensor?[] Apply()
    {
        Tensor?[] results = new Tensor?[_context.Inputs.Length];
        if (_given.Length == 0 && !_carries.Any(i => _context.Cotangents[i] != null)) return results;
        StepBack step = new(_scan, _carries, _sequences, _shared, _given);
        Tensor[] residuals = step.Residuals.Count == 0 ? []
            : new Scan(step.Forward(), _scan.Length, _scan.Carries, _scan.Sequences, _scan.Reverse).ApplyAll(_context.Inputs)[_context.Outputs.Length..];
        Subgraph back = step.Back(out StepBackPorts ports);
        Tensor[] inputs =
        [
            .. _carries.Select(i => _context.Cotangents[i] ?? Filled(_context.Outputs[i].Spec, 0)),
            .. ports.Sums.Select(i => Filled(_context.Inputs[i].Spec, 0)),
            .. _given.Select(i => _context.Cotangents[i]!), .. residuals, .. ports.SequencesUsed.Select(i => _context.Inputs[i]),
            .. ports.SharedUsed.Select(i => _context.Inputs[i]),
        ];
        int carries = _carries.Length + ports.Sums.Count;
        Scan scan = new(back, _scan.Length, carries, _given.Length + residuals.Length + ports.SequencesUsed.Count, !_scan.Reverse);
        Tensor[] computed = scan.ApplyAll(inputs);
        for (int i = 0; i < _carries.Length; i++) Give(_carries[i], computed[i]);
        for (int i = 0; i < ports.Sums.Count; i++) Give(ports.Sums[i], computed[_carries.Length + i]);
        for (int i = 0; i < ports.Sequences.Count; i++) Give(ports.Sequences[i], computed[carries + i]);
        foreach ((int input, int a, int b) in ports.Products)
        {
            Tensor left = Rows(computed[carries + a]), right = Rows(computed[carries + b]);
            Give(input, MatMul(left, right, transposeA: true));
        }

        return results;

        void Give(int input, Tensor gradient)
        {
            if (_context.Needs(input)) results[input] = results[input] is { } other ? other + gradient : gradient;
        }
    }

    /// <summary>Matrices below each other instead of behind each other.</summary>
    private static Tensor Rows(Tensor stack) => Reshape(stack, new Shape([stack.Shape.Dims[0] * stack.Shape.Dims[1], stack.Shape.Dims[2]]));
}
