using NKeras.Engine.Primitives;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Graphs;

/// <summary>Reverse-mode differentiation of what a trace has recorded.</summary>
internal static class Differentiation
{
    /// <summary>Records the gradient of a scalar with respect to values of the same trace.</summary>
    /// <returns>One tensor for each of <paramref name="wrt"/>; zeros where the scalar does not depend on it.</returns>
    public static Tensor[] Gradients(Tensor loss, IReadOnlyList<Tensor> wrt)
    {
        if (loss.Shape.Rank != 0)
            throw new ArgumentException($"Gradients are taken of a scalar; the loss has shape {loss.Shape}. Reduce it first.", nameof(loss));
        return [.. Pullback([loss], [ScalarLike(loss, 1)], wrt).Select((g, i) => g ?? Filled(wrt[i].Spec, 0))];
    }

    /// <summary>Records the vector-Jacobian product; null where nothing flows.</summary>
    /// <param name="outputs">What is differentiated.</param>
    /// <param name="cotangents">The weight of each element of the outputs.</param>
    /// <param name="wrt">The values that the gradients are with respect to.</param>
    public static Tensor?[] Pullback(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> cotangents, IReadOnlyList<Tensor> wrt)
    {
        Dictionary<Value, Tensor> gradients = [];
        Trace? trace = null;
        foreach (TracedTensor output in outputs.OfType<TracedTensor>()) // A constant depends on nothing.
        {
            if (trace == null || output.Trace.IsWithin(trace)) trace = output.Trace;
        }

        if (trace == null) return new Tensor?[wrt.Count];
        for (int i = 0; i < outputs.Count; i++)
        {
            if (outputs[i] is TracedTensor output) Accumulate(gradients, trace.ValueOf(output), cotangents[i]);
        }

        // Only nodes between the variables and the outputs matter.
        Value?[] variables = [.. wrt.Select(t => t is TracedTensor traced && trace.IsWithin(traced.Trace) ? trace.ValueOf(t) : null)];
        Node[] nodes = [.. trace.Nodes];
        HashSet<Value> dependent = [.. variables.OfType<Value>()];
        foreach (Node node in nodes)
        {
            if (!node.Inputs.Any(dependent.Contains)) continue;
            foreach (Value output in node.Outputs)
            {
                if (output.DType.IsFloating) dependent.Add(output);
            }
        }

        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            Node node = nodes[i];
            bool[] needed = [.. node.Inputs.Select(v => v.DType.IsFloating && dependent.Contains(v))];
            if (!needed.Contains(true) || !node.Outputs.Any(gradients.ContainsKey)) continue;
            Back(trace, node, needed, gradients);
        }

        return [.. variables.Select(v => v != null ? gradients.GetValueOrDefault(v) : null)];
    }

    private static void Back(Trace trace, Node node, bool[] needed, Dictionary<Value, Tensor> gradients)
    {
        GradientContext context = new(
            [.. node.Inputs.Select(v => (Tensor?)v.Constant ?? new TracedTensor(trace, v))],
            [.. node.Outputs.Select(v => new TracedTensor(trace, v))],
            [.. node.Outputs.Select(v => gradients.GetValueOrDefault(v))],
            needed);
        Tensor?[] results = node.Primitive.Gradient(context);
        for (int k = 0; k < results.Length; k++)
        {
            if (!needed[k] || results[k] is not { } gradient) continue;
            if (gradient.Shape != node.Inputs[k].Shape)
                throw new InvalidOperationException($"The gradient rule of {node.Primitive.Name} gave shape {gradient.Shape} for input {k} of shape {node.Inputs[k].Shape}.");
            Accumulate(gradients, node.Inputs[k], gradient);
        }
    }

    private static void Accumulate(Dictionary<Value, Tensor> gradients, Value value, Tensor gradient) =>
        gradients[value] = gradients.TryGetValue(value, out Tensor? sum) ? sum + gradient : gradient;
}
