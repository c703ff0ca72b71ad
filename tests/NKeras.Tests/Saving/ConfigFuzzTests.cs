using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Metrics;

namespace NKeras.Tests.Saving;

/// <summary>Whatever is done to a configuration, reading it gives a model or an ArgumentException.</summary>
public class ConfigFuzzTests
{
    /// <summary>How many damaged copies of each configuration are read; more by the environment variable NKERAS_FUZZ.</summary>
    private static readonly int s_rounds = int.TryParse(Environment.GetEnvironmentVariable("NKERAS_FUZZ"), out int rounds) ? rounds : 400;

    public static TheoryData<string> Models => [.. Bases().Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void ADamagedConfigurationGivesAModelOrAnArgumentException(string name)
    {
        string json = Bases()[name].ToJson();
        Assert.Equal(json, Model.FromJson(json).ToJson());
        int read = 0;
        for (int seed = 0; seed < s_rounds; seed++)
        {
            JsonNode config = JsonNode.Parse(json)!;
            new ConfigMutator(seed).Mutate(config);
            if (Read(config.ToJsonString(), seed)) read++;
        }

        // Most damage is fatal, but the test would prove nothing if all were.
        Assert.InRange(read, 1, s_rounds - 1);
    }

    private static bool Read(string json, int seed)
    {
        Model model;
        try
        {
            model = Model.FromJson(json);
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}: {e.GetType().Name} for {json}", e);
        }

        try
        {
            model.Summary(printFn: _ => { }, expandNested: true);
            _ = model.ToJson();
            _ = Utils.ModelToDot(model);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}, used: {e.GetType().Name} for {json}", e);
        }

        return true;
    }

    private static Dictionary<string, Model> Bases()
    {
        Model plain = new Sequential([new Input(shape: [8]), new Dense(4, activation: "relu", kernelInitializer: "orthogonal"), new Dropout(0.5), new Dense(2, activation: "softmax")]);
        plain.Compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy", new AUC()]);
        Input image = new(shape: [12, 12, 3], name: "image");
        KerasTensor x = new Conv2D(4, 3, padding: "same", activation: "relu").Apply(image);
        x = new BatchNormalization().Apply(x);
        x = new MaxPooling2D(2).Apply(x);
        KerasTensor branch = new Conv2D(4, 1, useBias: false).Apply(x);
        x = new Add().Apply(x, branch);
        x = new Concatenate().Apply(x, new AveragePooling2D(3, strides: 1, padding: "same").Apply(x));
        KerasTensor pooled = new GlobalAveragePooling2D().Apply(x), flat = new Dense(3).Apply(new Flatten().Apply(x));
        Model convolutional = new(image, new Dictionary<string, KerasTensor> { ["a"] = new Reshape([2, 4]).Apply(pooled), ["b"] = new Softmax().Apply(flat) });
        Input left = new(shape: [4], name: "left"), right = new(shape: [4], name: "right", optional: true);
        Dense shared = new(4, name: "shared");
        Model inner = new(left, new ReLU().Apply(shared.Apply(left)), name: "inner");
        Tensor sum = inner.Apply(left) + inner.Apply(right) * 2.0;
        Tensor operations = Ops.Reshape(Ops.Concatenate([Ops.Maximum(sum, Ops.Exp(left)), Ops.Softmax(left)], axis: 1), [-1, 2, 4]);
        operations = Ops.Take(Ops.Transpose(operations, [0, 2, 1]), Ops.Cast(left, DType.Int32), axis: 2);
        Model nested = new((left, right), (Ops.Mean(Ops.Clip(operations, 0.0, 5.0), axis: 1), new Sequential([new Dense(2), new Activation("tanh")]).Apply((KerasTensor)operations)), name: "outer");
        return new() { ["plain"] = plain, ["convolutional"] = convolutional, ["nested"] = nested };
    }
}
