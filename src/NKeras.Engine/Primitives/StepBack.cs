using NKeras.Engine.Graphs;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>One step of a scan forward and back, recorded together and then parted: what the way back needs of the way forward is kept.</summary>
internal sealed class StepBack
{
    private readonly Scan _scan;
    private readonly int[] _carries;
    private readonly int[] _sequences;
    private readonly int[] _shared;
    private readonly int[] _given;
    private readonly Graph _joint;
    private readonly List<(int Input, Value Gradient)> _sequenceGradients = [];
    private readonly List<(int Input, Value Gradient)> _sums = [];
    private readonly List<(int Input, Value A, Value B)> _products = [];
    private readonly Value[] _carryGradients;
    private readonly HashSet<Value> _ofCotangents;
    private readonly HashSet<Value> _ofStep;
    private readonly HashSet<Node> _recorded;
    private readonly HashSet<Node> _back = [];
    private readonly Dictionary<Value, int> _inputs = [];

    /// <summary>Records a step.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="carries">Which carried values have gradients.</param>
    /// <param name="sequences">Which inputs that are taken slice by slice have gradients.</param>
    /// <param name="shared">Which inputs that all steps share have gradients.</param>
    /// <param name="given">Which stacked results have cotangents.</param>
    public StepBack(Scan scan, int[] carries, int[] sequences, int[] shared, int[] given)
    {
        (_scan, _carries, _sequences, _shared, _given) = (scan, carries, sequences, shared, given);
        int forward = scan.Body.Inputs.Count, nodes = 0;
        bool[] flows = [];
        _joint = Trace.Function(
            [.. scan.Body.Inputs.Select(v => v.Spec), .. carries.Concat(given).Select(i => scan.Body.Outputs[i].Spec)],
            a =>
            {
                Tensor[] outputs = scan.Body.Replay(a[..forward]);
                nodes = Trace.Current!.Nodes.Count;
                Tensor?[] gradients = Differentiation.Pullback(
                    [.. carries.Concat(given).Select(i => outputs[i])], a[forward..], [.. carries.Concat(sequences).Concat(shared).Select(i => a[i])]);
                for (int i = 0; i < carries.Length; i++) gradients[i] ??= Filled(a[carries[i]].Spec, 0);
                flows = [.. gradients.Select(g => g != null)];
                return [.. outputs, .. gradients.OfType<Tensor>()];
            });
        _recorded = [.. _joint.Nodes.Skip(nodes)];
        for (int i = 0; i < forward; i++) _inputs[_joint.Inputs[i]] = i;
        _ofCotangents = Dependent(_joint.Inputs.Skip(forward));
        _ofStep = Dependent(_joint.Inputs.Take(scan.Carries + scan.Sequences));

        Queue<Value> values = new(_joint.Outputs.Skip(scan.Body.Outputs.Count));
        _carryGradients = [.. carries.Select(_ => values.Dequeue())];
        for (int i = 0; i < sequences.Length; i++)
        {
            if (flows[carries.Length + i]) _sequenceGradients.Add((sequences[i], values.Dequeue()));
        }

        for (int i = 0; i < shared.Length; i++)
        {
            if (flows[carries.Length + sequences.Length + i]) AddTerms(shared[i], values.Dequeue());
        }

        foreach (Value value in _carryGradients.Concat(_sequenceGradients.Select(g => g.Gradient)).Concat(_sums.Select(s => s.Gradient))
            .Concat(_products.SelectMany(p => (Value[])[p.A, p.B]))) Need(value);
    }

    /// <summary>What is kept of each step forward.</summary>
    public List<Value> Residuals { get; } = [];

    /// <summary>The scan's body that also gives what is kept.</summary>
    public Subgraph Forward() =>
        new([.. _joint.Inputs.Take(_scan.Body.Inputs.Count)], _joint.Nodes, [.. _joint.Outputs.Take(_scan.Body.Outputs.Count), .. Residuals]);

    /// <summary>The body of the scan that leads back.</summary>
    public Subgraph Back(out StepBackPorts ports)
    {
        StepBackPorts made = ports = new();
        int[] used = [.. _back.SelectMany(n => n.Inputs).Concat(Ends()).Where(_inputs.ContainsKey).Select(v => _inputs[v]).Where(i => i >= _scan.Carries).Distinct().Order()];
        made.SequencesUsed.AddRange(used.Where(i => i < _scan.Carries + _scan.Sequences));
        made.SharedUsed.AddRange(used.Where(i => i >= _scan.Carries + _scan.Sequences));
        made.Sums.AddRange(_sums.Select(s => s.Input).Distinct());
        made.Sequences.AddRange(_sequenceGradients.Select(s => s.Input));
        int forward = _scan.Body.Inputs.Count;
        Value[] entering =
        [
            .. _joint.Inputs.Skip(forward).Take(_carries.Length), .. made.Sums.Select(i => new Value(_joint.Inputs[i].Spec, null, 0)),
            .. _joint.Inputs.Skip(forward + _carries.Length), .. Residuals, .. used.Select(i => _joint.Inputs[i]),
        ];
        return Subgraph.Trace([.. entering.Select(v => v.Spec)], a =>
        {
            Dictionary<Value, Tensor> tensors = [];
            for (int i = 0; i < a.Length; i++) tensors[entering[i]] = a[i];
            foreach (Node node in _joint.Nodes.Where(_back.Contains))
            {
                Tensor[] outputs = Dispatcher.Bind(node.Primitive, Array.ConvertAll(node.Inputs, Of));
                for (int i = 0; i < outputs.Length; i++) tensors[node.Outputs[i]] = outputs[i];
            }

            Tensor[] sums = a[_carries.Length..(_carries.Length + made.Sums.Count)];
            foreach ((int input, Value gradient) in _sums) sums[made.Sums.IndexOf(input)] += Of(gradient);
            List<Value> stacked = [.. _sequenceGradients.Select(s => s.Gradient)];
            foreach ((int input, Value left, Value right) in _products) made.Products.Add((input, Stack(stacked, left), Stack(stacked, right)));
            return [.. _carryGradients.Select(Of), .. sums, .. stacked.Select(Of)];

            Tensor Of(Value value) => (Tensor?)value.Constant ?? tensors[value];
        });
    }

    private static int Stack(List<Value> stacked, Value value)
    {
        int at = stacked.IndexOf(value);
        if (at >= 0) return at;
        stacked.Add(value);
        return stacked.Count - 1;
    }

    private IEnumerable<Value> Ends() => _carryGradients.Concat(_sequenceGradients.Select(g => g.Gradient)).Concat(_sums.Select(s => s.Gradient))
        .Concat(_products.SelectMany(p => (Value[])[p.A, p.B]));

    private HashSet<Value> Dependent(IEnumerable<Value> on)
    {
        HashSet<Value> dependent = [.. on];
        foreach (Node node in _joint.Nodes)
        {
            if (node.Inputs.Any(dependent.Contains)) dependent.UnionWith(node.Outputs);
        }

        return dependent;
    }

    /// <summary>Takes a gradient apart into products of two things of a step and the rest.</summary>
    private void AddTerms(int input, Value gradient)
    {
        if (gradient.Producer is { Primitive: Elementwise { Function: ElementwiseFunction.Add } } sum && sum.Inputs.All(v => v.Shape == gradient.Shape))
        {
            foreach (Value term in sum.Inputs) AddTerms(input, term);
        }
        else if (_scan.Length > 1 && gradient is { Producer.Primitive: MatMul { TransposeA: true, TransposeB: false }, Shape.Rank: 2 })
        {
            _products.Add((input, gradient.Producer.Inputs[0], gradient.Producer.Inputs[1]));
        }
        else
        {
            _sums.Add((input, gradient));
        }
    }

    /// <summary>Notes what has to be computed on the way back, and what has to be kept for that.</summary>
    private void Need(Value wanted)
    {
        Stack<Value> open = new([wanted]);
        while (open.TryPop(out Value? value))
        {
            if (value.Producer is not { } node)
            {
                // Slices and what is shared are there on the way back, too.
                if (_inputs.TryGetValue(value, out int input) && input < _scan.Carries) Keep(value);
            }
            else if (_ofCotangents.Contains(value) || !_ofStep.Contains(value) || IsCheap(node))
            {
                if (!_back.Add(node)) continue;
                foreach (Value operand in node.Inputs) open.Push(operand);
            }
            else
            {
                Keep(value);
            }
        }
    }

    private void Keep(Value value)
    {
        if (!Residuals.Contains(value)) Residuals.Add(value);
    }

    /// <summary>What takes less time to compute again than to store.</summary>
    private bool IsCheap(Node node) => node.Primitive is Reshape or BroadcastTo or Transpose or Convert or StopGradient
        || (node.Primitive is Elementwise && _recorded.Contains(node));
}
