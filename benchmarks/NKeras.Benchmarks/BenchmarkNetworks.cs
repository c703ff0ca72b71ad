using NKeras.Layers;

namespace NKeras.Benchmarks;

/// <summary>The larger of the benchmark models.</summary>
internal static class BenchmarkNetworks
{
    /// <summary>The ResNet-20 for CIFAR: three stages of three residual blocks, with a projection where the shape changes.</summary>
    public static Model Resnet20()
    {
        Input image = new([32, 32, 3]);
        KerasTensor x = new Activation("relu").Apply(Normalized(image, 16, 1));
        foreach (int filters in new[] { 16, 32, 64 })
        {
            for (int block = 0; block < 3; block++)
            {
                int strides = block == 0 && filters > 16 ? 2 : 1;
                KerasTensor y = Normalized(new Activation("relu").Apply(Normalized(x, filters, strides)), filters, 1);
                KerasTensor shortcut = strides == 1 ? x : new Conv2D(filters, 1, strides).Apply(x);
                x = new Activation("relu").Apply(new Add().Apply(y, shortcut));
            }
        }

        return new Model(image, new Dense(10).Apply(new GlobalAveragePooling2D().Apply(x)));

        static KerasTensor Normalized(KerasTensor x, int filters, int strides) =>
            new BatchNormalization(epsilon: 1e-3).Apply(new Conv2D(filters, 3, strides, padding: "same", useBias: false).Apply(x));
    }

    /// <summary>A small GPT: embeddings, pre-norm blocks of causal attention and a network for each token, logits for the next token.</summary>
    public static Model Gpt()
    {
        const int Vocabulary = 2000, Positions = 128, Width = 256;
        Input tokens = new([Positions], dtype: DType.Int32);
        KerasTensor x = new TokenAndPositionEmbedding(Vocabulary, Positions, Width).Apply(tokens);
        for (int block = 0; block < 2; block++)
        {
            KerasTensor y = new LayerNormalization(epsilon: 1e-6).Apply(x);
            x = new Add().Apply(x, new MultiHeadAttention(4, Width / 4).Apply(y, y, useCausalMask: true));
            y = new Dense(4 * Width, activation: "gelu").Apply(new LayerNormalization(epsilon: 1e-6).Apply(x));
            x = new Add().Apply(x, new Dense(Width).Apply(y));
        }

        return new Model(tokens, new Dense(Vocabulary).Apply(new LayerNormalization(epsilon: 1e-6).Apply(x)));
    }
}
