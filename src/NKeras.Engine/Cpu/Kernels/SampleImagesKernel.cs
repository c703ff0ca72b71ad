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
                float row = MathF.Floor(rows[i] + 0.5f), column = MathF.Floor(columns[i] + 0.5f);
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
        /// <summary>How many places are looked at together, before their pixels.</summary>
        private const int Chunk = 64;

        private readonly float _missing = (float)((SampleImages)request.Node.Primitive).Missing(DType.Float32);

        protected override void Run(byte* image, float* rows, float* columns, byte* result, long count)
        {
            float* pixels = (float*)image, y = (float*)result;
            int* upperLeft = stackalloc int[Chunk];
            float* down = stackalloc float[Chunk], right = stackalloc float[Chunk];
            int channels = Channels;
            long line = (long)Width * channels;
            for (long start = 0; start < count; start += Chunk)
            {
                int length = (int)Math.Min(Chunk, count - start);
                FindNeighbours(rows + start, columns + start, length, upperLeft, down, right);
                for (int k = 0; k < length; k++, y += channels)
                {
                    if (upperLeft[k] < 0)
                    {
                        AtBorder(pixels, rows[start + k], columns[start + k], y);
                        continue;
                    }

                    float* first = pixels + ((long)upperLeft[k] * channels), second = first + line;
                    if (channels == 3)
                    {
                        Vector128<float> mean = Mean(Three(first), Three(first + 3), Three(second), Three(second + 3), down[k], right[k]);
                        *(double*)y = mean.AsDouble().ToScalar();
                        y[2] = mean.GetElement(2);
                        continue;
                    }

                    int channel = 0;
                    for (; channel <= channels - Vector128<float>.Count; channel += Vector128<float>.Count)
                    {
                        float* a = first + channel, b = second + channel;
                        Mean(Vector128.Load(a), Vector128.Load(a + channels), Vector128.Load(b), Vector128.Load(b + channels), down[k], right[k]).Store(y + channel);
                    }

                    for (; channel < channels; channel++)
                    {
                        float* a = first + channel, b = second + channel;
                        float upper = *a + (right[k] * (a[channels] - *a)), lower = *b + (right[k] * (b[channels] - *b));
                        y[channel] = upper + (down[k] * (lower - upper));
                    }
                }
            }
        }

        /// <summary>For places the numbers of the pixels above and to the left, -1 where not all four are in the image, and how far down and to the right they are from there.</summary>
        private void FindNeighbours(float* rows, float* columns, int count, int* upperLeft, float* down, float* right)
        {
            int k = 0;
            for (; k <= count - Vector256<float>.Count; k += Vector256<float>.Count)
            {
                Vector256<float> row = Vector256.Load(rows + k), column = Vector256.Load(columns + k), top = Vector256.Floor(row), left = Vector256.Floor(column);
                Vector256<float> isInside = Vector256.GreaterThanOrEqual(top, Vector256<float>.Zero) & Vector256.LessThan(top, Vector256.Create(Height - 1f))
                    & Vector256.GreaterThanOrEqual(left, Vector256<float>.Zero) & Vector256.LessThan(left, Vector256.Create(Width - 1f));
                (row - top).Store(down + k);
                (column - left).Store(right + k);
                Vector256<int> number = (Vector256.ConvertToInt32(top) * Vector256.Create(Width)) + Vector256.ConvertToInt32(left);
                Vector256.ConditionalSelect(isInside.AsInt32(), number, Vector256<int>.AllBitsSet).Store(upperLeft + k);
            }

            for (; k < count; k++)
            {
                float top = MathF.Floor(rows[k]), left = MathF.Floor(columns[k]);
                (down[k], right[k]) = (rows[k] - top, columns[k] - left);
                upperLeft[k] = top >= 0 && top < Height - 1 && left >= 0 && left < Width - 1 ? ((int)top * Width) + (int)left : -1;
            }
        }

        /// <summary>The mean at a place some of whose neighbours are beyond the border.</summary>
        private void AtBorder(float* pixels, float row, float column, float* y)
        {
            float top = MathF.Floor(row), left = MathF.Floor(column), down = row - top, right = column - left;
            int r0 = Sampling.Position(top, Height), r1 = Sampling.Position(top + 1, Height), c0 = Sampling.Position(left, Width), c1 = Sampling.Position(left + 1, Width);
            for (int k = 0; k < Channels; k++)
            {
                float upper = (Value(pixels + k, r0, c0) * (1 - right)) + (Value(pixels + k, r0, c1) * right), lower = (Value(pixels + k, r1, c0) * (1 - right)) + (Value(pixels + k, r1, c1) * right);
                y[k] = (upper * (1 - down)) + (lower * down);
            }
        }

        private float Value(float* channel, int row, int column) => (row | column) < 0 ? _missing : channel[(((long)row * Width) + column) * Channels];

        /// <summary>Three channels, and not one float more: the pixel may be the memory's last.</summary>
        private static Vector128<float> Three(float* pixel) => Vector128.CreateScalarUnsafe(*(double*)pixel).AsSingle().WithElement(2, pixel[2]);

        private static Vector128<float> Mean(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d, float down, float right)
        {
            Vector128<float> share = Vector128.Create(right), upper = a + (share * (b - a)), lower = c + (share * (d - c));
            return upper + (Vector128.Create(down) * (lower - upper));
        }
    }
}
