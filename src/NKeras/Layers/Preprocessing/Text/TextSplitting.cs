namespace NKeras.Layers;

/// <summary>
/// How texts are split into tokens: <c>"whitespace"</c>, <c>"character"</c>, null for not at all, or a function of one's own. The default value is
/// <c>"whitespace"</c>.
/// </summary>
/// <example><code>
/// TextVectorization letters = new(split: "character");
/// TextVectorization fields = new(split: new TextSplitting(text => text.Split('|')));
/// </code></example>
// Keras: a function gets an array of texts and gives rows of tokens; here it concerns one text.
public readonly record struct TextSplitting
{
    private static readonly string[] s_names = ["whitespace", "character"];
    private readonly bool _isNone;
    private readonly string? _name;

    /// <summary>A function of one's own. It depends on the text alone, and may be called on several threads at once.</summary>
    /// <param name="function">Gives the tokens of a text.</param>
    public TextSplitting(Func<string, IEnumerable<string>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        Function = function;
    }

    private TextSplitting(string? name)
    {
        if (name != null && !s_names.Contains(name)) throw new ArgumentException($"split cannot be '{name}'. {Suggestion.For(name, s_names)}", nameof(name));
        (_name, _isNone) = (name == s_names[0] ? null : name, name == null);
    }

    /// <summary>One of Keras's ways; null for none.</summary>
    /// <exception cref="ArgumentException">There is no such way.</exception>
    public static implicit operator TextSplitting(string? name) => new(name);

    /// <summary>The name; null for none, and for a function of one's own.</summary>
    public string? Name => _isNone || Function != null ? null : _name ?? s_names[0];

    /// <summary>The function of one's own; null if it is none.</summary>
    public Func<string, IEnumerable<string>>? Function { get; }

    /// <summary>Whether texts are split at all.</summary>
    internal bool Splits => !_isNone;

    /// <summary>Adds the tokens of a text to a list.</summary>
    internal void AddTokens(string text, List<string> tokens)
    {
        if (Function != null) tokens.AddRange(Function(text));
        else if (Name == "character") AsciiText.AddCharacters(text, tokens);
        else if (Name != null) AsciiText.AddWords(text, tokens);
        else tokens.Add(text);
    }
}
