using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NKeras.Engine;
using NKeras.Losses;
using NKeras.Optimizers;
using NKeras.Training;

namespace NKeras.Benchmarks;

/// <summary>Times steps of whole models, in the form of the peers' scripts.</summary>
/// <remarks>
/// "train" is forward, loss, gradients, an Adam update and reading the loss back; "predict" is forward of a batch in memory
/// and reading the result back. The figure is the median over steps after warm-up;
/// the best is what the machine can do when nobody else uses it. "profile" after either word shows where the time goes.
/// </remarks>
internal static class ModelBenchmark
{
    private const int WarmUpSteps = 30;

    /// <summary>The command for one of the models.</summary>
    public static Action<BenchmarkOptions> Command(string name) => options => Run(name, BenchmarkModel.All[name], options);

    private static void Run(string name, BenchmarkModel benchmark, BenchmarkOptions options)
    {
        string mode = options.Words is ["train" or "predict", ..] ? options.Words[0] : throw new ArgumentException("Say train or predict.");
        int batch = options.Batch == 0 ? benchmark.Batch : options.Batch;
        Config.SetNumThreads(options.Threads);
        Utils.SetRandomSeed(0);

        Model model = benchmark.Build();
        Shape shape = model.InputShape.With(0, batch);
        Shape labels = new(model.OutputShape.With(0, batch).Dims[..^1]);
        SeedGenerator seed = new(1);
        Tensor x = benchmark.Vocabulary > 0 ? RandomOps.Randint(shape, 1, benchmark.Vocabulary, seed: seed) : RandomOps.Uniform(shape, seed: seed);
        Tensor y = Ops.Mod(Ops.Reshape(Ops.Arange(0, labels.Size), labels) * 7, benchmark.Classes);
        Action step = mode == "train" ? TrainStep(model, x, y) : PredictStep(model, x);

        for (int i = 0; i < WarmUpSteps; i++) step();
        if (options.Words is [_, "profile"])
        {
            KernelTimes.Print(step, options.Seconds);
            return;
        }

        (List<double> times, long bytes) = Measure(step, options.Seconds);
        times.Sort();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            model = name,
            mode,
            batch,
            threads = options.Threads,
            peer = string.Create(CultureInfo.InvariantCulture, $"nkeras {typeof(Model).Assembly.GetName().Version!.ToString(3)}"),
            ms_per_step = Math.Round(times[times.Count / 2], 4),
            best_ms = Math.Round(times[0], 4),
            steps = times.Count,
            bytes_per_step = bytes / times.Count,
        }));
    }

    private static Action TrainStep(Model model, Tensor x, Tensor y)
    {
        model.Compile(new Adam(1e-3), new SparseCategoricalCrossentropy(fromLogits: true));
        model.TrainOnBatch(x, y); // Resolves the losses and makes the optimizer's slots.
        Compilation compilation = model.RequireCompiled(nameof(ModelBenchmark));
        TrainingStep step = model.StepFor(StepKind.Train, new BatchSpec(InputStructure.Of(x), 1, 1, [x.Spec, y.Spec]));
        Tensor[] batch = [x, y];
        ConcreteTensor[] scores = [ConcreteTensor.Allocate(new TensorSpec(Shape.Scalar, DType.Float32))];
        return () =>
        {
            step.Run(batch);
            compilation.ReadScores(scores);
            double loss = ElementView.Of(scores[0]).Number(0);
            if (!double.IsFinite(loss)) throw new InvalidOperationException($"The loss is {loss}.");
        };
    }

    private static Action PredictStep(Model model, Tensor x)
    {
        TrainingStep step = model.StepFor(StepKind.Predict, new BatchSpec(InputStructure.Of(x), 1, 0, [x.Spec]));
        Tensor[] batch = [x];
        ConcreteTensor[] results = [.. step.Outputs.Select(ConcreteTensor.Allocate)];
        float[] read = new float[results[0].Shape.Size];
        return () =>
        {
            step.Run(batch, results);
            results[0].Data.CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(read.AsSpan()));
        };
    }

    private static (List<double> Milliseconds, long Bytes) Measure(Action step, double seconds)
    {
        const int LeastSteps = 10, MostSteps = 4_000_000; // No more than the list holds: growing it would count as the step's bytes.
        List<double> times = new(MostSteps);
        long start = Stopwatch.GetTimestamp();
        long before = GC.GetAllocatedBytesForCurrentThread();
        while ((Stopwatch.GetElapsedTime(start).TotalSeconds < seconds && times.Count < times.Capacity) || times.Count < LeastSteps)
        {
            long at = Stopwatch.GetTimestamp();
            step();
            times.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        }

        return (times, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
