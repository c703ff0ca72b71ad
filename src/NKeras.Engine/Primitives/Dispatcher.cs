using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras.Engine.Primitives;

/// <summary>The one place that decides what applying a primitive means: recording it in a trace, or computing at once.</summary>
internal static class Dispatcher
{
    public static Tensor[] Bind(Primitive primitive, ReadOnlySpan<Tensor> inputs)
    {
        foreach (Tensor input in inputs)
        {
            if (input.DType == DType.String && input is (ConcreteTensor or TracedTensor)) return TextPrimitives.Bind(primitive, inputs);
        }

        Trace? trace = TraceOf(primitive.Name, inputs);

        // What has unknown dimensions, while shapes are being inferred, cannot be computed at once.
        if (trace == null && Trace.Current is { } inferring && HasUnknownResults(primitive, inputs)) trace = inferring;
        return trace != null ? trace.Record(primitive, inputs) : Eager.Run(primitive, inputs);
    }

    /// <summary>The trace that a call with these arguments belongs to; null if they are data.</summary>
    public static Trace? TraceOf(string name, ReadOnlySpan<Tensor> inputs)
    {
        Trace? trace = null;
        foreach (Tensor input in inputs)
        {
            if (input is TracedTensor traced)
            {
                if (trace == null || traced.Trace.IsWithin(trace)) trace = traced.Trace;
                else if (!trace.IsWithin(traced.Trace))
                    throw new InvalidOperationException($"{name} was given values of two functions that are traced separately. A traced value must not outlive its function.");
            }
            else if (input is not ConcreteTensor)
            {
                throw new InvalidOperationException($"{name} was applied to a {input.GetType().Name} of shape {input.Shape}. Use the functions of Ops, which know symbolic, sparse and ragged tensors.");
            }
        }

        // What a branch or the body of a loop does with values from outside happens inside.
        return trace != null && Trace.Current is { } current && current.IsWithin(trace) ? current : trace;
    }

    private static bool HasUnknownResults(Primitive primitive, ReadOnlySpan<Tensor> inputs)
    {
        TensorSpec[] specs = new TensorSpec[inputs.Length];
        for (int i = 0; i < specs.Length; i++) specs[i] = inputs[i].Spec;
        return primitive.Infer(specs).Any(s => !s.Shape.IsKnown);
    }
}
