using NKeras;
using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Saving;
using NKeras.Tests;

namespace DocumentationExamples;

/// <summary>The examples of files: <c>Model.save</c>, <c>load_model</c>, <c>save_weights</c>, the guides on saving and on checkpoints.</summary>
[Collection(NamesCollection.Name)]
public sealed class FileExampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _before = Directory.GetCurrentDirectory();

    public FileExampleTests()
    {
        Utils.ClearSession();
        Directory.SetCurrentDirectory(_folder.FullName);
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Dispose();
    }

    [Fact]
    public void SaveAndLoad()
    {
        #region save
        var model = new Sequential([
            new Input(shape: [3]),
            new Dense(5),
            new Softmax(),
        ]);
        model.Save("model.keras");
        var loadedModel = Model.Load("model.keras");
        var x = RandomOps.Uniform([10, 3]);
        #endregion

        Assert.Equal(model.Predict(x).ToArray<float>(), loadedModel.Predict(x).ToArray<float>());
    }

    [Fact]
    public void ClassesOfOnesOwn()
    {
        var model = new Sequential([new Input(shape: [3]), new Doubled()]);
        model.Save("custom_model.keras");

        #region custom objects
        var reconstructed = Model.Load("custom_model.keras", new CustomObjects { ["Doubled"] = typeof(Doubled) });
        #endregion

        Assert.IsType<Doubled>(reconstructed.Layers[0]);
    }

    [Fact]
    public void WeightsOnly()
    {
        var model = new Sequential([new Input(shape: [3]), new Dense(2)]);
        var again = new Sequential([new Input(shape: [3]), new Dense(2)]);

        #region weights
        model.SaveWeights("model.weights.h5");
        again.LoadWeights("model.weights.h5");

        // In files of at most 2 GiB each.
        model.SaveWeights("model.weights.json", maxShardSize: 2);
        again.LoadWeights("model.weights.json");
        #endregion

        Assert.Equal(model.Weights[0].Value.ToArray<float>(), again.Weights[0].Value.ToArray<float>());
    }

    [Fact]
    public void FilesOfStrangers()
    {
        new Sequential([new Input(shape: [3]), new Dense(2)]).Save("upload.keras");

        #region policy
        var policy = new LoadPolicy { MaxMemoryBytes = 1 << 30, MaxTime = TimeSpan.FromSeconds(10) };
        try
        {
            var model = Model.Load("upload.keras", policy: policy);
        }
        catch (ModelFileException e)
        {
            Console.Error.WriteLine(e.Message);
            throw;
        }
        #endregion
    }

    [Fact]
    public void Checkpoints()
    {
        var model = new Sequential([new Input(shape: [3]), new Dense(2)]);
        model.Compile("adam", "mse");
        Tensor x = RandomOps.Uniform([10, 3]), y = RandomOps.Uniform([10, 2]);

        #region checkpoints
        model.Fit(x, y, epochs: 3, validationSplit: 0.2, verbose: 0, callbacks:
        [
            new ModelCheckpoint("best.keras", monitor: "val_loss", saveBestOnly: true),
            new ModelCheckpoint("weights-{epoch:02d}-{val_loss:.2f}.weights.h5", saveWeightsOnly: true),
            new BackupAndRestore("backup"),
        ]);
        #endregion

        Assert.True(File.Exists("best.keras"));
        Assert.Equal(3, Directory.GetFiles(".", "weights-*.weights.h5").Length);
    }

    public sealed class Doubled : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false) => inputs * 2;
    }
}
