using NKeras.Layers;

namespace NKeras.Benchmarks;

/// <summary>A vector for each token plus one for each place in the sequence.</summary>
internal sealed class TokenAndPositionEmbedding(int vocabulary, int positions, int width) : Layer
{
    private readonly Embedding _tokens = new(vocabulary, width);
    private readonly Embedding _positions = new(positions, width);

    public override Tensor Call(Tensor inputs, bool training = false) => _tokens.Apply(inputs) + _positions.Apply(Ops.Arange(0, positions));
}
