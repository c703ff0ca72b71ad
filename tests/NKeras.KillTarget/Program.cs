using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Metrics;
using NKeras.Optimizers;

namespace NKeras.KillTarget;

/// <summary>
/// A program for tests to kill. <c>backup FOLDER FREQ DATA</c> trains with backups in a folder after every FREQ batches (0: epochs), from arrays or a data set;
/// <c>save FILE</c> saves a model to one file again and again while it trains. Both say what they do, a line for each step.
/// </summary>
internal static class Program
{
    private const int Rows = 48, Size = 6, Epochs = 12, Wide = 320;

    private static void Main(string[] args)
    {
        Utils.SetRandomSeed(7);
        if (args[0] == "save") Save(args[1]);
        else Backup(args[1], int.Parse(args[2], CultureInfo.InvariantCulture), args[3]);
    }

    private static void Backup(string folder, int frequency, string data)
    {
        Sequential model = Make();
        (Tensor x, Tensor y) = Samples();
        Frequency saveFreq = frequency == 0 ? "epoch" : frequency;
        Callback[] callbacks =
        [
            new ReduceLROnPlateau("val_loss", patience: 1, factor: 0.5),
            new BackupAndRestore(folder, saveFreq, doubleCheckpoint: frequency % 2 == 0),
            new LambdaCallback(
                onTrainBatchEnd: (batch, _) => Say($"batch {batch}"),
                onEpochEnd: (epoch, logs) => Say($"epoch {epoch} {string.Join(' ', logs!.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Key}={l.Value:R}")))}")),
        ];
        ValidationData validation = new(Dataset.FromTensorSlices(x, y).Shuffle(9, seed: 5).Batch(7));
        if (data == "arrays") model.Fit(x, y, batchSize: Size, epochs: Epochs, validationData: validation, verbose: 0, callbacks: callbacks);
        else model.Fit(Dataset.FromTensorSlices(x, y).Shuffle(Rows, seed: 4).Batch(Size), epochs: Epochs, validationData: validation, verbose: 0, callbacks: callbacks);
        Say($"done {Sum(model)}");
    }

    private static void Save(string file)
    {
        Sequential model = Make();
        (Tensor x, Tensor y) = Samples();
        while (true)
        {
            model.Fit(x, y, batchSize: Size, verbose: 0);
            Say($"saving {Sum(model)}");
            model.Save(file);
            Say("saved");
        }
    }

    private static Sequential Make()
    {
        Sequential model = new(
            [new Input([4]), new Dense(Wide, "tanh"), new BatchNormalization(), new Dropout(0.3), new Dense(Wide, "relu"), new GaussianNoise(0.05), new Dense(1, "sigmoid")]);
        Adam adam = new(0.01, useEma: true, emaMomentum: 0.9, gradientAccumulationSteps: 2);
        model.Compile(adam, "binary_crossentropy", metrics: [new AUC(name: "auc"), "accuracy"]);
        return model;
    }

    private static (Tensor X, Tensor Y) Samples()
    {
        Tensor x = RandomOps.Normal([Rows, 4], seed: 1);
        return (x, Ops.Cast(Ops.Greater(Ops.Sum(x, axis: 1, keepdims: true), 0), "float32"));
    }

    /// <summary>The sum over all state.</summary>
    private static string Sum(Model model)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Variable variable in model.Variables.Concat(model.Optimizer.Variables)) hash.AppendData(MemoryMarshal.AsBytes(Ops.Cast(variable, "float64").ToArray<double>().AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Say(string line)
    {
        Console.Out.Write($"{line}\n");
        Console.Out.Flush();
    }
}
