using System.Text.RegularExpressions;

namespace NKeras.Core;

/// <summary>NumPy's signatures of generalised functions: the names of the dimensions that one call of a function takes and gives, such as <c>(m,n),(n)->(m)</c>.</summary>
internal sealed partial class CoreDimensions
{
    private CoreDimensions(string[][] inputs, string[][] outputs) => (Inputs, Outputs) = (inputs, outputs);

    /// <summary>The dimensions of each argument.</summary>
    public string[][] Inputs { get; }

    /// <summary>The dimensions of each result.</summary>
    public string[][] Outputs { get; }

    /// <exception cref="ArgumentException">It is no signature.</exception>
    public static CoreDimensions Parse(string signature)
    {
        string text = string.Concat(signature.Where(c => !char.IsWhiteSpace(c)));
        if (!Signature().IsMatch(text)) throw new ArgumentException($"Vectorize: '{signature}' is not a valid signature. One looks like this: (m,n),(n)->(m).", nameof(signature));
        int arrow = text.IndexOf("->", StringComparison.Ordinal);
        return new CoreDimensions(Lists(text[..arrow]), Lists(text[(arrow + 2)..]));
    }

    /// <summary>Compares the last dimensions of a tensor with their names' sizes; sizes that are new are noted.</summary>
    /// <param name="what">What the tensor is called in messages.</param>
    /// <param name="shape">The tensor's shape.</param>
    /// <param name="names">The names of its last dimensions.</param>
    /// <param name="sizes">The sizes known so far.</param>
    /// <exception cref="ArgumentException">It has too few dimensions, or another size.</exception>
    public static void Check(string what, Shape shape, string[] names, Dictionary<string, int> sizes)
    {
        if (shape.Rank < names.Length) throw new ArgumentException($"Vectorize: {what} of shape {shape} does not have enough dimensions for all core dimensions ({string.Join(", ", names)}).");
        for (int i = 0; i < names.Length; i++)
        {
            int size = shape.Dims[shape.Rank - names.Length + i];
            if (!sizes.TryGetValue(names[i], out int known)) sizes[names[i]] = size;
            else if (size != known && size != Shape.Unknown && known != Shape.Unknown)
                throw new ArgumentException($"Vectorize: inconsistent size for core dimension {names[i]}: {size} vs {known}.");
        }
    }

    private static string[][] Lists(string text) => [.. List().Matches(text).Select(m => m.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries))];

    [GeneratedRegex(@"^\((\w+(,\w+)*)?\)(,\((\w+(,\w+)*)?\))*->\((\w+(,\w+)*)?\)(,\((\w+(,\w+)*)?\))*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Signature();

    [GeneratedRegex(@"\(([\w,]*)\)", RegexOptions.NonBacktracking)]
    private static partial Regex List();
}
