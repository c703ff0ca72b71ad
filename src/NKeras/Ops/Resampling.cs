using NKeras.Engine.Primitives;

namespace NKeras;

/// <summary>Resizes an axis by a product with a matrix of weights, one column for each element of the result.</summary>
internal static class Resampling
{
    /// <summary>The weight of an element at a distance from the place that is looked up, by method.</summary>
    private static readonly Dictionary<string, Func<Tensor, Tensor>> s_kernels = new()
    {
        ["bilinear"] = x => Ops.Maximum(1.0 - x, 0.0),
        ["bicubic"] = Cubic,
        ["lanczos3"] = x => Lanczos(x, 3),
        ["lanczos5"] = x => Lanczos(x, 5),
    };

    /// <summary>The methods that have weights.</summary>
    public static IReadOnlyCollection<string> Methods => s_kernels.Keys;

    /// <summary>The matrix [from, to]. Places outside the axis have no weights; those of others add up to one.</summary>
    /// <param name="method">How elements are weighed: one of <see cref="Methods"/>.</param>
    /// <param name="from">Elements along the axis.</param>
    /// <param name="to">Elements of the result.</param>
    /// <param name="scale">The factor by which distances grow: a scalar.</param>
    /// <param name="translation">How far elements move, after that: a scalar of the same type.</param>
    /// <param name="antialias">Whether all elements that fall upon one have weights where the axis shrinks.</param>
    public static Tensor Weights(string method, int from, int to, Tensor scale, Tensor translation, bool antialias)
    {
        Tensor inverse = 1.0 / scale;
        Tensor places = ((Images.Count(scale.DType, 2, 1, to) + 0.5) * inverse) - (translation * inverse) - 0.5;
        Tensor distances = Ops.Absolute(places - Images.Count(scale.DType, 2, 0, from));
        Tensor weights = s_kernels[method](antialias ? distances / Ops.Maximum(inverse, 1.0) : distances);
        Tensor total = PrimitiveOps.Reshape(PrimitiveOps.Sum(weights, 0), new Shape([1, to]));
        // Weights that all but cancel out, as those of bicubic and Lanczos can, say nothing.
        Tensor counts = Ops.Absolute(total) > 1000 * (double)(MathF.BitIncrement(1) - 1);
        Tensor inside = (places >= -0.5) & (places <= from - 0.5);
        return Ops.Where(counts & inside, weights / Ops.Where(counts, total, 1.0), 0.0);
    }

    /// <summary>The product of an axis with a matrix [length, new length].</summary>
    public static Tensor Apply(Tensor x, int axis, Tensor weights)
    {
        ReadOnlySpan<int> dims = x.Shape.Dims;
        int from = dims[axis], to = weights.Shape.Dims[1], outer = 1, inner = 1;
        foreach (int d in dims[..axis]) outer *= d;
        foreach (int d in dims[(axis + 1)..]) inner *= d;
        Tensor stack = PrimitiveOps.Reshape(x, new Shape([outer, from, inner]));
        Tensor result;
        if (outer == 1 || to <= inner)
        {
            // A copy of the matrix for each product costs less than moving the axis to the end and back.
            result = PrimitiveOps.MatMul(PrimitiveOps.BroadcastTo(weights, new Shape([outer, from, to])), stack, transposeA: true);
        }
        else
        {
            Tensor rows = PrimitiveOps.Reshape(PrimitiveOps.Transpose(stack, 0, 2, 1), new Shape([outer * inner, from]));
            result = PrimitiveOps.Transpose(PrimitiveOps.Reshape(PrimitiveOps.MatMul(rows, weights), new Shape([outer, inner, to])), 0, 2, 1);
        }

        return PrimitiveOps.Reshape(result, x.Shape.With(axis, to));
    }

    /// <summary>The nearest element of an axis for each element of the result.</summary>
    public static Tensor Nearest(Tensor x, int axis, int to)
    {
        int from = x.Shape.Dims[axis];
        int[] places = new int[to];
        for (int i = 0; i < to; i++) places[i] = (int)MathF.Floor((i + 0.5f) * from / to);
        return new Gather(axis).Apply(x, Tensor.From(places));
    }

    /// <summary>The cubic of Keys (1981) with a = -1/2.</summary>
    private static Tensor Cubic(Tensor x)
    {
        Tensor near = (((x * 1.5) - 2.5) * x * x) + 1.0, far = (((((x * -0.5) + 2.5) * x) - 4.0) * x) + 2.0;
        return Ops.Where(x < 1.0, near, Ops.Where(x < 2.0, far, 0.0));
    }

    private static Tensor Lanczos(Tensor x, double radius)
    {
        Tensor angle = x * Math.PI;
        Tensor waves = Sine(angle) * Sine(angle / radius) * radius;
        Tensor isNear = x <= 1e-3;
        return Ops.Where(isNear, 1.0, Ops.Where(x <= radius, waves / Ops.Where(isNear, 1.0, Ops.Square(angle)), 0.0));
    }

    private static Tensor Sine(Tensor x) => PrimitiveOps.Unary(ElementwiseFunction.Sin, x);
}
