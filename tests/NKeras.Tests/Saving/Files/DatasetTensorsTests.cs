using System.Reflection;
using NKeras.Layers;

namespace NKeras.Tests.Saving.Files;

public sealed class DatasetTensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void BFloat16NumbersOfNewerH5pyAreRead()
    {
        string path = Path.Combine(_folder.FullName, "m.weights.h5");
        using (Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("bfloat16.weights.h5")!)
        using (FileStream file = File.Create(path))
            resource.CopyTo(file);

        Sequential model = new([new InputLayer([2]), new Dense(1, dtype: "bfloat16", name: "dense")]);
        model.LoadWeights(path);
        Assert.Equal([1.5f, -2f], Ops.Cast(model.Weights[0], "float32").ToArray<float>());
        Assert.Equal([0.25f], Ops.Cast(model.Weights[1], "float32").ToArray<float>());
    }
}
