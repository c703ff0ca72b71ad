using System.Collections.Concurrent;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Runtime;

/// <summary>Runs single primitives at once, with the kernels that compiled graphs use.</summary>
internal static class Eager
{
    /// <summary>Compiled calls kept; past that the cache starts anew, so that odd shapes cannot grow it without bound.</summary>
    private const int MostKept = 4096;

    private static readonly ConcurrentDictionary<Call, Executable> s_calls = new();

    public static Tensor[] Run(Primitive primitive, ReadOnlySpan<Tensor> inputs)
    {
        TensorSpec[] specs = new TensorSpec[inputs.Length];
        for (int i = 0; i < specs.Length; i++) specs[i] = inputs[i].Spec;
        Call call = new(primitive, specs);
        if (!s_calls.TryGetValue(call, out Executable? executable))
        {
            if (s_calls.Count >= MostKept) s_calls.Clear();
            s_calls[call] = executable = Backend.Current.Compile(GraphOf(primitive, specs));
        }

        return executable.Run(inputs);
    }

    private static Graph GraphOf(Primitive primitive, TensorSpec[] specs)
    {
        Value[] arguments = Array.ConvertAll(specs, s => new Value(s, null, 0));
        Node node = new(primitive, arguments, primitive.Infer(specs));
        return new Graph { Inputs = arguments, Nodes = [node], Outputs = node.Outputs, Updates = [] };
    }

    private readonly struct Call(Primitive primitive, TensorSpec[] specs) : IEquatable<Call>
    {
        private readonly Primitive _primitive = primitive;
        private readonly TensorSpec[] _specs = specs;

        public bool Equals(Call other) => _primitive.Equals(other._primitive) && _specs.AsSpan().SequenceEqual(other._specs);

        public override bool Equals(object? obj) => obj is Call other && Equals(other);

        public override int GetHashCode()
        {
            HashCode hash = default;
            hash.Add(_primitive);
            foreach (TensorSpec spec in _specs) hash.Add(spec);
            return hash.ToHashCode();
        }
    }
}
