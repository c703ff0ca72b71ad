using NKeras;
using NKeras.Layers;
using Samples.Text;

namespace Samples.MiniGpt;

/// <summary>A small GPT: each character attends to those before it, in several blocks, one upon the other.</summary>
public sealed class GptModel : ICharacterModel
{
    private readonly int _length;
    private readonly List<int> _text = [];

    /// <summary>Makes the network.</summary>
    /// <param name="characters">How many characters there are.</param>
    /// <param name="length">How many characters it sees at once.</param>
    /// <param name="width">The length of the vector that stands for a character.</param>
    /// <param name="heads">Attention heads in a block.</param>
    /// <param name="blocks">How many blocks.</param>
    public GptModel(int characters, int length, int width = 128, int heads = 4, int blocks = 3)
    {
        _length = length;
        Input text = new(shape: [length], dtype: "int32");
        KerasTensor x = new TokenAndPositionEmbedding(characters, length, width).Apply(text);
        for (int block = 0; block < blocks; block++) x = Block(x, width, heads);
        x = new LayerNormalization().Apply(x);
        Network = new Model(text, new Dense(characters).Apply(x), name: "mini_gpt");
    }

    public Model Network { get; }

    public void Restart() => _text.Clear();

    public Tensor Read(int character)
    {
        _text.Add(character);
        int[] seen = [.. _text.TakeLast(_length)];
        int last = seen.Length - 1;

        // What follows the last character does not matter: attention is causal.
        Array.Resize(ref seen, _length);
        Tensor logits = Network.PredictOnBatch(Tensor.From(seen, [1, _length]));
        return Ops.Take(logits, last, axis: 1);
    }

    /// <summary>Characters look at those before them, then each thinks for itself; what comes out is added to what went in.</summary>
    private static KerasTensor Block(KerasTensor x, int width, int heads)
    {
        KerasTensor y = new LayerNormalization().Apply(x);
        y = new MultiHeadAttention(heads, keyDim: width / heads).Apply(y, y, useCausalMask: true);
        x = new Add().Apply(x, y);

        y = new LayerNormalization().Apply(x);
        y = new Dense(4 * width, activation: "gelu").Apply(y);
        y = new Dense(width).Apply(y);
        return new Add().Apply(x, y);
    }
}
