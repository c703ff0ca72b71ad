using NKeras.Engine.Graphs;

namespace NKeras.Engine.Primitives;

/// <summary>
/// The gradients of <see cref="DotAttention"/>'s first result with respect to queries, keys and values, and to the logits if asked for. It makes the weights again
/// from what was kept of each row.
/// </summary>
/// <remarks>Takes what the attention took, what it gave, and the result's cotangent.</remarks>
/// <param name="Attention">The attention.</param>
/// <param name="OfLogits">Whether the gradient with respect to each logit, [batch, heads, queries, keys], is a fourth result.</param>
internal sealed record DotAttentionBackward(DotAttention Attention, bool OfLogits) : Primitive
{
    private int Extras => (Attention.HasBias ? 1 : 0) + (Attention.HasMask ? 1 : 0);

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        TensorSpec[] outputs = Attention.Infer(inputs);
        ReadOnlySpan<TensorSpec> rest = inputs[(3 + Extras)..];
        if (rest.Length != 3 || !Fits(rest[0], outputs[0]) || !Fits(rest[1], outputs[1]) || !Fits(rest[2], outputs[0]))
            throw new ArgumentException($"{Name} takes what the attention gave, {outputs[0]} and {outputs[1]}, and a cotangent of the first, not {string.Join(", ", rest.ToArray())}.");
        return OfLogits ? [inputs[0], inputs[1], inputs[2], inputs[0] with { Shape = DotAttention.Logits(inputs) }] : [inputs[0], inputs[1], inputs[2]];
    }

    private static bool Fits(TensorSpec given, TensorSpec expected) => given.DType == expected.DType && given.Shape.IsCompatibleWith(expected.Shape);

    public override Tensor?[] Gradient(GradientContext context)
    {
        // What the attention gave is a function of what it took, so it is differentiated from the start: with respect to values of our own, as two inputs may be one.
        Tensor[] all = [.. context.Inputs[..(3 + Extras)].Append(context.Inputs[^1]).Select(x => new Reshape(new IntList(x.Shape.Dims)).Apply(x))], inputs = all[..^1], wrt = inputs[..3];
        if (OfLogits)
        {
            inputs[3] = new BroadcastTo(new IntList(DotAttention.Logits([.. inputs.Select(t => t.Spec)]).Dims)).Apply(inputs[3]);
            wrt = [.. wrt, inputs[3]];
        }

        Tensor?[] first = Differentiation.Pullback([Attention.Compose(inputs)], [all[^1]], wrt);
        int[] given = [.. Enumerable.Range(0, wrt.Length).Where(i => first[i] is not null && context.Cotangents[i] is not null)];
        Tensor?[] second = Differentiation.Pullback([.. given.Select(i => first[i]!)], [.. given.Select(i => context.Cotangents[i]!)], all);
        return [.. second[..^1], null, null, second[^1]];
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        AttentionReference reference = new(Attention, inputs);
        (ElementView q, ElementView k, ElementView v, ElementView dy) = (inputs[0], inputs[1], inputs[2], inputs[^1]);
        int depth = q.Shape.Dims[3], valueDepth = v.Shape.Dims[3];
        double[] dq = new double[q.Size], dk = new double[k.Size], dv = new double[v.Size], slopes = new double[reference.Keys];
        foreach ((int batch, int head, int query) in reference.Rows)
        {
            _ = reference.ReadRow(batch, head, query);
            int row = reference.QueryAt(batch, head, query);
            double mean = 0;
            for (int key = 0; key < reference.Keys; key++)
            {
                int at = reference.KeyAt(batch, head, key) * valueDepth;
                double slope = 0;
                for (int e = 0; e < valueDepth; e++)
                {
                    double cotangent = dy.Double((row * valueDepth) + e);
                    slope += cotangent * v.Double(at + e);
                    dv[at + e] += reference.Weights[key] * cotangent;
                }

                slopes[key] = slope;
                mean += reference.Weights[key] * slope;
            }

            for (int key = 0; key < reference.Keys; key++)
            {
                int at = reference.KeyAt(batch, head, key) * depth;
                double logit = reference.Weights[key] * (slopes[key] - mean);
                if (OfLogits) outputs[3].SetDouble((reference.LogitRow(batch, head, query) * reference.Keys) + key, logit);
                for (int d = 0; d < depth; d++)
                {
                    dq[(row * depth) + d] += logit * Attention.Scale * k.Double(at + d);
                    dk[at + d] += logit * Attention.Scale * q.Double((row * depth) + d);
                }
            }
        }

        outputs[0].WriteNumbers(0, dq);
        outputs[1].WriteNumbers(0, dk);
        outputs[2].WriteNumbers(0, dv);
    }
}
