using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Decides where every value of a graph lives, and lists the kernels that compute them.</summary>
/// <remarks>
/// A value is given a home: an argument, a constant, state, a result, or a piece of the arena. Views (reshapes) share their
/// input's home. New state is computed straight into the state's memory when everything that reads the old content has run.
/// </remarks>
internal sealed class ExecutionPlanner
{
    private const int AfterLastNode = int.MaxValue;

    private readonly Graph _graph;
    private readonly Dictionary<Value, Home> _homes = [];
    private readonly Dictionary<Node, int> _positions = [];
    private readonly Dictionary<StateCell, Home> _cells = [];
    private readonly List<Home> _all = [];
    private readonly Dictionary<Node, (InnerProgram[] Programs, Home Workspace)> _inner = [];
    private readonly List<(Home From, Home To)> _before = [];
    private readonly List<(Home From, Home To)> _after = [];

    public ExecutionPlanner(Graph graph)
    {
        _graph = graph;
        for (int i = 0; i < graph.Nodes.Count; i++) _positions[graph.Nodes[i]] = i;
    }

    public ExecutionPlan Plan()
    {
        int[] inputs = [.. _graph.Inputs.Select(v => HomeOf(v).Slot)];
        foreach (Node node in _graph.Nodes) Place(node);
        foreach (Value result in _graph.Results) HomeOf(result).LastUse = AfterLastNode;
        int[] outputs = PlaceOutputs();
        PlaceUpdates();
        ShareDyingInputs();

        MemoryPlanner arena = new();
        List<(int, long)> arenaSlots = [];
        Home[] intermediate = [.. _all.Where(h => h.Kind == HomeKind.Arena)];
        long[] offsets = arena.Assign([.. intermediate.Select(h => new Lifetime(h.Bytes, h.FirstUse, h.LastUse))]);
        for (int i = 0; i < intermediate.Length; i++) arenaSlots.Add((intermediate[i].Slot, offsets[i]));

        // Homes merged into another take that one's address: kernels are made last, from final slots.
        Kernel[] kernels =
        [
            .. _before.Select(Copy),
            .. _graph.Nodes.Where(n => !n.IsView).Select(n => KernelTable.Create(Request(n))),
            .. _after.Select(Copy),
        ];
        HashSet<StateCell> written = [.. _graph.Updates.Select(u => u.Cell)];
        return new ExecutionPlan
        {
            Kernels = kernels,
            SlotCount = _all.Count,
            InputSlots = inputs,
            OutputSlots = outputs,
            Cells = [.. _cells.Select(c => new CellSlot(c.Key, c.Value.Slot, written.Contains(c.Key)))],
            Constants = [.. _homes.Where(h => h.Key.Constant != null).Select(h => (h.Value.Slot, h.Key.Constant!))],
            ArenaSlots = [.. arenaSlots],
            ArenaBytes = arena.Bytes,
        };
    }

    /// <summary>The value whose memory a view shows.</summary>
    private static Value Root(Value value) => value.Producer is { } node && node.IsView ? Root(node.Inputs[0]) : value;

    private static Kernel Copy((Home From, Home To) copy) => new CopyKernel(copy.From.Final.Slot, copy.To.Final.Slot, copy.To.Bytes);

    private KernelRequest Request(Node node)
    {
        (InnerProgram[]? programs, Home? workspace) = _inner.GetValueOrDefault(node);
        return new KernelRequest(node, [.. node.Inputs.Select(v => HomeOf(v).Slot)], [.. node.Outputs.Select(v => HomeOf(v).Slot)])
        {
            Programs = programs ?? [],
            Workspace = workspace?.Slot ?? 0,
        };
    }

    private Home HomeOf(Value value)
    {
        if (_homes.TryGetValue(value, out Home? home)) return home.Final;
        home = value.Cell != null ? CellHome(value.Cell)
            : Add(value.Constant != null ? HomeKind.Constant : value.Producer == null ? HomeKind.Input : HomeKind.Arena, value.Spec.ByteLength);
        return _homes[value] = home;
    }

    private Home CellHome(StateCell cell)
    {
        if (!_cells.TryGetValue(cell, out Home? home)) _cells[cell] = home = Add(HomeKind.Cell, cell.Spec.ByteLength);
        return home;
    }

    private Home Add(HomeKind kind, long bytes)
    {
        Home home = new(_all.Count, kind, bytes);
        _all.Add(home);
        return home;
    }

    private void Place(Node node)
    {
        int position = _positions[node];
        if (node.IsView)
        {
            _homes[node.Output] = HomeOf(node.Inputs[0]);
            return;
        }

        if (InnerPrograms.Of(node) is { Length: > 0 } programs)
        {
            Home workspace = Add(HomeKind.Arena, node.Primitive is Conditional ? programs.Max(p => p.WorkspaceBytes) : programs.Sum(p => p.WorkspaceBytes));
            workspace.FirstUse = workspace.LastUse = position;
            _inner[node] = (programs, workspace);
        }

        foreach (Value input in node.Inputs) HomeOf(input).LastUse = Math.Max(HomeOf(input).LastUse, position);
        foreach (Value output in node.Outputs)
        {
            Home home = HomeOf(output);
            home.FirstUse = position;
            home.LastUse = Math.Max(home.LastUse, position);
            home.Producer = node;
        }
    }

    /// <summary>Results are computed into the caller's tensors; those that live elsewhere for good are copied at the end.</summary>
    private int[] PlaceOutputs()
    {
        int[] slots = new int[_graph.Outputs.Count];
        for (int i = 0; i < slots.Length; i++)
        {
            Home home = HomeOf(_graph.Outputs[i]);
            if (home.Kind == HomeKind.Arena)
            {
                home.Kind = HomeKind.Output;
                slots[i] = home.Slot;
                continue;
            }

            Home copy = Add(HomeKind.Output, home.Bytes);
            _after.Add((home, copy));
            slots[i] = copy.Slot;
        }

        return slots;
    }

    private void PlaceUpdates()
    {
        foreach ((StateCell cell, Value value) in _graph.Updates)
        {
            Home target = CellHome(cell), home = HomeOf(value);
            if (home == target) continue; // Assigned its own content.
            if (home.Kind == HomeKind.Arena && CanComputeInto(target, home))
            {
                home.MergeInto(target);
                continue;
            }

            if (Root(value).Cell != null)
            {
                // The other state may itself be overwritten: keep its content from before the first kernel.
                Home saved = Add(HomeKind.Arena, home.Bytes);
                saved.FirstUse = -1;
                saved.LastUse = AfterLastNode;
                _before.Add((home, saved));
                home = saved;
            }

            _after.Add((home, target));
        }
    }

    /// <summary>Whether nothing reads the old content after the new one is written.</summary>
    private static bool CanComputeInto(Home cell, Home value)
    {
        if (cell.LastUse < value.FirstUse) return true;
        return cell.LastUse == value.FirstUse && value.Producer is { } producer && KernelTable.WorksInPlace(producer.Primitive);
    }

    /// <summary>An element-wise kernel writes over inputs that nobody needs afterwards, each result over another.</summary>
    private void ShareDyingInputs()
    {
        foreach (Node node in _graph.Nodes)
        {
            if (!KernelTable.WorksInPlace(node.Primitive)) continue;
            int position = _positions[node];
            List<Home> dying =
            [
                .. node.Inputs.Where(v => v.Shape == node.Output.Shape).Select(HomeOf).Distinct()
                    .Where(h => h.Kind == HomeKind.Arena && h.LastUse == position && h.FirstUse < position),
            ];
            foreach (Value output in node.Outputs)
            {
                Home to = HomeOf(output);
                if (to.Kind != HomeKind.Arena || to.FirstUse != position || dying.Contains(to)
                    || dying.Find(h => h.Bytes == to.Bytes) is not { } from) continue;
                dying.Remove(from);
                from.LastUse = to.LastUse;
                to.MergeInto(from);
            }
        }
    }

    private enum HomeKind
    {
        Input,
        Constant,
        Cell,
        Output,
        Arena,
        Merged,
    }

    private sealed class Home(int slot, HomeKind kind, long bytes)
    {
        private Home? _mergedInto;

        public int Slot { get; } = slot;

        public HomeKind Kind { get; set; } = kind;

        public long Bytes { get; } = bytes;

        public int FirstUse { get; set; } = -1;

        public int LastUse { get; set; } = -1;

        public Node? Producer { get; set; }

        public Home Final => _mergedInto?.Final ?? this;

        public void MergeInto(Home other)
        {
            _mergedInto = other;
            Kind = HomeKind.Merged;
        }
    }
}
