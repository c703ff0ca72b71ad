using NKeras.Callbacks;
using NKeras.Initializers;
using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Saving;
using NKeras.Tests.Training;

namespace NKeras.Tests.Callbacks;

/// <summary>Options of backups, and what is wrong with folders.</summary>
public sealed class BackupAndRestoreTests : IDisposable
{
    private static readonly Tensor s_x = RandomOps.Normal([10, 3], seed: 1), s_y = RandomOps.Normal([10, 1], seed: 2);

    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder["backup"];

    private string Latest => _folder["backup/latest.weights.h5"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WrongArgumentsAreRefused()
    {
        Assert.Contains("Empty backupDir", Assert.Throws<ArgumentException>(() => new BackupAndRestore("")).Message, StringComparison.Ordinal);
        Assert.Contains("Empty backupDir", Assert.Throws<ArgumentException>(() => new BackupAndRestore(null!)).Message, StringComparison.Ordinal);
        Assert.Contains("received \"batch\"", Assert.Throws<ArgumentException>(() => new BackupAndRestore("x", saveFreq: "batch")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackupAndRestore("x", saveFreq: 0));
        BackupAndRestore callback = new("x", 3, doubleCheckpoint: true, deleteCheckpoint: false);
        Assert.Equal(("x", 3, true, false), (callback.BackupDir, callback.SaveFreq.Batches, callback.DoubleCheckpoint, callback.DeleteCheckpoint));
    }

    /// <summary>The example of Keras's documentation: stopped before epoch 4 of 10, so six more are run.</summary>
    [Fact]
    public void OnlyTheEpochsThatAreLeftAreRun()
    {
        Model model = Make();
        BackupAndRestore callback = new(Folder);
        Assert.Throws<TrainingException>(() => Fit(model, 10, callback, new LambdaCallback(onEpochBegin: (epoch, _) => ThrowIf(epoch == 4))));
        History history = Fit(model, 10, callback);
        Assert.Equal(6, history["loss"].Count);
        Assert.Equal([4, 5, 6, 7, 8, 9], history.Epoch);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public void BackupIsMadeAlsoWhereACallbackThrowsAfterwards()
    {
        // Keras: saves in its turn. What comes after it may throw.
        Model model = Make();
        BackupAndRestore callback = new(Folder);
        Assert.Throws<TrainingException>(() => Fit(model, 6, callback, new LambdaCallback(onEpochEnd: (epoch, _) => ThrowIf(epoch == 1))));
        Assert.Equal([2, 3, 4], Fit(model, 5, callback).Epoch);
    }

    [Fact]
    public void NothingIsThereBeforeTheFirstEpochHasEnded()
    {
        Model model = Make();
        Assert.Throws<TrainingException>(() => Fit(model, 2, new BackupAndRestore(Folder), new LambdaCallback(onTrainBatchEnd: (_, _) => ThrowIf(true))));
        Assert.Equal([0, 1], Fit(model, 2, new BackupAndRestore(Folder)).Epoch);
    }

    [Fact]
    public void KeptBackupRestoresTheModelAndLaterEpochsGoOn()
    {
        Model model = Make();
        Fit(model, 2, new BackupAndRestore(Folder, deleteCheckpoint: false));
        Assert.Equal([Path.GetFileName(Latest)], Directory.GetFiles(Folder).Select(Path.GetFileName));
        Model other = Make();
        Assert.Empty(Fit(other, 2, new BackupAndRestore(Folder, deleteCheckpoint: false)).Epoch);
        Assert.Equal(TrainingBits.Of(model), TrainingBits.Of(other));
        Assert.Equal([2, 3], Fit(other, 4, new BackupAndRestore(Folder)).Epoch);
        Fit(model, 4, 2);
        Assert.Equal(TrainingBits.Of(model), TrainingBits.Of(other));
    }

    [Fact]
    public void BackupIsAFileOfWeightsToo()
    {
        Model model = Make(), other = Make();
        Fit(model, 2, new BackupAndRestore(Folder, deleteCheckpoint: false));
        Fit(other, 1);
        other.LoadWeights(Latest);
        Assert.Equal(TrainingBits.WithoutRandom(model), TrainingBits.WithoutRandom(other));
    }

    [Fact]
    public void OtherFilesInTheFolderStay()
    {
        string mine = _folder.Write("backup/mine.txt", [1]);
        Fit(Make(), 2, new BackupAndRestore(Folder, doubleCheckpoint: true));
        Assert.Equal([mine], Directory.GetFiles(Folder));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("text")]
    [InlineData("weights")]
    [InlineData("bit")]
    [InlineData("gone")]
    public void DamagedBackupGivesWayToTheOneBefore(string damage)
    {
        Model whole = Make(), model = Make();
        Fit(whole, 5);
        Interrupt(model, epoch: 3, new BackupAndRestore(Folder, doubleCheckpoint: true));
        Damage(damage);
        List<string> warnings = [];
        History history = Fit(model, 5, new BackupAndRestore(Folder, doubleCheckpoint: true) { WriteWarning = warnings.Add });
        Assert.Equal([2, 3, 4], history.Epoch);
        Assert.Equal(TrainingBits.Of(whole), TrainingBits.Of(model));
        Assert.Equal(damage == "gone" ? 0 : 1, warnings.Count);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("text")]
    [InlineData("weights")]
    [InlineData("bit")]
    public void DamagedBackupWithoutAnotherIsAnErrorThatSaysWhatToDo(string damage)
    {
        Model model = Make();
        Interrupt(model, epoch: 3, new BackupAndRestore(Folder));
        Damage(damage);
        byte[] before = TrainingBits.Of(model);
        TrainingException e = Assert.Throws<TrainingException>(() => Fit(model, 5, new BackupAndRestore(Folder)));
        Assert.IsType<ModelFileException>(e.InnerException);
        Assert.Contains(Latest, e.Message, StringComparison.Ordinal);
        Assert.Contains($"delete '{Folder}' to begin anew", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, TrainingBits.Of(model));
        Assert.True(File.Exists(Latest));
        // The folder is free again.
        Directory.Delete(Folder, recursive: true);
        Assert.Equal(5, Fit(model, 5, new BackupAndRestore(Folder)).Epoch.Count);
    }

    [Fact]
    public void BackupOfAnotherModelIsAnError()
    {
        Interrupt(Make(), epoch: 2, new BackupAndRestore(Folder));
        Sequential other = new([new Input([3]), new Dense(7), new Dense(1)]);
        other.Compile(new Adam(0.01), "mse");
        byte[] before = TrainingBits.Of(other);
        TrainingException e = Assert.Throws<TrainingException>(() => Fit(other, 3, new BackupAndRestore(Folder)));
        Assert.IsType<ModelFileException>(e.InnerException);
        Assert.Equal(before, TrainingBits.WithoutRandom(other)[..before.Length]);
    }

    [Fact]
    public void FolderInUseIsAnError()
    {
        Model model = Make();
        Exception? inner = null;
        Fit(model, 1, new BackupAndRestore(Folder), new LambdaCallback(onTrainBatchEnd: (_, _) => inner ??= Record.Exception(() => Fit(Make(), 1, new BackupAndRestore(Folder)))));
        Assert.Contains("in use by another run", Assert.IsType<TrainingException>(inner).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public void FileInTheFoldersPlaceIsAnError()
    {
        _folder.Write("backup", [1, 2]);
        Assert.Contains("is a file", Assert.Throws<TrainingException>(() => Fit(Make(), 1, new BackupAndRestore(Folder))).Message, StringComparison.Ordinal);
        Assert.Equal(new byte[] { 1, 2 }, File.ReadAllBytes(Folder));
    }

    [Fact]
    public void BackupThatCannotBeWrittenLeavesTheLastOne()
    {
        Model model = Make();
        // A folder stands where the second backup is to be written.
        TrainingException e = Assert.Throws<TrainingException>(() => Fit(model, 3, new LambdaCallback(onEpochEnd: (epoch, _) => Block(epoch == 1)), new BackupAndRestore(Folder)));
        Assert.IsAssignableFrom<IOException>(e.InnerException);
        Directory.Delete(Latest, recursive: true);
        File.Move(_folder["kept"], Latest);
        Assert.Equal([1, 2], Fit(Make(), 3, new BackupAndRestore(Folder)).Epoch);

        void Block(bool due)
        {
            if (!due) return;
            File.Move(Latest, _folder["kept"]);
            Directory.CreateDirectory(_folder["backup/latest.weights.h5/x"]);
        }
    }

    [Fact]
    public void DataThatIsTooShortIsAnError()
    {
        Batch batch = (s_x, s_y);
        Interrupt(Make(), callback: new BackupAndRestore(Folder, saveFreq: 1), fit: (m, c) => m.Fit(Enumerable.Repeat(batch, 4), epochs: 2, verbose: 0, callbacks: c), batch: 2);
        Exception e = Assert.ThrowsAny<Exception>(() => Make().Fit(Enumerable.Repeat(batch, 1), epochs: 2, verbose: 0, callbacks: [new BackupAndRestore(Folder)]));
        Assert.Contains("The data set ended after 1 batches", e.Message, StringComparison.Ordinal);
        e = Assert.ThrowsAny<Exception>(() => Make().Fit(s_x, s_y, batchSize: 10, epochs: 2, verbose: 0, callbacks: [new BackupAndRestore(Folder)]));
        Assert.Contains("The data has 1 batches", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ItWorksInFitOnly()
    {
        CallbackList callbacks = new([new BackupAndRestore(Folder)], model: Make());
        Assert.Contains("works in Fit only", Assert.Throws<InvalidOperationException>(() => callbacks.OnTrainBegin()).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public void FitIsNotSlowedDownBetweenBackups() => Assert.False(new BackupAndRestore(Folder, saveFreq: 100).WantsScores);

    private static History Fit(Model model, int epochs, params Callback[] callbacks) => Fit(model, epochs, 0, callbacks);

    private static History Fit(Model model, int epochs, int initialEpoch, params Callback[] callbacks) =>
        model.Fit(s_x, s_y, batchSize: 4, initialEpoch: initialEpoch, epochs: epochs, verbose: 0, callbacks: callbacks);

    /// <summary>Runs until an epoch is about to begin.</summary>
    private static void Interrupt(Model model, int epoch, BackupAndRestore callback) =>
        Assert.Throws<TrainingException>(() => Fit(model, 9, callback, new LambdaCallback(onEpochBegin: (e, _) => ThrowIf(e == epoch))));

    private static void Interrupt(Model model, BackupAndRestore callback, Func<Model, Callback[], History> fit, int batch) =>
        Assert.Throws<TrainingException>(() => fit(model, [callback, new LambdaCallback(onTrainBatchEnd: (b, _) => ThrowIf(b == batch))]));

    private static void ThrowIf(bool due)
    {
        if (due) throw new InvalidOperationException("Interrupting!");
    }

    private static Sequential Make()
    {
        // The same first weights each time, whatever other tests draw.
        Sequential model = new([new Input([3]), new Dense(4, "tanh", kernelInitializer: new GlorotUniform(seed: 3)), new Dropout(0.2, seed: 5), new Dense(1, kernelInitializer: "ones")]);
        model.Compile(new Adam(0.01), "mse");
        model.ShuffleOrder.Set(8, 0);
        return model;
    }

    private void Damage(string how)
    {
        byte[] content = File.ReadAllBytes(Latest);
        switch (how)
        {
            case "cut":
                content = content[..(content.Length / 2)];
                break;
            case "text":
                content = [.. "0"u8];
                break;
            case "weights":
                Model other = Make();
                Fit(other, 1);
                other.SaveWeights(_folder["other.weights.h5"]);
                content = File.ReadAllBytes(_folder["other.weights.h5"]);
                break;
            case "bit":
                // The first bit of the first weight.
                byte[] weight = [.. BitConverter.GetBytes(Weight())];
                content[content.AsSpan().IndexOf(weight)] ^= 1;
                break;
            default:
                File.Delete(Latest);
                return;
        }

        File.WriteAllBytes(Latest, content);
    }

    /// <summary>A weight that is in the latest backup.</summary>
    private float Weight()
    {
        Model model = Make();
        Fit(model, 1);
        model.LoadWeights(Latest);
        return model.GetWeights()[0].ToArray<float>()[0];
    }
}
