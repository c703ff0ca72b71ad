using DotNet = System.Numerics.Tensors;

namespace NKeras.Tests.Training.Data;

/// <summary>Models take .NET's own tensors and memory as data.</summary>
[Collection(NamesCollection.Name)]
public sealed class DotNetTensorTests
{
    [Fact]
    public void ModelsTakeThemAsTheyTakeArrays()
    {
        float[] x = [.. Enumerable.Range(0, 20).Select(i => i / 20f)], y = [.. x.Select(v => 3 * v)];
        DotNet.Tensor<float> inputs = DotNet.Tensor.Create(x, [20, 1]), targets = DotNet.Tensor.Create(y, [20, 1]);
        float[][] predictions =
        [
            Train(inputs, targets, inputs),
            Train(Tensor.Wrap(x, [20, 1]), Tensor.Wrap(y.AsMemory(), [20, 1]), Tensor.Wrap(x, [20, 1])),
            Train(Tensor.From(x, [20, 1]), Tensor.From(y, [20, 1]), Tensor.From(x, [20, 1])),
        ];
        Assert.Equal(predictions[2], predictions[0]);
        Assert.Equal(predictions[2], predictions[1]);
        // What was trained on is as it was.
        Assert.Equal(0.5f, inputs[10, 0]);
        Assert.Equal(3 * x[7], targets[7, 0]);

        static float[] Train(Tensors x, Tensors y, Tensors data)
        {
            Utils.SetRandomSeed(7);
            Sequential model = new([new Input([1]), new NKeras.Layers.Dense(4, activation: "tanh"), new NKeras.Layers.Dense(1)]);
            model.Compile("adam", "mse");
            model.Fit(x, y, batchSize: 8, epochs: 2, verbose: 0);
            return model.Predict(data).ToArray<float>();
        }
    }

    [Fact]
    public void EveryTypeOfElementIsTaken()
    {
        Tensors[] data =
        [
            Make<float>(), Make<double>(), Make<Half>(), Make<sbyte>(), Make<short>(), Make<int>(), Make<long>(), Make<byte>(), Make<ushort>(), Make<uint>(), Make<ulong>(), Make<bool>(),
        ];
        Assert.Equal(["float32", "float64", "float16", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "bool"], data.Select(d => d.Single().DType.Name));
        Assert.All(data, d => Assert.Equal(new Shape([3, 2]), d[0].Shape));

        static DotNet.Tensor<T> Make<T>() => DotNet.Tensor.Create(new T[6], [3, 2]);
    }
}
