using NKeras.Engine.Primitives;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine;

/// <summary>Turns indices that users give into the int32 positions that <see cref="Gather"/> and <see cref="Scatter"/> take.</summary>
internal static class Positions
{
    /// <summary>Positions from zero. What is out of range stays out of range, whatever the type: nothing wraps into the axis.</summary>
    /// <param name="indices">Integers, or numbers whose fractions are cut off; negative ones count from the end.</param>
    /// <param name="axis">The axis that they belong to.</param>
    /// <param name="shape">The shape that it belongs to.</param>
    /// <param name="operation">The name for messages.</param>
    /// <exception cref="ArgumentOutOfRangeException">The indices are data, and one is out of range.</exception>
    public static Tensor Of(Tensor indices, int axis, Shape shape, string operation)
    {
        int length = shape.Dims[axis];
        if (length == Shape.Unknown) return Convert(indices, DType.Int32);
        if (indices.DType.IsFloating) indices = Whole(indices, length);
        if (indices is ConcreteTensor data) return Checked(data, length, axis, shape, operation);
        DType type = indices.DType;
        if (type == DType.UInt64)
        {
            // Converted to a signed type, large ones would be negative.
            Tensor most = ScalarLike(indices, length);
            indices = Where(Binary(ElementwiseFunction.Less, indices, most), indices, most);
        }

        if (type.Size == 8 || type == DType.UInt32)
        {
            Tensor wide = Convert(indices, DType.Int64);
            Tensor outside = ScalarLike(wide, -1L - length);
            indices = Where(ScatterAdd.Inside(wide + length, 2L * length), wide, outside);
        }

        Tensor positions = Convert(indices, DType.Int32);
        return type.Kind == DTypeKind.Signed
            ? Where(Binary(ElementwiseFunction.Less, positions, ScalarLike(positions, 0)), positions + length, positions)
            : positions;
    }

    /// <summary>Where in the rows of several axes, counted in row-major order, positions along each lie; -1 if one is out of range.</summary>
    /// <param name="positions">Positions from zero for each axis, of shapes that can be broadcast together.</param>
    /// <param name="lengths">The axes' lengths.</param>
    public static Tensor Linear(IReadOnlyList<Tensor> positions, ReadOnlySpan<int> lengths)
    {
        Tensor linear = positions[^1];
        long stride = Math.Max(1, lengths[^1]);
        for (int i = positions.Count - 2; i >= 0; i--)
        {
            linear = ((int)stride * positions[i]) + linear;
            stride *= Math.Max(1, lengths[i]);
        }

        // Data has been checked. Otherwise a position that is outside of its axis would be inside another row.
        Tensor? allInside = null;
        for (int i = 0; i < positions.Count && positions.Count > 1; i++)
        {
            if (positions[i] is ConcreteTensor || lengths[i] == Shape.Unknown) continue;
            Tensor inside = ScatterAdd.Inside(positions[i], lengths[i]);
            allInside = allInside == null ? inside : Binary(ElementwiseFunction.LogicalAnd, allInside, inside);
        }

        return allInside == null ? linear : Where(allInside, linear, ScalarLike(linear, -1));
    }

    /// <summary>The positions, along each axis, of the elements that are not zero, in row-major order.</summary>
    public static Tensor[] OfNonzero(ConcreteTensor x)
    {
        ElementView view = ElementView.Of(x);
        List<int> found = [];
        for (int i = 0; i < view.Size; i++)
        {
            if (view.IsFloating ? view.Double(i) != 0 : view.Long(i) != 0) found.Add(i);
        }

        GC.KeepAlive(x); // A view is a bare pointer.
        int[] strides = IndexMath.Strides(x.Shape);
        Tensor[] positions = new Tensor[x.Rank];
        for (int axis = 0; axis < positions.Length; axis++)
        {
            int stride = strides[axis], length = x.Shape.Dims[axis];
            positions[axis] = Tensor.From(found.ConvertAll(at => at / stride % length).ToArray());
        }

        return positions;
    }

    /// <summary>Numbers without their fractions, in int64; NaN and what is far outside are just outside.</summary>
    private static Tensor Whole(Tensor numbers, int length)
    {
        Tensor wide = Unary(ElementwiseFunction.Truncate, Convert(numbers, DType.Float64));
        return Convert(Where(ScatterAdd.Inside(wide + length, 2.0 * length), wide, ScalarLike(wide, -1.0 - length)), DType.Int64);
    }

    private static Tensor Checked(ConcreteTensor indices, int length, int axis, Shape shape, string operation)
    {
        ElementView view = ElementView.Of(indices);
        ConcreteTensor positions = ConcreteTensor.Allocate(new TensorSpec(indices.Shape, DType.Int32));
        ElementView target = ElementView.Of(positions);
        bool changed = indices.DType != DType.Int32;
        for (int i = 0; i < view.Size; i++)
        {
            long index = view.Long(i);
            bool tooLarge = index >= length || (index < 0 && indices.DType == DType.UInt64);
            if (tooLarge || index < -length)
                throw new ArgumentOutOfRangeException(nameof(indices), $"{operation}: index {view.Format(i)} is out of range for axis {axis} of a tensor of shape {shape}, which has {length} elements there.");
            changed |= index < 0;
            target.SetLong(i, index < 0 ? index + length : index);
        }

        GC.KeepAlive(indices); // A view is a bare pointer.
        return changed ? positions : indices;
    }
}
