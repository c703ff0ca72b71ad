using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NKeras.Layers;

namespace NKeras.Benchmarks;

/// <summary>Times saving and loading of a model with 25 million parameters, in turn with h5py reading and writing the same arrays.</summary>
/// <remarks>
/// The files are in a folder of their own, which is what the disk is measured by, and in the system's cache when they are read. Saving waits until the disk has the file,
/// as the peer does. Figures are medians.
/// </remarks>
internal static class FileBenchmark
{
    private const int Blocks = 12, Width = 1440;

    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(1);

    /// <summary>What is timed: the name, the work, and the peer's command for the same arrays.</summary>
    private static readonly (string Name, Action<Model, string> Run, string Ending, string Peer)[] s_works =
    [
        ("save .weights.h5", (model, path) => model.SaveWeights(path), ".weights.h5", "sync"),
        ("save .keras", (model, path) => model.Save(path), ".keras", "sync"),
        ("load .weights.h5", (model, path) => model.LoadWeights(path), ".weights.h5", "read"),
        ("load .keras", (_, path) => Model.Load(path), ".keras", "read"),
    ];

    /// <summary>Runs it: <c>files [PYTHON [FOLDER]]</c>.</summary>
    public static void Run(BenchmarkOptions options)
    {
        Config.SetNumThreads(options.Threads);
        Utils.SetRandomSeed(0);
        Model model = Build();
        DirectoryInfo folder = options.Words.Count > 1 ? Directory.CreateDirectory(Path.Combine(options.Words[1], $"nkeras-benchmark-{Environment.ProcessId}")) : Directory.CreateTempSubdirectory("nkeras-benchmark-");
        using H5pyPeer? peer = H5pyPeer.Start(options.Words.Count > 0 ? options.Words[0] : "python3");
        try
        {
            foreach (string ending in s_works.Select(w => w.Ending).Distinct()) s_works.First(w => w.Ending == ending).Run(model, PathIn(folder, ending));
            peer?.Run("read", PathIn(folder, ".weights.h5"));
            foreach ((string name, Action<Model, string> run, string ending, string command) in s_works) Print(name, model, Measure(options, () => run(model, PathIn(folder, ending)), () => peer?.Run(command, PathIn(folder, command == "read" ? ".weights.h5" : ".peer.h5"))));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string PathIn(DirectoryInfo folder, string ending) => Path.Combine(folder.FullName, $"model{ending}");

    /// <summary>Matrices of 8 MB each, and small vectors between them.</summary>
    private static Sequential Build()
    {
        List<Layer> layers = [new Input([Width])];
        for (int i = 0; i < Blocks; i++) layers.AddRange([new Dense(Width, "relu"), new BatchNormalization()]);
        return new Sequential(layers);
    }

    private static (List<double> Own, List<double> Peer) Measure(BenchmarkOptions options, Action run, Func<double?> peer)
    {
        List<double> own = [], others = [];
        long start = Stopwatch.GetTimestamp();
        run();
        do
        {
            long begin = Stopwatch.GetTimestamp();
            run();
            own.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            if (peer() is { } time) others.Add(time);
        }
        while (own.Count < 5 || Stopwatch.GetElapsedTime(start) < s_least * options.Seconds);
        return (own, others);
    }

    private static void Print(string name, Model model, (List<double> Own, List<double> Peer) times)
    {
        double own = Median(times.Own);
        double? peer = times.Peer.Count == 0 ? null : Median(times.Peer);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            files = name,
            parameters = model.CountParams(),
            peer = string.Create(CultureInfo.InvariantCulture, $"nkeras {typeof(Model).Assembly.GetName().Version!.ToString(3)}"),
            ms = Math.Round(own, 1),
            best_ms = Math.Round(times.Own.Min(), 1),
            h5py_ms = peer is { } ms ? Math.Round(ms, 1) : (double?)null,
            h5py_best_ms = peer is null ? (double?)null : Math.Round(times.Peer.Min(), 1),
            h5py_to_nkeras = peer is { } other ? Math.Round(other / own, 2) : (double?)null,
            rounds = times.Own.Count,
        }));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
