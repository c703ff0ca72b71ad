using System.Runtime.CompilerServices;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>Computes equal things once: nodes with equal primitives and inputs, and constants with equal content.</summary>
/// <remarks>Every primitive is a pure function, random bits of their key included.</remarks>
internal static class CommonSubexpressions
{
    /// <summary>Larger constants are compared by identity only: hashing them would cost more than they are likely to save.</summary>
    private const int LargestConstantCompared = 1 << 16;

    public static Graph Run(Graph graph)
    {
        GraphRewriter rewriter = new(graph);
        Dictionary<Expression, Node> seen = [];
        Dictionary<ConstantContent, Value> constants = [];
        foreach (Value value in graph.Nodes.SelectMany(n => n.Inputs))
        {
            if (value.Constant == null || value.Spec.ByteLength > LargestConstantCompared) continue;
            ConstantContent content = new(value);
            if (!constants.TryGetValue(content, out Value? first)) constants[content] = value;
            else if (first != value && rewriter.Map(value) == value) rewriter.Replace([value], [first]);
        }

        foreach (Node node in graph.Nodes)
        {
            Expression expression = new(node.Primitive, rewriter.MapInputs(node));
            if (seen.TryGetValue(expression, out Node? earlier))
            {
                rewriter.Replace(node.Outputs, Array.ConvertAll(earlier.Outputs, rewriter.Map));
                continue;
            }

            rewriter.Keep(node);
            seen[expression] = node;
        }

        return rewriter.Finish();
    }

    private readonly struct Expression : IEquatable<Expression>
    {
        private readonly Primitive _primitive;
        private readonly Value[] _inputs;

        public Expression(Primitive primitive, Value[] inputs)
        {
            _primitive = primitive;
            _inputs = inputs;

            // a + b is b + a: any fixed order of the operands will do, as it is only compared within one run.
            if (primitive is Elementwise { Function: var function } && function.IsCommutative()
                && RuntimeHelpers.GetHashCode(inputs[0]) > RuntimeHelpers.GetHashCode(inputs[1]))
                _inputs = [inputs[1], inputs[0]];
        }

        public bool Equals(Expression other) => _primitive.Equals(other._primitive) && _inputs.AsSpan().SequenceEqual(other._inputs);

        public override bool Equals(object? obj) => obj is Expression other && Equals(other);

        public override int GetHashCode()
        {
            HashCode hash = default;
            hash.Add(_primitive);
            foreach (Value input in _inputs) hash.Add(input);
            return hash.ToHashCode();
        }
    }

    private readonly struct ConstantContent(Value value) : IEquatable<ConstantContent>
    {
        private readonly TensorSpec _spec = value.Spec;
        private readonly HostStorage _data = (HostStorage)value.Constant!.Data;

        public bool Equals(ConstantContent other) => _spec == other._spec && _data.Bytes.SequenceEqual(other._data.Bytes);

        public override bool Equals(object? obj) => obj is ConstantContent other && Equals(other);

        public override int GetHashCode()
        {
            HashCode hash = default;
            hash.Add(_spec);
            hash.AddBytes(_data.Bytes);
            return hash.ToHashCode();
        }
    }
}
