using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras.Engine.Primitives;

/// <summary>The one place that decides what applying a primitive means: recording it in a trace, or computing at once.</summary>
internal static class Dispatcher
{
    public static Tensor[] Bind(Primitive primitive, ReadOnlySpan<Tensor> inputs)
    {
        Trace? trace = null;
        foreach (Tensor input in inputs)
        {
            if (input is TracedTensor traced)
            {
                if (trace == null || traced.Trace.IsWithin(trace)) trace = traced.Trace;
                else if (!trace.IsWithin(traced.Trace))
                    throw new InvalidOperationException($"{primitive.Name} was given values of two functions that are traced separately. A traced value must not outlive its function.");
            }
            else if (input is not ConcreteTensor)
            {
                throw new InvalidOperationException($"{primitive.Name} was applied to a {input.GetType().Name} of shape {input.Shape}. Use the functions of Ops, which know symbolic, sparse and ragged tensors.");
            }
        }

        // What a branch or the body of a loop does with values from outside happens inside.
        if (trace != null && Trace.Current is { } current && current.IsWithin(trace)) trace = current;
        return trace != null ? trace.Record(primitive, inputs) : Eager.Run(primitive, inputs);
    }
}
