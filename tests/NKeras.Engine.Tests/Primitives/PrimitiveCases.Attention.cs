using NKeras.Engine.Primitives;

namespace NKeras.Engine.Tests.Primitives;

internal static partial class PrimitiveCases
{
    /// <summary>Batch, queries, heads, keys, heads of keys, depth, value depth: fewer and more than a tile has, and none.</summary>
    private static readonly int[][] s_attentionSizes =
    [
        [2, 5, 2, 4, 2, 3, 6], [1, 70, 4, 131, 2, 5, 3], [1, 300, 2, 40, 1, 33, 17], [2, 66, 3, 66, 3, 16, 16], [1, 1, 1, 260, 1, 4, 1], [1, 3, 1, 0, 1, 2, 2], [1, 0, 1, 3, 1, 2, 2], [0, 3, 1, 3, 1, 2, 2],
    ];

    private static IEnumerable<PrimitiveCase> Attention()
    {
        foreach (DType type in (DType[])[DType.Float32, DType.Float64])
        {
            foreach (int[] s in s_attentionSizes)
            {
                foreach (bool causal in (bool[])[false, true])
                {
                    foreach ((Shape? bias, Shape? mask) in Extras(s))
                    {
                        DotAttention attention = new(0.7, causal, bias is not null, mask is not null);
                        yield return Close(new Tolerance(64, 256), attention, AttentionInputs(s, bias, mask, type));
                        yield return AttentionBackward(new Tolerance(256, 4096), attention, s, bias, mask, type, ofLogits: bias is not null);
                    }
                }
            }
        }

        static (Shape? Bias, Shape? Mask)[] Extras(int[] s) =>
        [
            (null, null), (new([1, s[2], s[1], s[3]]), null), (null, new([s[0], 1, 1, s[3]])), (new([s[0], 1, s[1], 1]), new([1, 1, s[1], s[3]])), (null, new([s[0], s[2], s[1], 1])),
        ];
    }

    private static Operand[] AttentionInputs(int[] s, Shape? bias, Shape? mask, DType type)
    {
        List<Operand> operands = [new(new([s[0], s[1], s[2], s[5]]), type), new(new([s[0], s[3], s[4], s[5]]), type), new(new([s[0], s[3], s[4], s[6]]), type)];
        if (bias is not null) operands.Add(new(bias, type));
        if (mask is not null) operands.Add(new(mask, DType.Bool));
        return [.. operands];
    }

    /// <summary>A gradient, given what the attention gives.</summary>
    public static PrimitiveCase AttentionBackward(Tolerance tolerance, DotAttention attention, int[] s, Shape? bias, Shape? mask, DType type, bool ofLogits)
    {
        Operand[] inputs = AttentionInputs(s, bias, mask, type);
        Operand result = new(new([s[0], s[1], s[2], s[6]]), type);
        return Close(tolerance, new DotAttentionBackward(attention, ofLogits), [.. inputs, result, new(new([s[0], s[2], s[1], 2]), type), result]) with
        {
            Prepare = drawn =>
            {
                ConcreteTensor[] given = [ConcreteTensor.Allocate(drawn[^3].Spec), ConcreteTensor.Allocate(drawn[^2].Spec)];
                attention.Evaluate([.. drawn[..inputs.Length].Select(ElementView.Of)], [.. given.Select(ElementView.Of)]);
                return [.. drawn[..inputs.Length], .. given, drawn[^1]];
            },
        };
    }
}
