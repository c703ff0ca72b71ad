using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Sums of products in Einstein's notation (<c>keras.ops.einsum</c>): <c>Einsum("bij,bjk->bik", a, b)</c>.</summary>
    /// <param name="subscripts">
    /// A letter for each axis of each operand, with commas between operands, and those of the result after <c>-></c>: letters that are not there are
    /// summed over, a letter twice in one operand takes the diagonal, and <c>...</c> stands for all other axes, which broadcast. Without <c>-></c> the
    /// result has the letters that occur once, in alphabetical order.
    /// </param>
    /// <param name="operands">The tensors.</param>
    /// <exception cref="ArgumentException">The subscripts are malformed, or do not fit the operands.</exception>
    public static Tensor Einsum(string subscripts, params IReadOnlyList<Tensor> operands) => OpDispatch.Call("Einsum", operands, t =>
    {
        bool small = t.All(x => x.DType == DType.Int8);
        return EinsumPlan.Run(subscripts, [.. Promotion.UnifyAll(t).Select(x => small ? PrimitiveOps.Convert(x, DType.Int32) : x)]);
    }, ("subscripts", subscripts));

    /// <summary>Splits, reorders and joins axes (<c>keras.ops.rearrange</c>): <c>Rearrange(x, "b (h h1) c -> b h (h1 c)", ("h1", 2))</c>.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="pattern">Names for its axes and, behind <c>-></c>, the same names in the order of the result; those in brackets are one axis.</param>
    /// <param name="axesLengths">The lengths of split axes; of each group that is split, one may be left out.</param>
    /// <exception cref="ArgumentException">The pattern is malformed, or does not fit the tensor.</exception>
    // Keras: takes the lengths as keyword arguments.
    public static Tensor Rearrange(Tensor tensor, string pattern, params IReadOnlyList<(string Axis, int Length)> axesLengths)
    {
        RearrangePattern parsed = RearrangePattern.Parse(pattern);
        Dictionary<string, int> lengths = axesLengths.ToDictionary(l => l.Axis, l => l.Length);
        CallArguments arguments = new([tensor, pattern], [.. axesLengths.Select(l => KeyValuePair.Create(l.Axis, (object?)l.Length))]);
        return OpDispatch.CallWith("Rearrange", arguments, c => parsed.Apply((Tensor)c.Positional[0]!, pattern, lengths));
    }
}
