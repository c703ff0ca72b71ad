using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Elements of the second operand where the condition holds (is not zero), of the third elsewhere.</summary>
    public static Tensor Where(Tensor condition, Tensor x1, Tensor x2) => OpDispatch.Call("Where", [condition, x1, x2], t =>
    {
        (Tensor a, Tensor b) = Promotion.Unify(t[1], t[2]);
        return PrimitiveOps.Where(PrimitiveOps.Convert(t[0], DType.Bool), a, b);
    });

    /// <summary>The positions of what is not zero, as one vector for each axis: the same as <see cref="Nonzero"/>.</summary>
    public static IReadOnlyList<Tensor> Where(Tensor condition) => Nonzero(condition);

    /// <summary>Elements of the first choice whose condition holds, and the default where none does.</summary>
    /// <param name="condlist">Conditions, in the order in which they count.</param>
    /// <param name="choicelist">What is taken where the condition at the same place holds.</param>
    /// <param name="default">What is taken elsewhere; 0 if omitted.</param>
    /// <exception cref="ArgumentException">The lists are empty or not of one length.</exception>
    public static Tensor Select(IReadOnlyList<Tensor> condlist, IReadOnlyList<Tensor> choicelist, Tensor? @default = null)
    {
        ArgumentNullException.ThrowIfNull(condlist);
        ArgumentNullException.ThrowIfNull(choicelist);
        if (condlist.Count == 0 || condlist.Count != choicelist.Count)
            throw new ArgumentException($"Select takes as many choices as conditions, and at least one; received {condlist.Count} conditions and {choicelist.Count} choices.");
        CallArguments arguments = new([Tensors.Create([.. condlist]), Tensors.Create([.. choicelist]), @default ?? 0]);
        return OpDispatch.CallWith("Select", arguments, c =>
        {
            IReadOnlyList<Tensor> conditions = [.. ((Tensors)c.Positional[0]!).Flat], choices = [.. ((Tensors)c.Positional[1]!).Flat];
            using WideScope wide = WideScope.Wanted(); // Elements are only moved.
            Tensor[] values = Promotion.UnifyAll([.. choices, (Tensor)c.Positional[2]!]);
            Tensor result = values[^1];
            for (int i = choices.Count - 1; i >= 0; i--) result = PrimitiveOps.Where(PrimitiveOps.Convert(conditions[i], DType.Bool), values[i], result);
            return result;
        });
    }

    /// <summary>Each element brought between two bounds; booleans become int32.</summary>
    // Keras: bounds are settings of the step, so that symbolic ones cannot be computed, nor saved. Here they can be computed.
    public static Tensor Clip(Tensor x, Tensor xMin, Tensor xMax) => xMin is ConcreteTensor && xMax is ConcreteTensor
        ? OpDispatch.Call("Clip", [x], t => Clipped(t[0], xMin, xMax), ("x_min", xMin), ("x_max", xMax))
        : OpDispatch.Call("Clip", [x, xMin, xMax], t => Clipped(t[0], t[1], t[2]), ("x_min", xMin), ("x_max", xMax));

    private static Tensor Clipped(Tensor x, Tensor least, Tensor most)
    {
        Tensor value = BooleansAs(DType.Int32, x);
        DType type = value.DType;
        Tensor low = BoundOf(least), high = BoundOf(most);
        using WideScope wide = WideScope.Wanted();
        Tensor[] operands = Promotion.UnifyAll([value, low, high]);
        return PrimitiveOps.Convert(new Elementwise(ElementwiseFunction.Clip).Apply(operands), type);

        // A number is brought into the type's range: it is a bound all the same.
        Tensor BoundOf(Tensor bound) => bound is ConcreteTensor { LiteralValue: { } number } && !type.IsFloating
            ? PrimitiveOps.Scalar(type, Math.Clamp(number, NumberRange.Least(type), NumberRange.Most(type)))
            : bound is ConcreteTensor { LiteralValue: not null } ? Promotion.As(bound, type) : bound;
    }
}
