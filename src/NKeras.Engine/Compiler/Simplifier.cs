using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>Rewrites nodes by local rules, and computes what depends on constants only.</summary>
/// <remarks>
/// A rule never changes whether a result is NaN or infinite, and no result by more than rounding. The sign of a zero may
/// change in two places: adding +0 keeps a -0, and so does a sum of one element or of copies of one.
/// </remarks>
internal sealed class Simplifier
{
    /// <summary>Results of more elements than this are not kept as constants: they would take memory for good.</summary>
    private const int LargestFolded = 4096;

    /// <summary>Constants of more elements than this are not folded: the plain kernels are slow.</summary>
    private const int LargestFoldedInput = 1 << 16;

    private readonly GraphRewriter _rewriter;

    private Simplifier(Graph graph) => _rewriter = new GraphRewriter(graph);

    public static Graph Run(Graph graph)
    {
        Simplifier simplifier = new(graph);
        foreach (Node node in graph.Nodes)
        {
            Value[] inputs = simplifier._rewriter.MapInputs(node);
            if (simplifier.Reduce(node.Primitive, inputs) is { } replacements) simplifier._rewriter.Replace(node.Outputs, replacements);
            else simplifier._rewriter.Keep(node);
        }

        return simplifier._rewriter.Finish();
    }

    /// <summary>A constant value.</summary>
    public static Value Constant(Tensor data) => new(data.Spec, null, 0) { Constant = (ConcreteTensor)data };

    /// <summary>A constant scalar.</summary>
    public static Value Scalar(DType type, double number) => Constant(PrimitiveOps.Scalar(type, number));

    /// <summary>The result of an operation in its simplest form.</summary>
    public Value Apply(Primitive primitive, params Value[] inputs) =>
        (Reduce(primitive, inputs) ?? _rewriter.Emit(primitive, inputs))[0];

    /// <inheritdoc cref="Apply(Primitive, Value[])"/>
    public Value Apply(ElementwiseFunction function, params Value[] inputs) => Apply(new Elementwise(function), inputs);

    /// <summary>A value stretched to a shape, or seen under it where it has as many elements.</summary>
    public Value Fit(Value value, Shape shape) =>
        value.Shape == shape ? value
        : value.Shape.Size == shape.Size ? Apply(new Reshape(new IntList(shape.Dims)), value)
        : Apply(new BroadcastTo(new IntList(shape.Dims)), value);

    private Value[]? Reduce(Primitive primitive, Value[] inputs)
    {
        TensorSpec[] outputs = primitive.Infer(Array.ConvertAll(inputs, v => v.Spec));
        if (primitive is CustomGradient custom) return inputs[..custom.Results]; // Gradients have been taken.
        if (Fold(primitive, inputs, outputs) is { } constants) return constants;
        foreach (SimplificationRule rule in SimplificationRules.For(primitive))
        {
            if (rule(this, primitive, inputs, outputs[0].Shape) is { } replacement) return [replacement];
        }

        return null;
    }

    private static Value[]? Fold(Primitive primitive, Value[] inputs, TensorSpec[] outputs)
    {
        if (primitive is Conditional or WhileLoop or Scan) return null; // The plain kernels are slow, and a loop may take any time.
        if (inputs.Any(v => v.Constant == null || v.Shape.Size > LargestFoldedInput) || outputs.Any(o => o.Shape.Size > LargestFolded)) return null;
        ConcreteTensor[] results = Array.ConvertAll(outputs, ConcreteTensor.Allocate);
        primitive.Evaluate([.. inputs.Select(v => ElementView.Of(v.Constant!))], [.. results.Select(ElementView.Of)]);
        return Array.ConvertAll(results, Constant);
    }
}
