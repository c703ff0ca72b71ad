using NKeras.Engine.Primitives;

namespace NKeras.Engine.Graphs;

/// <summary>Branches and loops of functions of tensors, in the trace in progress or at once. State that is assigned to inside is assigned to after.</summary>
internal static class ControlFlow
{
    /// <summary>Runs one of several functions, which give alike results.</summary>
    /// <param name="index">An int32 scalar within range.</param>
    /// <param name="branches">The functions as they were traced.</param>
    public static Tensor[] Switch(Tensor index, IReadOnlyList<InnerFunction> branches)
    {
        StateCell[] assigned = Assigned(branches);
        List<Tensor> operands = [];
        List<Func<InnerFunction, Value?>> standIns = [];
        foreach (Tensor outer in branches.SelectMany(b => b.Captures).Select(c => c.Outer).Distinct(ReferenceEqualityComparer.Instance).Cast<Tensor>())
            Add(outer, b => b.Captures.FirstOrDefault(c => ReferenceEquals(c.Outer, outer)).Inner);
        foreach (StateCell cell in branches.SelectMany(b => b.Reads).Select(r => r.Cell).Concat(assigned).Distinct())
            Add(cell.Value, b => b.StateAtStart(cell));

        Subgraph[] graphs = new Subgraph[branches.Count];
        for (int k = 0; k < graphs.Length; k++)
        {
            Value[] inputs = [.. standIns.Select((s, i) => s(branches[k]) ?? new Value(operands[i].Spec, null, 0))];
            // A state that this branch leaves alone keeps its content.
            Value[] states = [.. assigned.Select(c => branches[k].StateAtEnd(c) ?? inputs[operands.FindIndex(o => ReferenceEquals(o, c.Value))])];
            graphs[k] = branches[k].Close(inputs, [.. branches[k].Outputs, .. states]);
        }

        Tensor[] results = new Conditional([.. graphs]).ApplyAll([index, .. operands]);
        int count = branches[0].Outputs.Count;
        for (int i = 0; i < assigned.Length; i++) assigned[i].Assign(results[count + i]);
        return results[..count];

        void Add(Tensor operand, Func<InnerFunction, Value?> standIn)
        {
            operands.Add(operand);
            standIns.Add(standIn);
        }
    }

    /// <summary>Runs a body while a condition is true.</summary>
    /// <param name="condition">Takes the carried values; gives a bool scalar; assigns to no state.</param>
    /// <param name="body">Takes the carried values and gives the next.</param>
    /// <param name="init">The first carried values.</param>
    /// <param name="most">The most iterations; null for any number.</param>
    public static Tensor[] While(InnerFunction condition, InnerFunction body, IReadOnlyList<Tensor> init, int? most)
    {
        StateCell[] states = Assigned([body]);
        (Value[] conditionStates, Tensor[] conditionExtras, Value[] conditionStandIns) = Extras(condition, states);
        (Value[] bodyStates, Tensor[] bodyExtras, Value[] bodyStandIns) = Extras(body, states);
        WhileLoop loop = new(
            condition.Close([.. condition.Inputs, .. conditionStates, .. conditionStandIns], condition.Outputs),
            body.Close([.. body.Inputs, .. bodyStates, .. bodyStandIns], [.. body.Outputs, .. states.Select(c => body.StateAtEnd(c)!)]),
            init.Count + states.Length,
            most);
        Tensor[] results = loop.ApplyAll([.. init, .. states.Select(c => c.Value), .. conditionExtras, .. bodyExtras]);
        for (int i = 0; i < states.Length; i++) states[i].Assign(results[init.Count + i]);
        return results[..init.Count];
    }

    /// <summary>Runs a body once for each slice.</summary>
    /// <param name="body">Takes the carried values and a slice of each sequence; gives the next carried values and results to be stacked.</param>
    /// <param name="init">The first carried values.</param>
    /// <param name="sequences">What is taken slice by slice.</param>
    /// <param name="length">The number of steps.</param>
    /// <param name="reverse">Whether to run from the last slice to the first.</param>
    /// <returns>The last carried values and the stacked results.</returns>
    public static Tensor[] Scan(InnerFunction body, IReadOnlyList<Tensor> init, IReadOnlyList<Tensor> sequences, int length, bool reverse)
    {
        StateCell[] states = Assigned([body]);
        (Value[] carried, Tensor[] extras, Value[] standIns) = Extras(body, states);
        int carries = init.Count + states.Length;
        Subgraph graph = body.Close(
            [.. body.Inputs.Take(init.Count), .. carried, .. body.Inputs.Skip(init.Count), .. standIns],
            [.. body.Outputs.Take(init.Count), .. states.Select(c => body.StateAtEnd(c)!), .. body.Outputs.Skip(init.Count)]);
        Tensor[] results = new Scan(graph, length, carries, sequences.Count, reverse)
            .ApplyAll([.. init, .. states.Select(c => c.Value), .. sequences, .. extras]);
        for (int i = 0; i < states.Length; i++) states[i].Assign(results[init.Count + i]);
        return [.. results[..init.Count], .. results[carries..]];
    }

    private static StateCell[] Assigned(IReadOnlyList<InnerFunction> functions) => [.. functions.SelectMany(f => f.Assignments).Select(a => a.Cell).Distinct()];

    /// <summary>What a loop's function takes besides its arguments: states that change, and all the rest.</summary>
    private static (Value[] Changing, Tensor[] Extras, Value[] StandIns) Extras(InnerFunction function, StateCell[] states)
    {
        (StateCell Cell, Value Inner)[] constant = [.. function.Reads.Where(r => !states.Contains(r.Cell))];
        return (
            [.. states.Select(c => function.StateAtStart(c) ?? new Value(c.Spec, null, 0))],
            [.. function.Captures.Select(c => c.Outer), .. constant.Select(r => r.Cell.Value)],
            [.. function.Captures.Select(c => c.Inner), .. constant.Select(r => r.Inner)]);
    }
}
