using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Tests.Primitives;

/// <summary>One application of a primitive that every backend must compute like the reference.</summary>
/// <param name="Group">The cases tested together; usually the primitive and the type.</param>
/// <param name="Primitive">The primitive.</param>
/// <param name="Operands">Its inputs.</param>
/// <param name="Tolerance">How far results may be off.</param>
internal sealed record PrimitiveCase(string Group, Primitive Primitive, Operand[] Operands, Tolerance Tolerance)
{
    // Kept, because several suites ask and the reference is slow.
    private Tensor[]? _inputs;
    private ConcreteTensor[]? _expected;

    /// <summary>Makes drawn inputs fit each other, where they must.</summary>
    public Func<Tensor[], Tensor[]>? Prepare { get; init; }

    /// <summary>The inputs; the same in every process.</summary>
    public Tensor[] Inputs => LazyInitializer.EnsureInitialized(ref _inputs, MakeInputs);

    /// <summary>What the reference gives.</summary>
    public ConcreteTensor[] Expected => LazyInitializer.EnsureInitialized(ref _expected, () => Evaluate(Inputs));

    /// <summary>A graph of this one application.</summary>
    public Graph ToGraph()
    {
        TensorSpec[] specs = [.. Operands.Select(o => new TensorSpec(o.Shape, o.DType))];
        Value[] inputs = [.. specs.Select(s => new Value(s, null, 0))];
        Node node = new(Primitive, inputs, Primitive.Infer(specs));
        return new Graph { Inputs = inputs, Nodes = [node], Outputs = node.Outputs, Updates = [] };
    }

    /// <summary>Fails where outputs differ from the reference's by more than the tolerance.</summary>
    public void Check(Tensor[] actual)
    {
        string? violation = Violation(actual);
        Assert.True(violation == null, violation);
    }

    /// <summary>Where outputs differ from the reference's by more than the tolerance; null if nowhere.</summary>
    private string? Violation(Tensor[] actual)
    {
        ConcreteTensor[]? magnitude = Tolerance.OfMagnitude > 0 ? Evaluate([.. Inputs.Select(Absolute)]) : null;
        for (int i = 0; i < Expected.Length; i++)
        {
            string? violation = Tolerance.Violation(
                ElementView.Of(Expected[i]), ElementView.Of(actual[i]), magnitude == null ? null : ElementView.Of(magnitude[i]));
            if (violation != null) return $"{this}: {violation}";
        }

        return null;
    }

    public override string ToString() => $"{Primitive} of {string.Join(", ", Operands.Select(o => o.ToString()))}";

    private Tensor[] MakeInputs()
    {
        Random random = new(ToString().Aggregate(17, (hash, c) => unchecked((hash * 31) + c)));
        Tensor[] drawn = [.. Operands.Select(o => o.Make(random))];
        return Prepare?.Invoke(drawn) ?? drawn;
    }

    private ConcreteTensor[] Evaluate(Tensor[] inputs)
    {
        ConcreteTensor[] outputs = [.. Primitive.Infer([.. inputs.Select(t => t.Spec)]).Select(ConcreteTensor.Allocate)];
        Primitive.Evaluate([.. inputs.Select(ElementView.Of)], [.. outputs.Select(ElementView.Of)]);
        return outputs;
    }

    private static Tensor Absolute(Tensor x)
    {
        if (!x.DType.IsFloating) return x;
        ConcreteTensor result = ConcreteTensor.Allocate(x.Spec);
        ElementView from = ElementView.Of(x), to = ElementView.Of(result);
        for (int i = 0; i < from.Size; i++) to.SetDouble(i, double.IsFinite(from.Double(i)) ? Math.Abs(from.Double(i)) : 0);
        return result;
    }
}
