using NKeras.Engine.Primitives;

namespace NKeras.Core;

/// <summary>What functions of <c>Ops</c> do with ragged tensors: what concerns single steps is done to the values.</summary>
internal static class RaggedRules
{
    public static Tensor Apply(string name, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, Tensor> function)
    {
        if (CompositeRules.IsElementwise(name) && inputs[0] is RaggedTensor only && inputs.Count(t => t is CompositeTensor) == 1)
            return only.WithValues(function([only.Values, .. inputs.Skip(1)]));
        return name switch
        {
            "Matmul" when inputs is [RaggedTensor { Rank: > 2 } x, { Rank: 2 } and not CompositeTensor] => x.WithValues(function([x.Values, inputs[1]])),
            "Take" when inputs[0] is not CompositeTensor => Take(inputs, function),
            _ when CompositeRules.IsBinary(name) => Binary(name, inputs, function),
            _ => throw CompositeRules.NoRule(name, inputs),
        };
    }

    private static RaggedTensor Binary(string name, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, Tensor> function)
    {
        RaggedTensor rows = inputs.OfType<RaggedTensor>().First();
        return rows.WithValues(function([.. inputs.Select(Values)]));

        Tensor Values(Tensor x)
        {
            if (x is RaggedTensor other) return other.HasRowsOf(rows) ? other.Values : throw CompositeRules.NoRule(name, inputs, "whose rows may differ in length");
            if (x is CompositeTensor) throw CompositeRules.NoRule(name, inputs, "of two kinds");
            if (x.Rank <= rows.Rank - 2) return x;
            if (x.Rank == rows.Rank && x.Shape[1] == 1)
            {
                // The same for all steps of a row.
                Tensor each = PrimitiveOps.Reshape(x, new Shape([x.Shape.Dims[0], .. x.Shape.Dims[2..]]));
                return x.Shape[0] == 1 ? PrimitiveOps.Reshape(each, new Shape([1, .. each.Shape.Dims[1..]])) : rows.AtRows(each);
            }

            throw CompositeRules.NoRule(name, inputs, "with dense ones that have several steps");
        }
    }

    private static RaggedTensor Take(IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, Tensor> function)
    {
        RaggedTensor indices = (RaggedTensor)inputs[1];
        Tensor taken = function([inputs[0], indices.Values]);
        // Only along the first axis do the slices come in the order of the values.
        return taken.Rank == inputs[0].Rank + indices.Values.Rank - 1 && taken.Shape.Dims[..indices.Values.Rank].SequenceEqual(indices.Values.Shape.Dims) && inputs[0].Rank > 0
            ? indices.WithValues(taken)
            : throw CompositeRules.NoRule("Take", inputs, "along an axis other than 0");
    }
}
