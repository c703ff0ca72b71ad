namespace NKeras.Engine.Graphs;

/// <summary>What a graph computes: primitives, and which value goes where. Two graphs with equal keys are compiled to the same program.</summary>
/// <remarks>Values are numbered as they appear. Small constants count by their content, state by which it is.</remarks>
internal sealed class GraphKey : IEquatable<GraphKey>
{
    private readonly object[] _parts;
    private readonly int _hash;

    public GraphKey(Graph graph)
    {
        Dictionary<Value, int> numbers = [];
        List<object> parts = [];
        foreach (Value input in graph.Inputs)
        {
            numbers[input] = numbers.Count;
            parts.Add(input.Spec);
        }

        foreach (Node node in graph.Nodes)
        {
            parts.Add(node.Primitive);
            foreach (Value input in node.Inputs) Use(input);
            foreach (Value output in node.Outputs) numbers[output] = numbers.Count;
        }

        parts.Add(graph.Outputs.Count);
        foreach (Value output in graph.Outputs) Use(output);
        foreach ((StateCell cell, Value value) in graph.Updates)
        {
            parts.Add(cell);
            Use(value);
        }

        _parts = [.. parts];
        HashCode hash = default;
        foreach (object part in _parts) hash.Add(part);
        _hash = hash.ToHashCode();

        void Use(Value value) => parts.Add(value.Constant is { } constant ? new ConstantKey(constant) : (object?)value.Cell ?? numbers[value]);
    }

    public bool Equals(GraphKey? other) => ReferenceEquals(this, other) || (other is not null && _hash == other._hash && _parts.AsSpan().SequenceEqual(other._parts));

    public override bool Equals(object? obj) => Equals(obj as GraphKey);

    public override int GetHashCode() => _hash;
}
