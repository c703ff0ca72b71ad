using NKeras.Engine.Primitives;

namespace NKeras.Core;

/// <summary>What a pattern such as <c>"b (h h1) c -> b h (h1 c)"</c> does with a tensor: split axes, reorder them, join them.</summary>
/// <param name="Input">The names that each axis of the tensor is split into.</param>
/// <param name="Output">The names that are joined into each axis of the result.</param>
internal sealed record RearrangePattern(IReadOnlyList<string[]> Input, IReadOnlyList<string[]> Output)
{
    /// <summary>Reads a pattern.</summary>
    /// <exception cref="ArgumentException">It is none: a bracket is not closed, a name occurs twice, or the two sides have different names.</exception>
    public static RearrangePattern Parse(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        string[] sides = pattern.Split("->");
        if (sides.Length != 2) throw Wrong(pattern, "it has an input side and an output side, with '->' between them");
        RearrangePattern parsed = new(Axes(pattern, sides[0]), Axes(pattern, sides[1]));
        string[] from = [.. parsed.Input.SelectMany(a => a)], to = [.. parsed.Output.SelectMany(a => a)];
        if (from.Concat(to).GroupBy(n => n).FirstOrDefault(g => g.Count() != 2 || !from.Contains(g.Key) || !to.Contains(g.Key)) is { } odd)
            throw Wrong(pattern, $"'{odd.Key}' is not once on each side");
        return parsed;
    }

    /// <summary>Rearranges a tensor, whose dimensions may be unknown.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="pattern">The text, for messages.</param>
    /// <param name="lengths">The lengths of axes, by their names: all but one of each group on the input side.</param>
    public Tensor Apply(Tensor x, string pattern, IReadOnlyDictionary<string, int> lengths)
    {
        if (Input.Count != x.Rank) throw Wrong(pattern, $"its input side has {Input.Count} axes, and the tensor of shape {x.Shape} has {x.Rank}");
        if (lengths.Keys.FirstOrDefault(n => !Input.Any(a => a.Contains(n))) is { } unknown) throw Wrong(pattern, $"the length of an axis '{unknown}' was given, which is not in it");
        List<string> names = [];
        List<int> dims = [];
        for (int i = 0; i < Input.Count; i++)
        {
            names.AddRange(Input[i]);
            dims.AddRange(Split(pattern, Input[i], x.Shape, i, lengths));
        }

        Tensor split = PrimitiveOps.Reshape(x, new Shape([.. dims]));
        int[] order = [.. Output.SelectMany(a => a).Select(n => names.IndexOf(n))];
        Tensor ordered = Contraction.Ordered(split, order);
        return PrimitiveOps.Reshape(ordered, new Shape([.. Output.Select(a => Contraction.Size(split, a.Select(n => names.IndexOf(n))))]));
    }

    private static int[] Split(string pattern, string[] names, Shape shape, int axis, IReadOnlyDictionary<string, int> lengths)
    {
        int dim = shape.Dims[axis];
        int[] dims = [.. names.Select(n => lengths.GetValueOrDefault(n, Shape.Unknown))];
        string[] open = [.. names.Where(n => !lengths.ContainsKey(n))];
        if (lengths.FirstOrDefault(l => names.Contains(l.Key) && l.Value < 1) is { Key: { } bad } wrong) throw Wrong(pattern, $"axis '{bad}' cannot have length {wrong.Value}");
        if (open.Length > 1) throw Wrong(pattern, $"the lengths of {string.Join(", ", open.Select(n => $"'{n}'"))} are not known; give all but one of them");
        long known = dims.Where(d => d != Shape.Unknown).Aggregate(1L, (product, d) => product * d);
        if (dim == Shape.Unknown) return dims;
        if (open.Length == 0 ? known != dim : dim % known != 0) throw Wrong(pattern, $"axis {axis} of shape {shape} does not split into ({string.Join(" ", names)}) of lengths whose product is {known}");
        return [.. dims.Select(d => d == Shape.Unknown ? (int)(dim / known) : d)];
    }

    private static List<string[]> Axes(string pattern, string side)
    {
        List<string[]> axes = [];
        for (int i = 0; i < side.Length;)
        {
            if (char.IsWhiteSpace(side[i]))
            {
                i++;
                continue;
            }

            bool group = side[i] == '(';
            int end = group ? side.IndexOf(')', i) : i;
            if (end < 0) throw Wrong(pattern, "a bracket is not closed");
            if (!group)
            {
                while (end < side.Length && IsName(side[end])) end++;
                if (end == i) throw Wrong(pattern, $"'{side[i]}' is no name of an axis");
                axes.Add([side[i..end]]);
                i = end;
                continue;
            }

            string[] names = side[(i + 1)..end].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (names.FirstOrDefault(n => !n.All(IsName)) is { } bad) throw Wrong(pattern, $"'{bad}' is no name of an axis");
            axes.Add(names);
            i = end + 1;
        }

        return axes;
    }

    private static bool IsName(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static ArgumentException Wrong(string pattern, string why) => new($"Rearrange cannot take the pattern \"{pattern}\": {why}.", nameof(pattern));
}
