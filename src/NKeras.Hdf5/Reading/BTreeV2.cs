namespace NKeras.Hdf5.Reading;

internal static class BTreeV2
{
    public delegate void Record(ReadOnlySpan<byte> record);

    public static void Walk(FileReader file, long address, byte kind, Record visit) => throw new BadContent("dense");
}
