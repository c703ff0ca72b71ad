using NKeras.Engine.Primitives;

namespace NKeras;

/// <summary>What the functions of images share. Dimensions may be unknown while shapes are being inferred.</summary>
internal static class Images
{
    /// <summary>Refuses what is neither an image nor a batch of images.</summary>
    /// <exception cref="ArgumentException">The rank is neither 3 nor 4.</exception>
    public static void Check(string name, Tensor images, string argument = "images")
    {
        if (images.Rank is not (3 or 4))
            throw new ArgumentException($"{name} takes an image (rank 3) or a batch of images (rank 4); {argument} has shape {images.Shape}.", argument);
    }

    /// <summary>The axes of height and width.</summary>
    public static (int Height, int Width) Axes(Tensor images, bool channelsFirst) =>
        channelsFirst ? (images.Rank - 2, images.Rank - 1) : (images.Rank - 3, images.Rank - 2);

    /// <summary>The axis of the channels.</summary>
    public static int ChannelAxis(Tensor images, bool channelsFirst) => channelsFirst ? images.Rank - 3 : images.Rank - 1;

    /// <summary>Applies a function of a batch [batch, height, width, channels] to an image or a batch in any layout.</summary>
    public static Tensor AsBatch(Tensor images, bool channelsFirst, Func<Tensor, Tensor> function)
    {
        Tensor batch = images.Rank == 3 ? PrimitiveOps.Reshape(images, new Shape([1, .. images.Shape.Dims])) : images;
        if (channelsFirst) batch = PrimitiveOps.Transpose(batch, 0, 2, 3, 1);
        Tensor result = function(batch);
        if (channelsFirst) result = PrimitiveOps.Transpose(result, 0, 3, 1, 2);
        return images.Rank == 3 ? PrimitiveOps.Reshape(result, new Shape(result.Shape.Dims[1..])) : result;
    }

    /// <summary>The type to compute with: 16-bit types and integers lose too much on the way.</summary>
    public static DType ComputeType(params ReadOnlySpan<Tensor> tensors)
    {
        foreach (Tensor tensor in tensors)
        {
            if (tensor.DType == DType.Float64) return DType.Float64;
        }

        return DType.Float32;
    }

    /// <summary>Computed numbers in the type of the images: to integers they are rounded, and kept in the type's range.</summary>
    public static Tensor Back(Tensor computed, DType type)
    {
        if (!type.IsInteger || !computed.DType.IsFloating) return PrimitiveOps.Convert(computed, type);
        int bits = (type.Size * 8) - (type.Kind == DTypeKind.Signed ? 1 : 0), precision = computed.DType == DType.Float64 ? 53 : 24;
        // The greatest number of the type that floating point holds.
        double most = Math.Pow(2, bits) - (bits <= precision ? 1 : Math.Pow(2, bits - precision));
        double least = type.Kind == DTypeKind.Signed ? -Math.Pow(2, bits) : 0;
        return PrimitiveOps.Convert(Ops.Clip(PrimitiveOps.Unary(ElementwiseFunction.Round, computed), least, most), type);
    }

    /// <summary>Stands for a result of a known type and shape while shapes are being inferred.</summary>
    /// <param name="unknown">A tensor of which a dimension is unknown.</param>
    /// <param name="shape">The result's shape.</param>
    /// <param name="type">The result's type.</param>
    public static Tensor Inferred(Tensor unknown, Shape shape, DType type) => PrimitiveOps.Convert(PrimitiveOps.Reshape(unknown, shape), type);

    /// <summary>The elements from one position up to another along an axis, which stays.</summary>
    public static Tensor Cut(Tensor x, int axis, int start, int stop)
    {
        int[] starts = new int[x.Rank], stops = x.Shape.Dims.ToArray(), steps = new int[x.Rank];
        System.Array.Fill(steps, 1);
        (starts[axis], stops[axis]) = (start, stop);
        return new Slice(new IntList(starts), new IntList(stops), new IntList(steps)).Apply(x);
    }

    /// <summary>Puts copies of a number before and after the elements along each axis.</summary>
    public static Tensor Pad(Tensor x, int[] before, int[] after, double value = 0) =>
        new Pad(new IntList(before), new IntList(after), new IntList(new int[x.Rank])).Apply(x, PrimitiveOps.ScalarLike(x, value));

    /// <summary>0, 1, 2, … along one axis of a shape in which the others are one.</summary>
    public static Tensor Count(DType type, int rank, int axis, int count)
    {
        int[] dims = new int[rank];
        System.Array.Fill(dims, 1);
        dims[axis] = count;
        return new Iota(type, new IntList(dims), axis).Apply();
    }
}
