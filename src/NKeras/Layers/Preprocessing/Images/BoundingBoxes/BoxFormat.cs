namespace NKeras.Layers;

/// <summary>A way to give the place of a box by four numbers.</summary>
/// <param name="IsRelative">Whether they are shares of the image's width and height rather than pixels.</param>
/// <param name="ToCorners">The left, upper, right and lower border from the four numbers.</param>
/// <param name="FromCorners">The four numbers from these.</param>
internal sealed record BoxFormat(bool IsRelative, Func<Tensor[], Tensor[]> ToCorners, Func<Tensor[], Tensor[]> FromCorners)
{
    private static readonly Dictionary<string, BoxFormat> s_byName = Absolute()
        .SelectMany(f => f.Key == "center_yxhw" ? [f] : new[] { f, KeyValuePair.Create($"rel_{f.Key}", f.Value with { IsRelative = true }) }).ToDictionary();

    /// <summary>The format of a name.</summary>
    /// <param name="layer">The layer's name, for the message.</param>
    /// <param name="name">The format's name, in small or capital letters.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static BoxFormat Of(string layer, string name) => s_byName.GetValueOrDefault(name.ToLowerInvariant())
        ?? throw new ArgumentException($"Layer '{layer}': there is no format of bounding boxes '{name}'. {Suggestion.For(name, s_byName.Keys)}", nameof(name));

    private static Dictionary<string, BoxFormat> Absolute() => new()
    {
        ["xyxy"] = new(false, b => b, b => b),
        ["yxyx"] = new(false, b => [b[1], b[0], b[3], b[2]], b => [b[1], b[0], b[3], b[2]]),
        ["xywh"] = new(false, b => [b[0], b[1], b[0] + b[2], b[1] + b[3]], b => [b[0], b[1], b[2] - b[0], b[3] - b[1]]),
        ["center_xywh"] = new(false, b => FromCenter(b[0], b[1], b[2], b[3]), b => [Middle(b[0], b[2]), Middle(b[1], b[3]), b[2] - b[0], b[3] - b[1]]),
        ["center_yxhw"] = new(false, b => FromCenter(b[1], b[0], b[3], b[2]), b => [Middle(b[1], b[3]), Middle(b[0], b[2]), b[3] - b[1], b[2] - b[0]]),
    };

    private static Tensor[] FromCenter(Tensor x, Tensor y, Tensor width, Tensor height) => [x - (width / 2.0), y - (height / 2.0), x + (width / 2.0), y + (height / 2.0)];

    private static Tensor Middle(Tensor first, Tensor second) => first + ((second - first) / 2.0);
}
