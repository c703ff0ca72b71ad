using NKeras.Engine.Primitives;
using NKeras.Engine.Runtime;

namespace NKeras.Engine.Graphs;

/// <summary>Records what a function does with its arguments and with state, as a graph.</summary>
/// <remarks>
/// While a trace is current on a thread, reading a <see cref="StateCell"/> gives a traced tensor and assigning to one is
/// recorded; nothing is changed until the compiled graph runs. The trace of an inner function (a branch, the body of a loop)
/// takes what it uses of the traces around it in as arguments.
/// </remarks>
internal sealed class Trace
{
    /// <summary>Constants of an inner function that are larger than this become arguments, so that equal functions of other data are equal.</summary>
    private const int MostConstantBytes = 64;

    [ThreadStatic]
    private static Trace? t_current;

    private readonly Trace? _outer;
    private readonly bool _isInner;
    private readonly List<(Tensor Outer, Value Inner)> _captures = [];
    private readonly Dictionary<object, Value> _captured = new(ReferenceEqualityComparer.Instance);

    private readonly List<Value> _inputs = [];
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<StateCell, TracedTensor> _reads = [];
    private readonly List<StateCell> _assignmentOrder = [];
    private readonly Dictionary<StateCell, Tensor> _assignments = [];
    private readonly Dictionary<StateCell, Tensor> _points = []; // Stand for states while what is differentiated with respect to them is recorded.
    private readonly Dictionary<ConcreteTensor, Value> _constants = new(ReferenceEqualityComparer.Instance);

    private readonly List<HostCall> _hostCalls = [];

    /// <summary>Data that has become arguments; null where it stays part of the graph.</summary>
    private List<ConcreteTensor>? _data;

    /// <summary>The data of all arguments, once it has been asked for; that of results of functions on the host included.</summary>
    private List<Tensor>? _argumentData;

    private Trace(Trace? outer, bool isInner) => (_outer, _isInner) = (outer, isInner);

    /// <summary>The trace in progress on this thread.</summary>
    public static Trace? Current => t_current;

    /// <summary>Whether shapes and types are all that is asked for: dimensions may be unknown, and the graph never runs.</summary>
    public bool OnlyInfers { get; private init; }

    /// <summary>The arguments' data, if what is recorded may be looked at at once.</summary>
    private IReadOnlyList<Tensor>? Data { get; init; }

    /// <summary>Gives the arguments' data to functions on the host, whose results' shapes may depend on it.</summary>
    private Func<IReadOnlyList<Tensor>>? HostData { get; init; }

    /// <summary>The nodes recorded so far.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Traces a function of tensors.</summary>
    /// <param name="inputs">Shapes and types of the arguments.</param>
    /// <param name="function">The function; called once.</param>
    /// <param name="onlyInfers">Whether shapes and types are all that is asked for.</param>
    /// <param name="data">The arguments that the graph will run with, if the function may look at numbers while it is traced.</param>
    /// <param name="hostData">Gives such arguments to functions on the host, if it calls any.</param>
    public static Graph Function(
        IReadOnlyList<TensorSpec> inputs,
        Func<Tensor[], IReadOnlyList<Tensor>> function,
        bool onlyInfers = false,
        IReadOnlyList<Tensor>? data = null,
        Func<IReadOnlyList<Tensor>>? hostData = null)
    {
        Trace trace = new(null, isInner: false) { OnlyInfers = onlyInfers, Data = data, HostData = hostData ?? (data == null ? null : () => data) };
        return trace.Run(inputs, function, trace.Finish);
    }

    /// <summary>Traces a function without arguments, of which the data that it uses becomes the arguments. Scalars stay constants, which programs are better for.</summary>
    public static (Graph Graph, IReadOnlyList<ConcreteTensor> Data) WithData(Func<IReadOnlyList<Tensor>> function)
    {
        Trace trace = new(null, isInner: false) { _data = [] };
        return (trace.Run([], _ => function(), trace.Finish), trace._data);
    }

    /// <summary>Traces a branch or the body of a loop within the trace in progress, if there is one.</summary>
    /// <inheritdoc cref="Function"/>
    public static InnerFunction Inner(IReadOnlyList<TensorSpec> inputs, Func<Tensor[], IReadOnlyList<Tensor>> function)
    {
        Trace trace = new(t_current, isInner: true) { OnlyInfers = t_current?.OnlyInfers == true };
        return trace.Run(inputs, function, trace.FinishInner);
    }

    /// <summary>Shapes and types of a function's results, found by tracing it; dimensions may be unknown.</summary>
    public static TensorSpec[] InferSpecs(IReadOnlyList<TensorSpec> inputs, Func<Tensor[], IReadOnlyList<Tensor>> function) =>
        [.. Function(inputs, function, onlyInfers: true).Outputs.Select(v => v.Spec)];

    /// <summary>Stands for a result whose dimensions depend on data, where only shapes are asked for.</summary>
    /// <param name="operation">The name for the message.</param>
    /// <param name="operand">What the result depends on.</param>
    /// <param name="spec">Its shape, with unknown dimensions, and type.</param>
    /// <exception cref="InvalidOperationException">The function is to run: compiled functions have fixed shapes.</exception>
    public static Tensor Undetermined(string operation, Tensor operand, TensorSpec spec)
    {
        Trace trace = ((TracedTensor)operand).Trace;
        return trace.OnlyInfers
            ? new TracedTensor(trace, new Value(spec, null, 0))
            : throw new InvalidOperationException($"{operation}: the shape of the result depends on data, and a function that is compiled (for Fit, Evaluate or Predict) has fixed shapes. Compute it with data beforehand, or use a function whose result has a fixed shape, such as Ops.Where.");
    }

    /// <summary>Runs something outside the trace in progress: what it does happens at once.</summary>
    public static void Suspend(Action action)
    {
        Trace? outer = t_current;
        t_current = null;
        try
        {
            action();
        }
        finally
        {
            t_current = outer;
        }
    }

    /// <summary>Records one application of a primitive.</summary>
    public Tensor[] Record(Primitive primitive, ReadOnlySpan<Tensor> inputs)
    {
        Value[] values = new Value[inputs.Length];
        TensorSpec[] specs = new TensorSpec[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            values[i] = ValueOf(inputs[i]);
            specs[i] = inputs[i].Spec;
        }

        Node node = new(primitive, values, primitive.Infer(specs));
        _nodes.Add(node);
        return Array.ConvertAll<Value, Tensor>(node.Outputs, v => new TracedTensor(this, v));
    }

    /// <summary>The state's value as this function sees it: what it last assigned, or the content at the start.</summary>
    public Tensor Read(StateCell cell) => _points.TryGetValue(cell, out Tensor? point) ? point
        : _assignments.TryGetValue(cell, out Tensor? assigned) ? assigned
        : ReadInitial(cell);

    /// <summary>Records what is to be differentiated with respect to states.</summary>
    /// <remarks>
    /// Meanwhile each state's value is a tensor of its own, so that gradients lead through what is recorded here alone. With respect to the
    /// plain values they would also lead through what was computed from these before, such as an update of other states by an optimizer.
    /// </remarks>
    /// <param name="cells">The states.</param>
    /// <param name="record">Records it.</param>
    /// <returns>What the gradients are with respect to, one for each state.</returns>
    public Tensor[] Differentiable(IReadOnlyList<StateCell> cells, Action record)
    {
        Dictionary<StateCell, (Tensor Point, Tensor? Outer)> made = [];
        foreach (StateCell cell in cells)
        {
            if (made.ContainsKey(cell)) continue;
            Tensor point = Record(new Reshape(new IntList(cell.Spec.Shape.Dims)), [Read(cell)])[0];
            made[cell] = (point, _points.GetValueOrDefault(cell));
            _points[cell] = point;
        }

        try
        {
            record();
        }
        finally
        {
            foreach ((StateCell cell, (Tensor point, Tensor? outer)) in made)
            {
                if (!ReferenceEquals(_points.GetValueOrDefault(cell), point)) continue; // Assigned to.
                if (outer is null) _points.Remove(cell);
                else _points[cell] = outer;
            }
        }

        return [.. cells.Select(c => made[c].Point)];
    }

    /// <summary>Records that the state becomes a value.</summary>
    public void Assign(StateCell cell, Tensor value)
    {
        _points.Remove(cell);
        if (!_assignments.ContainsKey(cell)) _assignmentOrder.Add(cell);
        _assignments[cell] = value;
    }

    /// <summary>
    /// The data of a value, computed from what has been recorded so far, if the arguments' data is known; null if not. State is seen
    /// as it is at the start, and random numbers are those that the graph will draw.
    /// </summary>
    public ConcreteTensor? DataOf(Value value)
    {
        if (Data == null) return null;
        ConcreteTensor? result = null;
        Suspend(() => result = (ConcreteTensor)Evaluate([value])[0]);
        return result;
    }

    /// <summary>Records the call of a function on the host. What its results are for the data at hand decides the shapes of what follows.</summary>
    /// <exception cref="InvalidOperationException">It is called in a branch or loop, or no data is at hand.</exception>
    public Tensor[] CallHost(HostFunction function, Tensor[] inputs)
    {
        if (OnlyInfers) return Array.ConvertAll(function.Infer(Array.ConvertAll(inputs, t => t.Spec)), s => (Tensor)new TracedTensor(this, new Value(s, null, 0)));
        if (_isInner || HostData == null)
        {
            throw new InvalidOperationException(
                $"{function.Name} runs on the host, not in compiled programs, so it cannot be called {(_isInner ? "in a branch or loop" : "here")}. Call it before, on the model's inputs.");
        }

        Value[] values = Array.ConvertAll(inputs, ValueOf);
        Tensor[] results = [];
        Suspend(() => results = function.Compute(Evaluate(values)));
        TracedTensor[] traced = Array.ConvertAll(results, r => AddInput(r.Spec));
        _argumentData!.AddRange(results);
        _hostCalls.Add(new HostCall(function, values, Array.ConvertAll(traced, t => t.Value)));
        return traced;
    }

    /// <summary>What values are worth for the data at hand.</summary>
    private Tensor[] Evaluate(Value[] values)
    {
        _argumentData ??= [.. HostData!()];
        PartialProgram program = new(new Graph { Inputs = _inputs, Nodes = [.. _nodes], Outputs = values, Updates = [] }, values);
        return program.Run(_argumentData);
    }

    /// <summary>Whether this is another trace, or one within it.</summary>
    public bool IsWithin(Trace other) => this == other || (_outer != null && _outer.IsWithin(other));

    /// <summary>The graph's value for a tensor; data becomes a constant, and what an outer trace has recorded an argument.</summary>
    public Value ValueOf(Tensor tensor)
    {
        if (tensor is TracedTensor traced)
        {
            return traced.Trace == this ? traced.Value
                : IsWithin(traced.Trace) ? Capture(traced, traced.Value)
                : throw new InvalidOperationException("A traced value was used outside the function it belongs to.");
        }

        ConcreteTensor data = tensor as ConcreteTensor
            ?? throw new InvalidOperationException($"A symbolic tensor of shape {tensor.Shape} was used inside a function that is being traced.");
        if (_isInner && data.DType.Size > 0 && data.Spec.ByteLength > MostConstantBytes) return Capture(data, data);
        if (!_constants.TryGetValue(data, out Value? constant)) _constants[data] = constant = _data != null && data.Shape.Rank > 0 ? AddData(data) : new Value(data.Spec, null, 0) { Constant = data };
        return constant;
    }

    /// <summary>The tensor that stands for the state's content at the start.</summary>
    private TracedTensor ReadInitial(StateCell cell)
    {
        if (!_reads.TryGetValue(cell, out TracedTensor? read))
            _reads[cell] = read = new TracedTensor(this, new Value(cell.Spec, null, 0) { Cell = _isInner ? null : cell });
        return read;
    }

    private Value AddData(ConcreteTensor data)
    {
        _data!.Add(data);
        return AddInput(data.Spec).Value;
    }

    private TracedTensor AddInput(TensorSpec spec)
    {
        Value value = new(spec, null, 0);
        _inputs.Add(value);
        return new TracedTensor(this, value);
    }

    private Value Capture(Tensor outer, object key)
    {
        if (_captured.TryGetValue(key, out Value? inner)) return inner;
        inner = new Value(outer.Spec, null, 0);
        _captures.Add((outer, inner));
        return _captured[key] = inner;
    }

    private T Run<T>(IReadOnlyList<TensorSpec> inputs, Func<Tensor[], IReadOnlyList<Tensor>> function, Func<IReadOnlyList<Tensor>, T> finish)
    {
        Trace? before = t_current;
        t_current = this;
        try
        {
            return finish(function([.. inputs.Select(AddInput)]));
        }
        finally
        {
            t_current = before;
        }
    }

    private Graph Finish(IReadOnlyList<Tensor> results) => new()
    {
        Inputs = _inputs,
        Nodes = _nodes,
        Outputs = [.. results.Select(ValueOf)],
        Updates = [.. _assignmentOrder.Select(cell => (cell, ValueOf(_assignments[cell])))],
        HostCalls = _hostCalls,
    };

    private InnerFunction FinishInner(IReadOnlyList<Tensor> results)
    {
        Value[] outputs = [.. results.Select(ValueOf)];
        (StateCell, Value)[] assignments = [.. _assignmentOrder.Select(cell => (cell, ValueOf(_assignments[cell])))];
        return new InnerFunction
        {
            Inputs = _inputs,
            Nodes = _nodes,
            Outputs = outputs,
            Captures = _captures,
            Reads = [.. _reads.Select(r => (r.Key, r.Value.Value))],
            Assignments = assignments,
        };
    }
}
