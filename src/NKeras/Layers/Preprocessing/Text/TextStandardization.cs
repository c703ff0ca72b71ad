namespace NKeras.Layers;

/// <summary>
/// How texts are brought to one form before they are split: <c>"lower_and_strip_punctuation"</c>, <c>"lower"</c>, <c>"strip_punctuation"</c>, null for
/// not at all, or a function of one's own. The default value is <c>"lower_and_strip_punctuation"</c>.
/// </summary>
/// <example><code>
/// TextVectorization words = new(standardize: "lower");
/// TextVectorization own = new(standardize: new TextStandardization(text => text.Normalize().ToUpperInvariant()));
/// </code></example>
// Keras: a function gets and gives arrays of texts; here it concerns one text.
public readonly record struct TextStandardization
{
    private static readonly string[] s_names = ["lower_and_strip_punctuation", "lower", "strip_punctuation"];
    private readonly bool _isNone;
    private readonly string? _name;

    /// <summary>A function of one's own. It depends on the text alone, and may be called on several threads at once.</summary>
    /// <param name="function">Makes the standard form of a text.</param>
    public TextStandardization(Func<string, string> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        Function = function;
    }

    private TextStandardization(string? name)
    {
        if (name != null && !s_names.Contains(name)) throw new ArgumentException($"standardize cannot be '{name}'. {Suggestion.For(name, s_names)}", nameof(name));
        (_name, _isNone) = (name == s_names[0] ? null : name, name == null);
    }

    /// <summary>One of Keras's ways; null for none.</summary>
    /// <exception cref="ArgumentException">There is no such way.</exception>
    public static implicit operator TextStandardization(string? name) => new(name);

    /// <summary>The name; null for none, and for a function of one's own.</summary>
    public string? Name => _isNone || Function != null ? null : _name ?? s_names[0];

    /// <summary>The function of one's own; null if it is none.</summary>
    public Func<string, string>? Function { get; }

    /// <summary>The function that is meant; null for none.</summary>
    internal Func<string, string>? Effective => Function ?? Name switch
    {
        "lower_and_strip_punctuation" => text => AsciiText.Changed(text, lower: true, strip: true),
        "lower" => text => AsciiText.Changed(text, lower: true, strip: false),
        "strip_punctuation" => text => AsciiText.Changed(text, lower: false, strip: true),
        _ => null,
    };
}
