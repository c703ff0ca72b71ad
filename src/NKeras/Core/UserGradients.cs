using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using NKeras.Engine.Runtime;

namespace NKeras.Core;

/// <summary>Derivatives that users ask for, and those that they define.</summary>
internal static class UserGradients
{
    /// <summary>A function's results, to which gradients flow as another function says.</summary>
    public static Tensors Attach(Func<Tensors, (Tensors Output, Func<Tensors, Tensors> Gradient)> f, Tensors arguments)
    {
        Tensor[] given = InnerCalls.Flat("CustomGradient", "the arguments", arguments);
        (Tensors output, Func<Tensors, Tensors> gradient) = f(arguments);
        Tensor[] results = InnerCalls.Flat("CustomGradient", "the output", output);
        if (Trace.Current == null) return output; // Nobody can ask for the gradient of what is data already.
        ArgumentNullException.ThrowIfNull(gradient);
        InnerFunction back = Trace.Inner([.. results.Select(t => t.Spec)], upstream => Gradients(gradient(output.With(upstream)), given));
        if (back.Assignments.Count > 0) throw new ArgumentException("CustomGradient: the gradient's function changes state (it assigns to a variable or draws random numbers). Do that in the function itself.");
        Subgraph closed = back.Close([.. back.Inputs, .. back.Captures.Select(c => c.Inner), .. back.Reads.Select(r => r.Inner)], back.Outputs);
        Tensor[] inputs = [.. results, .. given, .. back.Captures.Select(c => c.Outer), .. back.Reads.Select(r => r.Cell.Value)];
        return output.With(new CustomGradient(closed, results.Length, given.Length).ApplyAll(inputs));
    }

    /// <summary>The results of a function, and how they change in a direction.</summary>
    public static (Tensors Outputs, Tensors Directions, Tensors? Aux) Jvp(Func<Tensors, (Tensors Output, Tensors? Aux)> function, Tensors primals, Tensors tangents, bool hasAux)
    {
        ArgumentNullException.ThrowIfNull(primals);
        ArgumentNullException.ThrowIfNull(tangents);
        if (primals.Count != tangents.Count) throw new ArgumentException($"Jvp: there are {primals.Count} primals and {tangents.Count} tangents; each primal has one.", nameof(tangents));
        for (int i = 0; i < primals.Count; i++)
        {
            if (!primals[i].Shape.IsCompatibleWith(tangents[i].Shape)) throw new ArgumentException($"Jvp: tangent {i} has shape {tangents[i].Shape} and its primal {primals[i].Shape}; both have the same.", nameof(tangents));
        }

        Tensors? outputs = null, aux = null;
        Tensors all = OpDispatch.CallStructured(
            "JVP",
            new CallArguments([primals, tangents]),
            c =>
            {
                Tensor[] at = InnerCalls.Flat("Jvp", nameof(primals), AsTensors(c.Positional[0]!)), along = InnerCalls.Flat("Jvp", nameof(tangents), AsTensors(c.Positional[1]!));
                along = [.. along.Select((t, i) => Promotion.As(t, at[i].DType))];
                if (Trace.Current != null) return Tensors.Create(Run(at, along));
                Graph graph = Trace.Function([.. at.Concat(along).Select(t => t.Spec)], a => Run(a[..at.Length], a[at.Length..]));
                return Tensors.Create(Backend.Current.Compile(graph).Run([.. at, .. along]));
            },
            ("has_aux", hasAux));
        int count = outputs!.Count;
        return (outputs.With([.. all.Take(count)]), outputs.With([.. all.Skip(count).Take(count)]), aux?.With([.. all.Skip(2 * count)]));

        Tensor[] Run(Tensor[] at, Tensor[] along)
        {
            // Points of their own, so that the derivative with respect to one is not that with respect to what it was computed from.
            Tensor[] points = [.. at.Select(t => Trace.Current!.Record(new Reshape(new IntList(t.Shape.Dims)), [t])[0])];
            (outputs, aux) = function(primals.With(points));
            Tensor[] flat = InnerCalls.Flat("Jvp", "the output", outputs), others = aux == null ? [] : InnerCalls.Flat("Jvp", "the auxiliary output", aux);
            return [.. flat, .. SymbolicCall.IsInferring ? flat : Directions(flat, points, along), .. others];
        }
    }

    /// <summary>
    /// The way back is linear in the gradients of the results; the way back through it, from a direction of the arguments, leads to
    /// that of the results.
    /// </summary>
    private static Tensor[] Directions(Tensor[] outputs, Tensor[] points, Tensor[] along)
    {
        int[] floating = [.. Enumerable.Range(0, outputs.Length).Where(i => outputs[i].DType.IsFloating)];
        Tensor[] upstream = [.. floating.Select(i => Trace.Current!.Record(new StopGradient(), [PrimitiveOps.Filled(outputs[i].Spec, 0)])[0])];
        Tensor?[] back = Differentiation.Pullback([.. floating.Select(i => outputs[i])], upstream, points);
        int[] flows = [.. Enumerable.Range(0, points.Length).Where(i => back[i] != null)];
        Tensor?[] forward = Differentiation.Pullback([.. flows.Select(i => back[i]!)], [.. flows.Select(i => along[i])], upstream);
        Tensor[] directions = [.. outputs.Select(t => PrimitiveOps.Filled(t.Spec, 0))];
        for (int i = 0; i < floating.Length; i++) directions[floating[i]] = forward[i] ?? directions[floating[i]];
        return directions;
    }

    private static Tensor[] Gradients(Tensors gradients, Tensor[] arguments)
    {
        Tensor[] flat = InnerCalls.Flat("CustomGradient", "the gradient", gradients);
        if (flat.Length != arguments.Length) throw new ArgumentException($"CustomGradient: there are {arguments.Length} arguments, and the gradient's function gives {flat.Length} gradients.");
        for (int i = 0; i < flat.Length; i++)
        {
            if (!arguments[i].DType.IsFloating) continue;
            if (!flat[i].Shape.IsCompatibleWith(arguments[i].Shape)) throw new ArgumentException($"CustomGradient: argument {i} has shape {arguments[i].Shape}, and its gradient {flat[i].Shape}.");
            flat[i] = Promotion.As(flat[i], arguments[i].DType);
        }

        return flat;
    }

    private static Tensors AsTensors(object argument) => argument as Tensors ?? (Tensor)argument;
}
