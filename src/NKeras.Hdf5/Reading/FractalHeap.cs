namespace NKeras.Hdf5.Reading;

internal sealed class FractalHeap
{
    public static FractalHeap Open(FileReader file, long address) => throw new BadContent("dense");

    public ReadOnlySpan<byte> Object(ReadOnlySpan<byte> id) => throw new BadContent("dense");
}
