namespace NKeras.Engine.Primitives;

/// <summary>What a gradient rule is given.</summary>
/// <param name="inputs">The operation's inputs.</param>
/// <param name="outputs">Its results.</param>
/// <param name="cotangents">The gradient with respect to each result; null where nothing depends on it.</param>
/// <param name="needed">For each input, whether its gradient is asked for.</param>
internal sealed class GradientContext(Tensor[] inputs, Tensor[] outputs, Tensor?[] cotangents, bool[] needed)
{
    /// <summary>The operation's inputs.</summary>
    public Tensor[] Inputs { get; } = inputs;

    /// <summary>The operation's results.</summary>
    public Tensor[] Outputs { get; } = outputs;

    /// <summary>The gradient with respect to the first result (for operations with one).</summary>
    public Tensor Cotangent => Cotangents[0]!;

    /// <summary>The gradient with respect to each result.</summary>
    public Tensor?[] Cotangents { get; } = cotangents;

    /// <summary>Whether the gradient of an input is asked for.</summary>
    public bool Needs(int input) => needed[input];
}
