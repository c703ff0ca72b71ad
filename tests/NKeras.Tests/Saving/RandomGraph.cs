using NKeras.Layers;

namespace NKeras.Tests.Saving;

/// <summary>Makes functional models at random: layers that join any earlier results, are shared, or are models themselves.</summary>
internal static class RandomGraph
{
    private const int Width = 4;

    /// <summary>Layers from vectors to vectors of one width.</summary>
    private static readonly Func<Random, Layer>[] s_layers =
    [
        random => new Dense(Width, random.Next(2) == 0 ? "tanh" : "linear", useBias: random.Next(3) > 0),
        _ => new BatchNormalization(),
        _ => new LayerNormalization(),
        _ => new PReLU(),
        random => new Activation(random.Next(2) == 0 ? "gelu" : "softmax"),
        _ => new Dropout(0.3),
        random => new Sequential([new Reshape([2, 2]), new LSTM(Width), new Dense(Width)], name: $"chain_{random.Next()}"),
    ];

    /// <summary>Layers from several vectors to one of the width.</summary>
    private static readonly Func<Layer>[] s_joins = [() => new Add(), () => new Multiply(), () => new Average(), () => new Maximum()];

    /// <summary>A model and something to give it.</summary>
    public static (Model Model, Tensors Inputs) Make(int seed)
    {
        Random random = new(seed);
        Model model = MakeModel(random, depth: 0);
        Tensor[] inputs = [.. model.Inputs.Select((_, i) => RandomOps.Normal([2, Width], seed: seed + i))];
        return (model, inputs.Length == 1 ? inputs[0] : Tensors.Create(inputs));
    }

    private static Model MakeModel(Random random, int depth)
    {
        Input[] inputs = [.. Enumerable.Range(0, depth == 0 ? random.Next(1, 4) : 1).Select(_ => new Input([Width]))];
        List<KerasTensor> results = [.. inputs];
        List<Layer> made = [];
        for (int i = random.Next(3, 15); i > 0; i--)
        {
            if (random.Next(3) == 0)
            {
                KerasTensor[] joined = [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => results[random.Next(results.Count)])];
                results.Add(s_joins[random.Next(s_joins.Length)]().Apply(joined));
                continue;
            }

            if (made.Count == 0 || random.Next(4) > 0) made.Add(depth < 2 && random.Next(6) == 0 ? MakeModel(random, depth + 1) : s_layers[random.Next(s_layers.Length)](random));
            results.Add(made[random.Next(made.Count)].Apply(results[random.Next(results.Count)]));
        }

        // What nothing uses is a result, so that every layer matters; an inner model has one result.
        KerasTensor all = results.Count - inputs.Length > 1 ? new Add().Apply([.. results.Skip(inputs.Length)]) : results[^1];
        KerasTensor last = new Add().Apply([all, .. inputs]);
        return new Model(KerasTensors.Create(inputs), depth == 0 ? KerasTensors.Create([last, results[^1]]) : last);
    }
}
