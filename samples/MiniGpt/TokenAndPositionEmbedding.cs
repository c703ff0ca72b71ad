using NKeras;
using NKeras.Layers;

namespace Samples.MiniGpt;

/// <summary>A vector for each token plus one for its place: attention alone does not see in which order tokens come.</summary>
/// <remarks>Input (batch, length) of tokens, result (batch, length, width).</remarks>
public sealed class TokenAndPositionEmbedding(int tokens, int length, int width) : Layer
{
    // Layers in fields belong to this layer: their weights are trained and saved with it.
    private readonly Embedding _tokens = new(tokens, width);
    private readonly Embedding _positions = new(length, width);

    public override Tensor Call(Tensor inputs, bool training = false) => _tokens.Apply(inputs) + _positions.Apply(Ops.Arange(0, length));
}
