namespace NKeras.Hdf5.Tests;

/// <summary>Whatever is wrong with a file, reading it ends with success or an <see cref="Hdf5Exception"/>, and takes what a file of that size may take.</summary>
public class DamageTests
{
    private const long MostBytesRead = 64L << 20;
    private const long MostAllocated = 512L << 20;

    private static readonly Hdf5Limits s_limits = new() { MaxObjects = 20_000, MaxMetadataBytes = 8L << 20, MaxChunkBytes = 1L << 20 };

    /// <summary>How many damaged files are tried; <c>NKERAS_FUZZ</c> asks for more than the usual.</summary>
    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("NKERAS_FUZZ"), out int rounds) ? rounds : 3000;

    public static TheoryData<string> Names => [.. Fixtures.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void DamagedFilesAreReadOrRefused(string name)
    {
        Mutation mutation = new(Fixtures.Bytes(name));
        int rounds = Math.Max(1, Rounds / Fixtures.Names.Count());
        for (int round = 0; round < rounds; round++)
        {
            byte[] damaged = mutation.Next(new Random(HashOf(name) + round));
            Check(damaged, $"{name}, round {round}");
        }
    }

    [Theory]
    [InlineData("addresses-2")]
    [InlineData("links")]
    [InlineData("links-latest")]
    [InlineData("swmr")]
    public void FilesCutOffAnywhereAreRefused(string name)
    {
        byte[] bytes = Fixtures.Bytes(name);
        for (int length = 0; length < bytes.Length; length++)
            Assert.Throws<Hdf5Exception>(() => Hdf5File.Open(new MemoryStream(bytes, 0, length)));
    }

    /// <summary>Without damage everything that is supported is read, so that the tests above cannot pass by refusing it all.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void SoundFilesAreReadWithinTheSameLimits(string name) =>
        Assert.True(Whole.Read(new MemoryStream(Fixtures.Bytes(name)), s_limits) > 0);

    private static void Check(byte[] damaged, string what)
    {
        ReadCounter stream = new(damaged);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Whole.Read(stream, s_limits);
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {e}");
        }

        Assert.True(stream.BytesRead <= MostBytesRead, $"{what}: read {stream.BytesRead:N0} bytes");
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= MostAllocated, $"{what}: allocated {allocated:N0} bytes");
    }

    /// <summary>A number for a name that is the same in each run.</summary>
    private static int HashOf(string name) => name.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));
}
