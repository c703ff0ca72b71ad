using System.Diagnostics;
using System.Globalization;
using NKeras.Saving;

namespace NKeras.Tests.Saving;

/// <summary>
/// Whatever is done to a file, loading it succeeds or throws a <see cref="ModelFileException"/>, soon, and takes no more memory than the policy allows and a bit.
/// </summary>
public class FileFuzzTests
{
    /// <summary>How many damaged files are loaded in all; more by the environment variable NKERAS_FUZZ, beginning at NKERAS_FUZZ_FROM.</summary>
    private static readonly int s_count = Number("NKERAS_FUZZ", 3000), s_first = Number("NKERAS_FUZZ_FROM", 0);

    /// <summary>Gets a line for every thousand of a long run, and for what is wrong; then all of it is run instead of ending at the first.</summary>
    private static readonly string? s_log = Environment.GetEnvironmentVariable("NKERAS_FUZZ_LOG");

    // Arrays of weights are made before they are filled, objects of configurations are counted by an estimate.
    private const long MostBytes = 512L << 20;

    // Nothing waits so long but what never ends.
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(5);

    [Fact]
    public void SeedsAreValid()
    {
        using TemporaryFolder folder = new();
        foreach (FuzzSeed seed in FuzzSeed.All()) seed.Load(Written(folder, seed, seed.Files));
    }

    [Fact]
    public void ADamagedFileLoadsOrThrowsTheOneException()
    {
        IReadOnlyList<FuzzSeed> seeds = FuzzSeed.All();
        int current = s_first, loaded = 0, refused = 0;
        Stopwatch running = Stopwatch.StartNew(), time = Stopwatch.StartNew();
        List<string> wrong = [];
        Thread worker = new(() =>
        {
            using TemporaryFolder folder = new();
            for (; current < s_count; current++)
            {
                running.Restart();
                (bool success, string? fault) = Run(seeds, folder, current);
                if (success) loaded++;
                else refused++;
                if (fault != null) wrong.Add(fault);
                if (fault != null) Log(fault);
                if (current % 1000 == 999) Log(string.Create(CultureInfo.InvariantCulture, $"{current + 1} files, {loaded} loaded, {refused} refused, {wrong.Count} wrong, {time.Elapsed.TotalSeconds:F0} s"));
                if (fault != null && s_log == null) return;
            }
        }, maxStackSize: 1 << 20);
        worker.IsBackground = true;
        worker.Start();
        while (!worker.Join(TimeSpan.FromSeconds(1)))
        {
            if (running.Elapsed > s_hang) Assert.Fail($"File {current} hangs.");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Take(20)));
        // Most damage is fatal, but the test would prove nothing if all were, or none.
        Assert.InRange(loaded, 1, s_count - s_first - 1);
    }

    private static (bool Success, string? Fault) Run(IReadOnlyList<FuzzSeed> seeds, TemporaryFolder folder, int number)
    {
        Random random = new(number);
        FuzzSeed seed = seeds[number % seeds.Count], other = seeds[random.Next(seeds.Count)];
        string path = Written(folder, seed, new FileMutator(random.Next()).Mutate(seed.Files, other.Files));
        long before = GC.GetAllocatedBytesForCurrentThread();
        string? fault = null;
        bool success = false;
        try
        {
            seed.Load(path);
            success = true;
        }
        catch (ModelFileException e)
        {
            if (e.Message.Length > 20_000) fault = $"a message of {e.Message.Length} letters";
        }
        catch (FileNotFoundException) when (seed.Files.Count > 1)
        {
            // A list of shards that names one that is not there.
        }
        catch (Exception e)
        {
            fault = e.ToString();
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        if (bytes > MostBytes) fault = $"{bytes} bytes taken; {fault}";
        return (success, fault == null ? null : $"File {number}, of {seed.Name}: {fault}");
    }

    private static string Written(TemporaryFolder folder, FuzzSeed seed, IReadOnlyDictionary<string, byte[]> files)
    {
        string name = string.Concat(seed.Name.Where(char.IsLetterOrDigit));
        foreach ((string file, byte[] content) in files) folder.Write($"{name}/{file}", content);
        return folder[name];
    }

    private static void Log(string line)
    {
        if (s_log != null) File.AppendAllText(s_log, line + Environment.NewLine);
    }

    private static int Number(string variable, int usual) => int.TryParse(Environment.GetEnvironmentVariable(variable), out int number) ? number : usual;
}
