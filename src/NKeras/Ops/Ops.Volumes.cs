using NKeras.Engine.Primitives;

namespace NKeras;

/// <remarks>Windows over three axes are put together from those over two, for which there are fast kernels in float32.</remarks>
public static partial class Ops
{
    private static Tensor Correlated(Tensor x, Tensor w, SlidingWindow window, int groups)
    {
        if (!IsVolume(window, x, w)) return new Convolution(window, groups).Apply(x, w);
        int[] places = window.OutputDims("Conv", x.Shape.Dims[1..^1], w.Shape.Dims[..^2]);
        SlidingWindow flat = Planes(window);
        Tensor padded = PaddedDepth(x, window.Before[0], 0, window.After[0]);

        // The sum over the window's planes of what each gives at every place.
        Tensor? sum = null;
        for (int k = 0; k < w.Shape.Dims[0]; k++)
        {
            int start = k * window.Dilations[0];
            Tensor planes = Depths(padded, start, start + ((places[0] - 1) * window.Strides[0]) + 1, window.Strides[0]);
            Tensor part = new Convolution(flat, groups).Apply(Joined(planes), Plane(w, k));
            sum = sum is null ? part : PrimitiveOps.Binary(ElementwiseFunction.Add, sum, part);
        }

        return PrimitiveOps.Reshape(sum!, new Shape([x.Shape.Dims[0], .. places, w.Shape.Dims[^1]]));
    }

    /// <summary>The transpose of <see cref="Correlated"/> in its input, whose spatial dimensions are given.</summary>
    private static Tensor Spread(Tensor y, Tensor w, SlidingWindow window, int[] dims)
    {
        if (!IsVolume(window, y, w)) return new ConvolutionBackwardInput(window, 1, new IntList(dims)).Apply(y, w);
        SlidingWindow flat = Planes(window);
        int count = y.Shape.Dims[1], stride = window.Strides[0], span = ((w.Shape.Dims[0] - 1) * window.Dilations[0]) + 1, start = window.Before[0];
        Tensor? sum = null;
        for (int k = 0; k < w.Shape.Dims[0]; k++)
        {
            Tensor planes = new ConvolutionBackwardInput(flat, 1, new IntList(dims.AsSpan(1))).Apply(Joined(y), Plane(w, k));
            planes = PrimitiveOps.Reshape(planes, new Shape([y.Shape.Dims[0], count, .. planes.Shape.Dims[1..]]));
            Tensor part = PaddedDepth(planes, k * window.Dilations[0], stride - 1, span - 1 - (k * window.Dilations[0]));
            sum = sum is null ? part : PrimitiveOps.Binary(ElementwiseFunction.Add, sum, part);
        }

        int stop = Math.Min(sum!.Shape.Dims[1], start + dims[0]);
        return PaddedDepth(Depths(sum, start, stop, 1), 0, 0, start + dims[0] - stop);
    }

    private static Tensor Pooled(Tensor x, bool max, SlidingWindow window, int[] size)
    {
        if (!IsVolume(window, x)) return new Pooling(max, window, new IntList(size)).Apply(x);

        // The extreme, or mean, of each plane of the window, and then of these: a padded window is a box, too.
        int[] places = window.OutputDims(max ? "MaxPool" : "AveragePool", x.Shape.Dims[1..^1], size);
        Tensor planes = new Pooling(max, Planes(window), new IntList(size.AsSpan(1))).Apply(Joined(x));
        Tensor columns = PrimitiveOps.Reshape(planes, new Shape([x.Shape.Dims[0], x.Shape.Dims[1], places[1] * places[2] * x.Shape.Dims[^1]]));
        SlidingWindow depth = new([window.Strides[0]], [window.Dilations[0]], [window.Before[0]], [window.After[0]]);
        return PrimitiveOps.Reshape(new Pooling(max, depth, [size[0]]).Apply(columns), new Shape([x.Shape.Dims[0], .. places, x.Shape.Dims[^1]]));
    }

    private static bool IsVolume(SlidingWindow window, params ReadOnlySpan<Tensor> operands)
    {
        bool isVolume = window.Rank == 3;
        foreach (Tensor operand in operands) isVolume &= operand.DType == DType.Float32 && operand.Shape.IsKnown && operand.Shape.Size > 0;
        return isVolume;
    }

    private static SlidingWindow Planes(SlidingWindow w) => new(new IntList(w.Strides.Span[1..]), new IntList(w.Dilations.Span[1..]), new IntList(w.Before.Span[1..]), new IntList(w.After.Span[1..]));

    /// <summary>Batch and depth as one axis.</summary>
    private static Tensor Joined(Tensor x) => PrimitiveOps.Reshape(x, new Shape([x.Shape.Dims[0] * x.Shape.Dims[1], .. x.Shape.Dims[2..]]));

    /// <summary>One plane of a window.</summary>
    private static Tensor Plane(Tensor w, int k)
    {
        int[] starts = [k, 0, 0, 0, 0], stops = [k + 1, .. w.Shape.Dims[1..]];
        return PrimitiveOps.Reshape(new Slice(new IntList(starts), new IntList(stops), [1, 1, 1, 1, 1]).Apply(w), new Shape(w.Shape.Dims[1..]));
    }

    private static Tensor Depths(Tensor x, int start, int stop, int step) => start == 0 && stop == x.Shape.Dims[1] && step == 1 ? x
        : new Slice([0, start, 0, 0, 0], new IntList([x.Shape.Dims[0], stop, .. x.Shape.Dims[2..]]), [1, step, 1, 1, 1]).Apply(x);

    private static Tensor PaddedDepth(Tensor x, int before, int between, int after) => before == 0 && between == 0 && after == 0 ? x
        : new Pad([0, before, 0, 0, 0], [0, after, 0, 0, 0], [0, between, 0, 0, 0]).Apply(x, PrimitiveOps.ScalarLike(x, 0));
}
