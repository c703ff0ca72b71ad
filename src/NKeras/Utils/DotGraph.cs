namespace NKeras;

/// <summary>A picture of a model in DOT, the language of Graphviz; made by <see cref="Utils.ModelToDot"/>.</summary>
// Keras: returns an object of the package pydot, which there is none of in .NET.
public sealed class DotGraph
{
    private readonly string _text;

    internal DotGraph(string text) => _text = text;

    /// <summary>The text, for a file that Graphviz's <c>dot</c> reads.</summary>
    public override string ToString() => _text;
}
