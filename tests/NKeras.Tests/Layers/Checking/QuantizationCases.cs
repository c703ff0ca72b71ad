using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class QuantizationCases : ILayerCases
{
    public IEnumerable<LayerCase> Cases
    {
        get
        {
            yield return new()
            {
                Setting = "low rank",
                Make = () => new Dense(5, "tanh", loraRank: 2, loraAlpha: 3),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 5]],
                Trainable = [("bias", [5]), ("lora_kernel_a", [4, 2]), ("lora_kernel_b", [2, 5])],
                Frozen = [("kernel", [4, 5])],
                // Thawing it would thaw the kernel, too; the factors are float32 whatever the policy.
                Trains = false,
                Mixes = false,
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "int8",
                Make = () => new Dense(5, dtype: "int8_from_float32"),
                Inputs = [[2, 4]],
                Output = [[2, 5]],
                Trainable = [("bias", [5])],
                Frozen = [("kernel", [4, 5]), ("kernel_scale", [5])],
                Mask = [2, 4],
                Trains = false,
                Mixes = false,
            };

            yield return new()
            {
                Setting = "int4 in blocks, with an update",
                Make = () => new Dense(5, loraRank: 2, dtype: "int4/3_from_float32"),
                Inputs = [[2, 4]],
                Output = [[2, 5]],
                Trainable = [("bias", [5]), ("lora_kernel_a", [4, 2]), ("lora_kernel_b", [2, 5])],
                Frozen = [("kernel", [4, 3]), ("kernel_scale", [2, 5]), ("kernel_zero", [2, 5]), ("g_idx", [4])],
                Trains = false,
                Mask = [2, 4],
                Mixes = false,
            };

            yield return new()
            {
                Make = () => new TernaryDense(5, activation: "relu"),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 5]],
                AutoName = "ternary_dense",
                Trainable = [("kernel", [4, 5]), ("bias", [5])],
                Mask = [2, 3],
            };

            yield return new()
            {
                Setting = "ternary bytes",
                Make = () => new TernaryDense(5, threshold: 0.1, useBias: false, dtype: "ternary_from_float32"),
                Inputs = [[2, 11]],
                Output = [[2, 5]],
                Frozen = [("kernel", [3, 5]), ("kernel_scale", [])],
                Mask = [2, 11],
                Trains = false,
                Mixes = false,
            };

            yield return new()
            {
                Setting = "masked, low rank",
                Make = () => new Embedding(7, 5, maskZero: true, loraRank: 2),
                Inputs = [[2, 3]],
                Below = 7,
                Output = [[2, 3, 5]],
                Trainable = [("lora_embeddings_a", [7, 2]), ("lora_embeddings_b", [2, 5])],
                Frozen = [("embeddings", [7, 5])],
                Trains = false,
                Mixes = false,
                Mask = [2, 3],
            };

            yield return new()
            {
                Make = () => new ReversibleEmbedding(7, 5, embeddingsInitializer: "normal"),
                Inputs = [[2, 3]],
                Below = 7,
                Output = [[2, 3, 5]],
                AutoName = "reversible_embedding",
                Trainable = [("embeddings", [7, 5])],
            };

            yield return new()
            {
                Setting = "in reverse, weights of its own",
                Make = () => new ReversibleEmbedding(7, 5, tieWeights: false, logitSoftCap: 3),
                Inputs = [[2, 3, 5]],
                Arguments = new Dictionary<string, object> { ["reverse"] = true },
                Output = [[2, 3, 7]],
                Trainable = [("embeddings", [7, 5]), ("reverse_embeddings", [5, 7])],
                Idle = ["embeddings"],
                // Inputs are not brought to the policy's type, as they may be numbers: scores have the wider one.
                Mixes = false,
            };

            yield return new()
            {
                Setting = "low rank",
                Make = () => new EinsumDense("abc,cde->abde", [null, 3, 5], biasAxes: "e", loraRank: 2),
                Inputs = [[2, 3, 4]],
                Output = [[2, 3, 3, 5]],
                Trainable = [("bias", [5]), ("lora_kernel_a", [4, 3, 2]), ("lora_kernel_b", [2, 5])],
                Frozen = [("kernel", [4, 3, 5])],
                Trains = false,
                Mixes = false,
            };

            yield return new()
            {
                Setting = "low rank",
                Make = () => new Conv2D(6, 3, groups: 2, loraRank: 2),
                Inputs = [[2, 5, 6, 4]],
                Output = [[2, 3, 4, 6]],
                Trainable = [("bias", [6]), ("lora_kernel_a", [3, 3, 2, 2]), ("lora_kernel_b", [2, 6])],
                Frozen = [("kernel", [3, 3, 2, 6])],
                Trains = false,
                Mixes = false,
            };
        }
    }
}
