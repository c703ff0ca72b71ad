using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The same elements under another shape; one dimension may be -1 or null, which takes what is left.</summary>
    public static Tensor Reshape(Tensor x, TargetShape newshape) => OpDispatch.Call("Reshape", [x], t => PrimitiveOps.Reshape(t[0], newshape.Shape), ("newshape", newshape));

    /// <summary>Reorders the axes (reverses them if omitted).</summary>
    public static Tensor Transpose(Tensor x, Ints? axes = null) => OpDispatch.Call("Transpose", [x], t =>
        PrimitiveOps.Transpose(t[0], axes == null ? [.. Enumerable.Range(0, t[0].Rank).Reverse()] : [.. axes.Select(t[0].Shape.Axis)]), ("axes", axes));

    /// <summary>Inserts dimensions of one at axes of the result.</summary>
    public static Tensor ExpandDims(Tensor x, Ints axis) => OpDispatch.Call("ExpandDims", [x], t =>
    {
        int rank = t[0].Rank + axis.Count;
        int[] places = [.. axis.Select(a => a < 0 ? a + rank : a)];
        if (places.Any(p => p < 0 || p >= rank) || places.Distinct().Count() < places.Length)
            throw new ArgumentOutOfRangeException(nameof(axis), $"Axis {axis} is out of range for expanding a tensor of shape {t[0].Shape}.");
        List<int> dims = [.. t[0].Shape.Dims];
        foreach (int place in places.Order()) dims.Insert(place, 1);
        return PrimitiveOps.Reshape(t[0], new Shape([.. dims]));
    }, ("axis", axis));

    /// <summary>Removes dimensions of one: those given, or all.</summary>
    public static Tensor Squeeze(Tensor x, Ints? axis = null) => OpDispatch.Call("Squeeze", [x], t =>
    {
        int[] remove = axis == null
            ? [.. Enumerable.Range(0, t[0].Rank).Where(i => t[0].Shape.Dims[i] == 1)]
            : Axes(t[0], axis);
        foreach (int i in remove)
        {
            if (t[0].Shape[i] is { } d && d != 1) throw new ArgumentException($"Axis {i} of shape {t[0].Shape} cannot be squeezed: its dimension is {d}, not 1.", nameof(axis));
        }

        return PrimitiveOps.Reshape(t[0], new Shape([.. t[0].Shape.Dims.ToArray().Where((_, i) => !remove.Contains(i))]));
    }, ("axis", axis));

    /// <summary>Stretches a tensor to a shape by broadcasting.</summary>
    public static Tensor BroadcastTo(Tensor x, Shape shape) => OpDispatch.Call("BroadcastTo", [x], t => PrimitiveOps.BroadcastTo(t[0], shape), ("shape", shape));

    /// <summary>Joins tensors along an axis.</summary>
    public static Tensor Concatenate(IReadOnlyList<Tensor> xs, int axis = 0) => OpDispatch.CallOnList("Concatenate", xs, t =>
    {
        // Tensors of one type keep it, 64-bit types too.
        Tensor[] parts = t.All(x => x.DType == t[0].DType) ? [.. t] : Promotion.UnifyAll(t);
        return new Concatenate(t[0].Shape.Axis(axis)).Apply(parts);
    }, ("axis", axis));

    // Keras: a Python list of positions stays one in configurations; here positions are data, and are written as a tensor.
    /// <summary>Slices along an axis (of the flattened tensor if omitted), at integer positions; negative ones count from the end.</summary>
    public static Tensor Take(Tensor x, Tensor indices, int? axis = null) => OpDispatch.Call("Take", [x, indices], t =>
    {
        Tensor from = axis == null ? PrimitiveOps.Reshape(t[0], new Shape([Shape.Unknown])) : t[0];
        int at = from.Shape.Axis(axis ?? 0);
        Tensor positions = PrimitiveOps.Convert(t[1], DType.Int32);
        if (t[1].DType.Kind == DTypeKind.Signed && from.Shape[at] is { } length) positions = Where(Less(positions, 0), Add(positions, length), positions);
        return new Gather(at).Apply(from, positions);
    }, ("axis", axis));

    /// <summary>A part of a tensor: the same as <c>x[key]</c>.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="key">One index for each axis; axes that are left over stay whole.</param>
    /// <exception cref="ArgumentException">There are more indices than axes, or a position is out of range.</exception>
    public static Tensor GetItem(Tensor x, params TensorIndex[] key) => x[key];

    /// <summary>A tensor of zeros.</summary>
    public static Tensor Zeros(Shape shape, DType? dtype = null) => Full(shape, 0, dtype);

    /// <summary>A tensor of ones.</summary>
    public static Tensor Ones(Shape shape, DType? dtype = null) => Full(shape, 1, dtype);

    /// <summary>Zeros in a tensor's shape, and its type unless another is given.</summary>
    public static Tensor ZerosLike(Tensor x, DType? dtype = null) => OpDispatch.Call("ZerosLike", [x], t => FullLike(t[0], 0, dtype), ("dtype", dtype));

    /// <summary>Ones in a tensor's shape, and its type unless another is given.</summary>
    public static Tensor OnesLike(Tensor x, DType? dtype = null) => OpDispatch.Call("OnesLike", [x], t => FullLike(t[0], 1, dtype), ("dtype", dtype));

    /// <summary>A tensor whose elements are all one number.</summary>
    public static Tensor Full(Shape shape, double fillValue, DType? dtype = null) => dtype?.IsComplex == true
        ? ComplexTensor.As(Full(shape, fillValue, ComplexTensor.PartOf(dtype)), dtype)
        : PrimitiveOps.Filled(new TensorSpec(shape, dtype ?? DType.Float32), fillValue);

    /// <summary>Class numbers as rows with a one at the class's place and zeros elsewhere; numbers out of range give zeros.</summary>
    /// <param name="x">Integers.</param>
    /// <param name="numClasses">The length of a row.</param>
    /// <param name="axis">Where the new axis goes.</param>
    /// <param name="dtype">The type of the result; float32 if omitted.</param>
    public static Tensor OneHot(Tensor x, int numClasses, int axis = -1, DType? dtype = null) => OpDispatch.Call("OneHot", [x], t =>
    {
        List<int> dims = [.. t[0].Shape.Dims];
        int at = axis < 0 ? axis + dims.Count + 1 : axis;
        int[] classDims = new int[dims.Count + 1];
        Array.Fill(classDims, 1);
        classDims[at] = numClasses;
        dims.Insert(at, 1);
        Tensor numbers = new Iota(DType.Int32, new IntList(classDims), at).Apply();
        Tensor isClass = PrimitiveOps.Binary(ElementwiseFunction.Equal, PrimitiveOps.Reshape(PrimitiveOps.Convert(t[0], DType.Int32), new Shape([.. dims])), numbers);
        return PrimitiveOps.Convert(isClass, dtype ?? DType.Float32);
    }, ("num_classes", numClasses), ("axis", axis), ("dtype", dtype ?? Config.Floatx()), ("sparse", false));

    /// <summary>The input itself, through which no gradient flows.</summary>
    public static Tensor StopGradient(Tensor variable) => OpDispatch.Call("StopGradient", [variable], t => new StopGradient().Apply(t[0]));

    /// <summary>The tensor itself, or converted to a type.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="dtype">The type; that of <paramref name="x"/> if omitted.</param>
    /// <param name="sparse">False makes a dense tensor of a sparse one. A dense one is never made sparse.</param>
    /// <param name="ragged">False makes a dense tensor of a ragged one. A dense one is never made ragged.</param>
    public static Tensor ConvertToTensor(Tensor x, DType? dtype = null, bool? sparse = null, bool? ragged = null) => OpDispatch.Call("ConvertToTensor", [x], t =>
    {
        Tensor kept = (t[0] is SparseTensor && sparse == false) || (t[0] is RaggedTensor && ragged == false) ? CompositeRules.Dense(t[0]) : t[0];
        return dtype == null ? kept : Cast(kept, dtype);
    }, ("dtype", dtype), ("sparse", sparse), ("ragged", ragged));

    private static Tensor FullLike(Tensor x, double value, DType? dtype)
    {
        if ((dtype ?? x.DType) is { IsComplex: true } complex) return ComplexTensor.As(FullLike(ComplexRules.Real(x), value, ComplexTensor.PartOf(complex)), complex);
        x = ComplexRules.Real(x);
        Tensor scalar = Full(Shape.Scalar, value, dtype ?? x.DType);
        // Where shapes are being inferred, a constant cannot take one that is not known; a choice between two equal ones can.
        return x.Shape.IsKnown ? PrimitiveOps.BroadcastTo(scalar, x.Shape) : Where(Equal(x, x), scalar, scalar);
    }
}
