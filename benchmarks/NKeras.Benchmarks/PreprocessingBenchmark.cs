using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NKeras.Layers;

namespace NKeras.Benchmarks;

/// <summary>Times preprocessing: of a table of numbers, texts and whole numbers, and of a chain of augmentations of images.</summary>
/// <remarks>
/// <c>preprocessing [table|images [profile]]</c>; the peer is <c>benchmarks/preprocessing_peer.py</c>. The table is made up: a million rows of 8 numbers, a word of 1000 known ones
/// (one in twenty is none of them) and a number of a million. Images are batches of 32 of 224 by 224 pixels, compiled and mapped over a data set. Figures are of the median.
/// </remarks>
internal static class PreprocessingBenchmark
{
    private const int Rows = 1_000_000, Columns = 8, Words = 1000, Bins = 1000, TableBatch = 8192, Size = 224;

    /// <summary>Runs it.</summary>
    public static void Run(BenchmarkOptions options)
    {
        Config.SetNumThreads(options.Threads);
        Utils.SetRandomSeed(0);
        if (options.Words is [] or ["table", ..]) RunTable(options);
        if (options.Words is [] or ["images", ..]) RunImages(options);
    }

    private static void RunTable(BenchmarkOptions options)
    {
        Random random = new(1);
        string[] known = [.. Enumerable.Range(0, Words).Select(i => string.Create(CultureInfo.InvariantCulture, $"word {i * 7919 % 100_003}"))];
        string[,] words = new string[Rows, 1];
        for (int i = 0; i < Rows; i++) words[i, 0] = random.Next(20) == 0 ? $"another {random.Next(1000)}" : known[random.Next(Words)];
        Tensor numbers = RandomOps.Normal([Rows, Columns], mean: 3, stddev: 2, seed: 1), texts = Tensor.From(words), identifiers = RandomOps.Randint([Rows, 1], 0, 1_000_000, DType.Int64, seed: 2);

        Normalization normalization = new();
        StringLookup lookup = new(vocabulary: known);
        Hashing hashing = new(Bins);
        Measure("adapt Normalization", Rows, "rows", options, () => normalization.Adapt(numbers));
        Measure("Normalization", Rows, "rows", options, () => normalization.Apply(numbers));
        Measure("StringLookup", Rows, "rows", options, () => lookup.Apply(texts));
        Measure("Hashing", Rows, "rows", options, () => hashing.Apply(identifiers));

        Input x = new([Columns]), text = new([1], dtype: DType.String), identifier = new([1], dtype: DType.Int64);
        Model model = new(KerasTensors.Create([x, text, identifier]), KerasTensors.Create([normalization.Apply(x), lookup.Apply(text), hashing.Apply(identifier)]));
        Tensors data = Tensors.Create([numbers, texts, identifiers]);
        Measure("table: Normalization, StringLookup, Hashing", Rows, "rows", options, () => model.PredictAll(data, batchSize: TableBatch, verbose: 0));
    }

    private static void RunImages(BenchmarkOptions options)
    {
        int batch = options.Batch == 0 ? 32 : options.Batch;
        const int Batches = 8;
        Tensor images = RandomOps.Uniform([batch, Size, Size, 3], 0, 255, seed: 1);
        Layer[] chain = [new RandomFlip("horizontal", seed: 1), new RandomRotation(0.1, seed: 2), new RandomZoom(0.2, seed: 3), new RandomContrast(0.2, seed: 4), new Rescaling(1.0 / 255)];
        Pipeline pipeline = new(chain);
        CompiledFunction compiled = new((Tensor t) => pipeline.Apply(t, training: true));
        if (options.Words is [_, "profile"])
        {
            KernelTimes.Print(() => compiled.Apply(images), options.Seconds);
            return;
        }

        foreach (Layer layer in chain)
        {
            CompiledFunction alone = new((Tensor t) => layer.Apply(t, training: true));
            Measure(layer.GetType().Name, batch, "images", options, () => alone.Apply(images));
        }

        Measure("augmentation: compiled", batch, "images", options, () => compiled.Apply(images));
        Dataset data = Dataset.From(Enumerable.Repeat(new Batch(images), Batches)).Map(pipeline, training: true, numParallelCalls: options.Threads);
        Measure("augmentation: Dataset.Map", batch * Batches, "images", options, () =>
        {
            foreach (Batch augmented in data) _ = augmented.X[0].Shape;
        });
    }

    private static void Measure(string name, int count, string what, BenchmarkOptions options, Action run)
    {
        const int LeastRounds = 5;
        run();
        List<double> times = [];
        long start = Stopwatch.GetTimestamp();
        while (times.Count < LeastRounds || Stopwatch.GetElapsedTime(start).TotalSeconds < options.Seconds)
        {
            BenchmarkClock clock = BenchmarkClock.Start(options.Threads);
            run();
            times.Add(clock.Seconds);
        }

        times.Sort();
        double median = times[times.Count / 2];
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["preprocessing"] = name,
            ["threads"] = options.Threads,
            ["peer"] = string.Create(CultureInfo.InvariantCulture, $"nkeras {typeof(Model).Assembly.GetName().Version!.ToString(3)}"),
            ["ms"] = Math.Round(median * 1e3, 2),
            ["best_ms"] = Math.Round(times[0] * 1e3, 2),
            [$"{what}_per_s"] = Math.Round(count / median),
        }));
    }
}
