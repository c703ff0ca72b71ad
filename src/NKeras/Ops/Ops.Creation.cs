using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The tensor itself, or converted to a type.</summary>
    /// <param name="x">A tensor, or what converts to one: a number, an array.</param>
    /// <param name="dtype">The type; that of <paramref name="x"/> if omitted.</param>
    public static Tensor Array(Tensor x, DType? dtype = null) => OpDispatch.Call("Array", [x], t => dtype == null ? t[0] : Promotion.As(t[0], dtype), ("dtype", dtype));

    /// <summary>A tensor of zeros.</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="dtype">The type; <see cref="Config.Floatx"/> if omitted.</param>
    public static Tensor Zeros(Shape shape, DType? dtype = null) => Full(shape, 0, dtype);

    /// <summary>A vector of zeros.</summary>
    /// <param name="shape">The length.</param>
    /// <param name="dtype">The type; <see cref="Config.Floatx"/> if omitted.</param>
    public static Tensor Zeros(int shape, DType? dtype = null) => Zeros([shape], dtype);

    /// <summary>A tensor of ones.</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="dtype">The type; <see cref="Config.Floatx"/> if omitted.</param>
    public static Tensor Ones(Shape shape, DType? dtype = null) => Full(shape, 1, dtype);

    /// <summary>A vector of ones.</summary>
    /// <param name="shape">The length.</param>
    /// <param name="dtype">The type; <see cref="Config.Floatx"/> if omitted.</param>
    public static Tensor Ones(int shape, DType? dtype = null) => Ones([shape], dtype);

    /// <summary>A tensor for which no values are asked; they are zeros.</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="dtype">The type; <see cref="Config.Floatx"/> if omitted.</param>
    public static Tensor Empty(Shape shape, DType? dtype = null) => Full(shape, 0, dtype);

    /// <summary>A vector for which no values are asked; they are zeros.</summary>
    /// <param name="shape">The length.</param>
    /// <param name="dtype">The type; <see cref="Config.Floatx"/> if omitted.</param>
    public static Tensor Empty(int shape, DType? dtype = null) => Empty([shape], dtype);

    /// <summary>A tensor whose elements are all one number, or that repeats a smaller tensor by broadcasting.</summary>
    /// <param name="shape">The dimensions; all known.</param>
    /// <param name="fillValue">The number, or a tensor that can be broadcast to the shape.</param>
    /// <param name="dtype">The type; <see cref="Config.Floatx"/> if omitted.</param>
    public static Tensor Full(Shape shape, Tensor fillValue, DType? dtype = null) => OpDispatch.Call("Full", [fillValue], t => shape.IsKnown
        ? BroadcastTo(Promotion.As(t[0], dtype ?? Config.Floatx()), shape)
        : throw new ArgumentException($"Full: a dimension of shape {shape} is unknown.", nameof(shape)), ("shape", shape), ("dtype", dtype));

    /// <summary>A vector whose elements are all one number.</summary>
    /// <param name="shape">The length.</param>
    /// <param name="fillValue">The number.</param>
    /// <param name="dtype">The type; <see cref="Config.Floatx"/> if omitted.</param>
    public static Tensor Full(int shape, Tensor fillValue, DType? dtype = null) => Full([shape], fillValue, dtype);

    /// <summary>Zeros in a tensor's shape, and its type unless another is given.</summary>
    public static Tensor ZerosLike(Tensor x, DType? dtype = null) => OpDispatch.Call("ZerosLike", [x], t => FilledLike(t[0], 0, dtype), ("dtype", dtype));

    /// <summary>Ones in a tensor's shape, and its type unless another is given.</summary>
    public static Tensor OnesLike(Tensor x, DType? dtype = null) => OpDispatch.Call("OnesLike", [x], t => FilledLike(t[0], 1, dtype), ("dtype", dtype));

    /// <summary>A tensor in the shape and type of another for which no values are asked; they are zeros.</summary>
    public static Tensor EmptyLike(Tensor x, DType? dtype = null) => OpDispatch.Call("EmptyLike", [x], t => FilledLike(t[0], 0, dtype), ("dtype", dtype));

    /// <summary>One number, or a smaller tensor by broadcasting, in a tensor's shape, and its type unless another is given.</summary>
    public static Tensor FullLike(Tensor x, Tensor fillValue, DType? dtype = null) =>
        OpDispatch.Call("FullLike", [x, fillValue], t => FilledLike(t[0], t[1], dtype), ("dtype", dtype));

    /// <summary>Numbers from a start up to, not including, a stop, at equal distances.</summary>
    /// <param name="start">The first number; the stop, with a start of zero, if <paramref name="stop"/> is omitted.</param>
    /// <param name="stop">Where they end.</param>
    /// <param name="step">The distance; one if omitted, backwards if negative.</param>
    /// <param name="dtype">The type; that of the numbers if omitted.</param>
    /// <exception cref="ArgumentException">The step is zero, or the numbers are not known: how many elements there are depends on them.</exception>
    public static Tensor Arange(Tensor start, Tensor? stop = null, Tensor? step = null, DType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        DType type = dtype ?? Promotion.UnifyAll([.. new[] { start, stop, step }.OfType<Tensor>()])[0].DType;
        double from = stop == null ? 0 : NumberOf(nameof(Arange), start), to = NumberOf(nameof(Arange), stop ?? start), by = step is null ? 1 : NumberOf(nameof(Arange), step);
        double count = Math.Max(0, Math.Ceiling((to - from) / by));
        if (!(count <= System.Array.MaxLength)) throw new ArgumentException($"Arange: from {from} to {to} by {by} there is no number of elements that a tensor can have.");
        ConcreteTensor result = ConcreteTensor.Allocate(new TensorSpec(new Shape([(int)count]), type));
        ElementView view = ElementView.Of(result);
        for (int i = 0; i < view.Size; i++) view.SetNumber(i, from + (i * by));
        return result;
    }

    /// <summary>A matrix of zeros with ones on a diagonal.</summary>
    /// <param name="n">The number of rows.</param>
    /// <param name="m">The number of columns; as many as rows if omitted.</param>
    /// <param name="k">The diagonal: 0 for the main one, positive above it, negative below.</param>
    /// <param name="dtype">The type; <see cref="Config.Floatx"/> if omitted.</param>
    public static Tensor Eye(int n, int? m = null, int k = 0, DType? dtype = null) => Diagonals(nameof(Eye), ElementwiseFunction.Equal, n, m, k, dtype);

    /// <summary>A square matrix of zeros with ones on the main diagonal.</summary>
    public static Tensor Identity(int n, DType? dtype = null) => Eye(n, dtype: dtype);

    /// <summary>A matrix of ones at and below a diagonal, and zeros above it.</summary>
    /// <param name="n">The number of rows.</param>
    /// <param name="m">The number of columns; as many as rows if omitted.</param>
    /// <param name="k">The diagonal: 0 for the main one, positive above it, negative below.</param>
    /// <param name="dtype">The type; <see cref="Config.Floatx"/> if omitted.</param>
    public static Tensor Tri(int n, int? m = null, int k = 0, DType? dtype = null) => Diagonals(nameof(Tri), ElementwiseFunction.LessEqual, n, m, k, dtype);

    /// <summary>Vectors as the coordinates of a grid: each as long as itself along its axis, and repeated along the others.</summary>
    /// <param name="x">The vectors, or tensors that are flattened.</param>
    /// <param name="indexing"><c>xy</c> has the first vector along the second axis and the second along the first, as in pictures; <c>ij</c> keeps their order.</param>
    /// <returns>A tensor for each vector.</returns>
    /// <exception cref="ArgumentException">There is no such order.</exception>
    public static IReadOnlyList<Tensor> Meshgrid(IReadOnlyList<Tensor> x, string indexing = "xy") => OpDispatch.CallMany("Meshgrid", x, t =>
    {
        if (indexing is not ("xy" or "ij")) throw new ArgumentException($"Meshgrid: indexing is 'xy' or 'ij', not '{indexing}'.", nameof(indexing));
        Tensor[] lines = [.. t.Select(Flat)];
        int[] axes = [.. Enumerable.Range(0, lines.Length)];
        if (indexing == "xy" && axes.Length > 1) (axes[0], axes[1]) = (1, 0);
        int[] dims = new int[lines.Length];
        for (int i = 0; i < dims.Length; i++) dims[axes[i]] = lines[i].Shape.Dims[0];
        return
        [
            .. lines.Select((line, i) =>
            {
                int[] along = [.. Enumerable.Repeat(1, dims.Length)];
                along[axes[i]] = line.Shape.Dims[0];
                return PrimitiveOps.BroadcastTo(PrimitiveOps.Reshape(line, new Shape(along)), new Shape(dims));
            }),
        ];
    }, ("indexing", indexing));

    /// <inheritdoc cref="Meshgrid(IReadOnlyList{Tensor}, string)"/>
    public static IReadOnlyList<Tensor> Meshgrid(params IReadOnlyList<Tensor> x) => Meshgrid(x, "xy");

    /// <summary>The numbers 0, 1, … along an axis of a shape whose other dimensions are one.</summary>
    private static Tensor Counting(int length, int axis = 0, int rank = 1, DType? dtype = null)
    {
        int[] dims = [.. Enumerable.Repeat(1, rank)];
        dims[axis] = length;
        return new Iota(dtype ?? DType.Int32, new IntList(dims), axis).Apply();
    }

    private static Tensor Diagonals(string name, ElementwiseFunction compare, int n, int? m, int k, DType? dtype)
    {
        if (n < 0 || m < 0) throw new ArgumentOutOfRangeException(nameof(n), $"{name}: the numbers of rows and columns are not negative; received {n} and {m}.");
        return PrimitiveOps.Convert(IsDiagonal(compare, n, m ?? n, k), dtype ?? Config.Floatx());
    }

    /// <summary>Where columns compare with row + k.</summary>
    private static Tensor IsDiagonal(ElementwiseFunction compare, int rows, int columns, int k)
    {
        // Diagonals far outside are all alike; closer ones cannot overflow.
        Tensor place = PrimitiveOps.Scalar(DType.Int64, Math.Clamp((long)k, -1L - rows, 1L + columns));
        return PrimitiveOps.Binary(compare, Counting(columns, 1, 2, DType.Int64), PrimitiveOps.Binary(ElementwiseFunction.Add, Counting(rows, 0, 2, DType.Int64), place));
    }

    /// <summary>The number that a scalar tensor with data holds.</summary>
    /// <exception cref="ArgumentException">It has no data, or is no scalar.</exception>
    private static double NumberOf(string name, Tensor scalar)
    {
        if (scalar is not ConcreteTensor data)
            throw new ArgumentException($"{name}: the number of elements depends on its arguments, which must be numbers or tensors with data; received one of shape {scalar.Shape} that is still to be computed.");
        if (data.Shape.Size != 1) throw new ArgumentException($"{name} takes numbers, not a tensor of shape {scalar.Shape}.");
        return data.LiteralValue ?? ElementView.Of(data).Number(0);
    }

    private static Tensor FilledLike(Tensor x, Tensor value, DType? dtype)
    {
        Tensor filling = Promotion.As(value, dtype ?? x.DType);
        // Where shapes are being inferred, a constant cannot take one that is not known; a choice between two equal ones can.
        Tensor like = ComplexRules.Real(x);
        return x.Shape.IsKnown ? BroadcastTo(filling, x.Shape) : Where(Equal(like, like), filling, filling);
    }
}
