using System.Runtime.Intrinsics;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="SampleImages"/> node: all channels of a pixel at once.</summary>
internal abstract unsafe class SampleImagesKernel : PartedKernel
{
    private const long PixelsPerPart = 1 << 12;

    private readonly KernelRequest _request;
    private readonly long _pixels;
    private readonly bool _sharesPlaces;

    private SampleImagesKernel(KernelRequest request)
        : base(Parts.Count(PixelsOf(request), PixelsPerPart))
    {
        _request = request;
        _pixels = PixelsOf(request);
        Sampling = ((SampleImages)request.Node.Primitive).Sampling;
        ReadOnlySpan<int> dims = request.Input(0).Shape.Dims;
        (Height, Width, Channels) = (dims[1], dims[2], dims[3]);
        _sharesPlaces = request.Input(1).Shape.Dims[0] == 1;
        RowBytes = (long)Channels * request.Input(0).DType.Size;
    }

    private ElementSampling Sampling { get; }

    private int Height { get; }

    private int Width { get; }

    private int Channels { get; }

    private long RowBytes { get; }

    /// <summary>The kernel, or null where the types have none.</summary>
    public static Kernel? Create(KernelRequest request) => request.Input(1).DType != DType.Float32 ? null
        : ((SampleImages)request.Node.Primitive).Sampling.Order == 0 ? new Nearest(request)
        : new Linear(request);

    protected override void RunPart(void** slots, int part)
    {
        byte* images = (byte*)slots[_request.InputSlots[0]], result = (byte*)slots[_request.OutputSlots[0]];
        float* rows = (float*)slots[_request.InputSlots[1]], columns = (float*)slots[_request.InputSlots[2]];
        long pixel = Start(part, _pixels), end = Start(part + 1, _pixels), count = _request.Output().Shape.Dims[1] * (long)_request.Output().Shape.Dims[2];
        while (pixel < end)
        {
            // The pixels of one image.
            (long image, long at) = Math.DivRem(pixel, count);
            long stop = Math.Min(end, (image + 1) * count), place = _sharesPlaces ? at : pixel;
            Run(images + (image * Height * Width * RowBytes), rows + place, columns + place, result + (pixel * RowBytes), stop - pixel);
            pixel = stop;
        }
    }

    /// <summary>Looks up pixels of one image.</summary>
    protected abstract void Run(byte* image, float* rows, float* columns, byte* result, long count);

    private static long PixelsOf(KernelRequest request)
    {
        ReadOnlySpan<int> dims = request.Output().Shape.Dims;
        return dims[3] == 0 ? 0 : (long)dims[0] * dims[1] * dims[2];
    }

    /// <summary>Copies the nearest pixel, whatever its type.</summary>
    private sealed class Nearest : SampleImagesKernel
    {
        private readonly byte[] _missing;

        public Nearest(KernelRequest request)
            : base(request)
        {
            ConcreteTensor missing = ConcreteTensor.Allocate(new TensorSpec(new Shape([Channels]), request.Output().DType));
            ElementView view = ElementView.Of(missing);
            for (int i = 0; i < Channels; i++) view.SetNumber(i, ((SampleImages)request.Node.Primitive).Missing(missing.DType));
            _missing = new byte[RowBytes];
            missing.Data.CopyTo(_missing);
        }

        protected override void Run(byte* image, float* rows, float* columns, byte* result, long count)
        {
            int size = (int)RowBytes, height = Height, width = Width;
            ElementSampling sampling = Sampling;
            for (long i = 0; i < count; i++, result += size)
            {
                float row = MathF.Round(rows[i]), column = MathF.Round(columns[i]);
                bool isInside = row >= 0 && row < height && column >= 0 && column < width;
                int r = isInside ? (int)row : sampling.Position(row, height), c = isInside ? (int)column : sampling.Position(column, width);
                if ((r | c) < 0)
                {
                    _missing.CopyTo(new Span<byte>(result, size));
                    continue;
                }

                byte* pixel = image + ((((long)r * width) + c) * size);
                switch (size)
                {
                    case 1:
                        *result = *pixel;
                        break;
                    case 4:
                        *(int*)result = *(int*)pixel;
                        break;
                    case 12:
                        *(long*)result = *(long*)pixel;
                        *(int*)(result + 8) = *(int*)(pixel + 8);
                        break;
                    default:
                        Buffer.MemoryCopy(pixel, result, size, size);
                        break;
                }
            }
        }
    }

    /// <summary>Takes the mean of the four pixels around a place.</summary>
    private sealed class Linear(KernelRequest request) : SampleImagesKernel(request)
    {
        private readonly float _missing = (float)((SampleImages)request.Node.Primitive).Missing(DType.Float32);

        protected override void Run(byte* image, float* rows, float* columns, byte* result, long count)
        {
            float* pixels = (float*)image, y = (float*)result;
            int height = Height, width = Width, channels = Channels;
            ElementSampling sampling = Sampling;
            for (long i = 0; i < count; i++, y += channels)
            {
                float row = rows[i], column = columns[i], top = MathF.Floor(row), left = MathF.Floor(column), down = row - top, right = column - left;
                float upperLeft = (1 - down) * (1 - right), upperRight = (1 - down) * right, lowerLeft = down * (1 - right), lowerRight = down * right;
                float* a, b, c, d;
                // Nearly all places have their neighbours within the image.
                if (top >= 0 && top < height - 1 && left >= 0 && left < width - 1)
                {
                    a = pixels + ((((long)top * width) + (long)left) * channels);
                    b = a + channels;
                    c = a + ((long)width * channels);
                    d = c + channels;
                }
                else
                {
                    int r0 = sampling.Position(top, height), r1 = sampling.Position(top + 1, height), c0 = sampling.Position(left, width), c1 = sampling.Position(left + 1, width);
                    if ((r0 | r1 | c0 | c1) < 0)
                    {
                        for (int k = 0; k < channels; k++)
                        {
                            float upper = (Value(pixels + k, r0, c0) * upperLeft) + (Value(pixels + k, r0, c1) * upperRight);
                            y[k] = upper + ((Value(pixels + k, r1, c0) * lowerLeft) + (Value(pixels + k, r1, c1) * lowerRight));
                        }

                        continue;
                    }

                    float* first = pixels + ((long)r0 * width * channels), second = pixels + ((long)r1 * width * channels);
                    a = first + ((long)c0 * channels);
                    b = first + ((long)c1 * channels);
                    c = second + ((long)c0 * channels);
                    d = second + ((long)c1 * channels);
                }

                if (channels == 3)
                {
                    Vector128<float> sum = (Three(a) * upperLeft) + (Three(b) * upperRight) + ((Three(c) * lowerLeft) + (Three(d) * lowerRight));
                    *(double*)y = sum.AsDouble().ToScalar();
                    y[2] = sum.GetElement(2);
                    continue;
                }

                int channel = 0;
                for (; channel <= channels - Vector128<float>.Count; channel += Vector128<float>.Count)
                {
                    Vector128<float> sum = (Vector128.Load(a + channel) * upperLeft) + (Vector128.Load(b + channel) * upperRight)
                        + ((Vector128.Load(c + channel) * lowerLeft) + (Vector128.Load(d + channel) * lowerRight));
                    sum.Store(y + channel);
                }

                for (; channel < channels; channel++) y[channel] = (a[channel] * upperLeft) + (b[channel] * upperRight) + ((c[channel] * lowerLeft) + (d[channel] * lowerRight));
            }
        }

        private float Value(float* channel, int row, int column) => (row | column) < 0 ? _missing : channel[(((long)row * Width) + column) * Channels];

        /// <summary>Three channels, and not one float more: the pixel may be the memory's last.</summary>
        private static Vector128<float> Three(float* pixel) => Vector128.CreateScalarUnsafe(*(double*)pixel).AsSingle().WithElement(2, pixel[2]);
    }
}
