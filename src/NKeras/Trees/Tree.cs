using System.Collections;
using System.Runtime.CompilerServices;
using NKeras.Trees;

namespace NKeras;

/// <summary>Functions of nested structures (<c>keras.tree</c>).</summary>
/// <remarks>
/// Structures are arrays of one dimension and lists, tuples, dictionaries, <see cref="Tensors"/> and <see cref="KerasTensors"/>, within
/// each other as deep as one likes. Everything else is a leaf: tensors, numbers, strings, rectangular arrays, shapes, and null. The
/// values of dictionaries count in the order of their keys, those of an <see cref="OrderedDictionary{TKey, TValue}"/> in their own. A
/// structure made of another has its type if that takes the new items, and otherwise holds objects.
/// </remarks>
public static class Tree
{
    /// <summary>What a function given to <see cref="Traverse"/> returns to put null in a place, as null itself says to go on (<c>keras.tree.MAP_TO_NONE</c>).</summary>
    public static object MapToNone { get; } = new();

    /// <summary>Whether a value is a structure, be it an empty one, rather than a leaf.</summary>
    public static bool IsNested(object? structure) => TreeNode.Of(TreeNode.Unwrap(structure)) != null;

    /// <summary>The leaves in order; a leaf alone is its own.</summary>
    public static IReadOnlyList<object?> Flatten(object? structure) => [.. FlattenWithPath(structure).Select(p => p.Item)];

    /// <summary>The leaves in order, each with the positions and keys that lead to it.</summary>
    public static IReadOnlyList<(IReadOnlyList<object> Path, object? Item)> FlattenWithPath(object? structure)
    {
        List<(IReadOnlyList<object> Path, object? Item)> leaves = [];
        AddLeaves(structure, [], leaves);
        return leaves;
    }

    /// <summary>The same structure with a function's results in place of the leaves.</summary>
    /// <param name="func">The function.</param>
    /// <param name="structure">The structure.</param>
    /// <param name="noneIsLeaf">Whether null is given to the function; otherwise it stays.</param>
    public static object? MapStructure(Func<object?, object?> func, object? structure, bool noneIsLeaf = true)
    {
        ArgumentNullException.ThrowIfNull(func);
        return Map(leaves => func(leaves[0]), [structure], noneIsLeaf);
    }

    /// <inheritdoc cref="MapStructure(Func{object?, object?}, object?, bool)"/>
    /// <exception cref="ArgumentException">A leaf is no <typeparamref name="T"/>.</exception>
    public static object? MapStructure<T, TResult>(Func<T, TResult> func, object? structure, bool noneIsLeaf = true)
    {
        ArgumentNullException.ThrowIfNull(func);
        return Map(leaves => func(As<T>(leaves[0])), [structure], noneIsLeaf);
    }

    /// <summary>The structure of the results of a function of the leaves at the same place of two structures.</summary>
    /// <param name="func">The function.</param>
    /// <param name="first">The first structure.</param>
    /// <param name="second">The second.</param>
    /// <param name="noneIsLeaf">Whether nulls are given to the function; otherwise they stay.</param>
    /// <exception cref="ArgumentException">The structures differ.</exception>
    public static object? MapStructure(Func<object?, object?, object?> func, object? first, object? second, bool noneIsLeaf = true)
    {
        ArgumentNullException.ThrowIfNull(func);
        return Map(leaves => func(leaves[0], leaves[1]), [first, second], noneIsLeaf);
    }

    /// <summary>The structure of the results of a function of the leaves at the same place of three structures.</summary>
    /// <param name="func">The function.</param>
    /// <param name="first">The first structure.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    /// <param name="noneIsLeaf">Whether nulls are given to the function; otherwise they stay.</param>
    /// <exception cref="ArgumentException">The structures differ.</exception>
    public static object? MapStructure(Func<object?, object?, object?, object?> func, object? first, object? second, object? third, bool noneIsLeaf = true)
    {
        ArgumentNullException.ThrowIfNull(func);
        return Map(leaves => func(leaves[0], leaves[1], leaves[2]), [first, second, third], noneIsLeaf);
    }

    /// <summary>A structure like a shallow one, of a function's results for what another has in the places of its leaves.</summary>
    /// <param name="shallowStructure">The structure whose leaves say how deep to go.</param>
    /// <param name="func">The function, given leaves or structures.</param>
    /// <param name="structure">The other structure, at least as deep.</param>
    /// <exception cref="ArgumentException">The structures differ.</exception>
    public static object? MapStructureUpTo(object? shallowStructure, Func<object?, object?> func, object? structure)
    {
        ArgumentNullException.ThrowIfNull(func);
        return Map(items => func(items[1]), [shallowStructure, structure], mayBeDeeper: true);
    }

    /// <summary>The same with two structures.</summary>
    /// <inheritdoc cref="MapStructureUpTo(object?, Func{object?, object?}, object?)"/>
    public static object? MapStructureUpTo(object? shallowStructure, Func<object?, object?, object?> func, object? first, object? second)
    {
        ArgumentNullException.ThrowIfNull(func);
        return Map(items => func(items[1], items[2]), [shallowStructure, first, second], mayBeDeeper: true);
    }

    /// <summary>The same structure with a function's results in place of shapes: lists and tuples of whole numbers and nulls are shapes, too.</summary>
    /// <param name="func">The function, given a <see cref="Shape"/>, or a leaf that is none.</param>
    /// <param name="structure">The structure.</param>
    public static object? MapShapeStructure(Func<object?, object?> func, object? structure)
    {
        ArgumentNullException.ThrowIfNull(func);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        structure = TreeNode.Unwrap(structure);
        if (TreeNode.Of(structure) is not { } node) return func(structure);
        return node.Kind != TreeKind.Dictionary && node.Items.All(i => i is int or null)
            ? func(Shape.Create([.. node.Items.Select(i => (int?)i)]))
            : node.Rebuild([.. node.Items.Select(i => MapShapeStructure(func, i))]);
    }

    /// <summary>Checks that two structures are of the same kind at each level, with as many items or the same keys.</summary>
    /// <param name="a">A structure.</param>
    /// <param name="b">Another.</param>
    /// <param name="checkTypes">Has no effect, as in Keras, where it is deprecated. See <see cref="AssertSamePaths"/> for a looser check.</param>
    /// <exception cref="ArgumentException">They differ.</exception>
    public static void AssertSameStructure(object? a, object? b, bool? checkTypes = null) => Map(leaves => null, [a, b]);

    /// <summary>Checks that the same positions and keys lead to leaves in two structures, whether those are lists or tuples.</summary>
    /// <exception cref="ArgumentException">They differ; the message has the paths.</exception>
    public static void AssertSamePaths(object? a, object? b)
    {
        HashSet<string> first = [.. FlattenWithPath(a).Select(p => PathText(p.Path))], second = [.. FlattenWithPath(b).Select(p => PathText(p.Path))];
        if (first.SetEquals(second)) return;
        string[] onlyFirst = [.. first.Except(second)], onlySecond = [.. second.Except(first)];
        string text = (onlyFirst.Length > 0 ? $" Only in the first: {string.Join(", ", onlyFirst)}." : "") + (onlySecond.Length > 0 ? $" Only in the second: {string.Join(", ", onlySecond)}." : "");
        throw new ArgumentException($"The structures do not have the same paths.{text}", nameof(b));
    }

    /// <summary>A structure like another with other leaves.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="flatSequence">The leaves in order.</param>
    /// <exception cref="ArgumentException">There are too many leaves, or too few.</exception>
    public static object? PackSequenceAs(object? structure, IEnumerable flatSequence)
    {
        ArgumentNullException.ThrowIfNull(flatSequence);
        object?[] leaves = [.. flatSequence.Cast<object?>()];
        int wanted = Flatten(structure).Count, next = 0;
        return wanted == leaves.Length
            ? MapStructure(_ => leaves[next++], structure)
            : throw new ArgumentException($"The structure has {wanted} leaves, and {leaves.Length} are given.", nameof(flatSequence));
    }

    /// <summary>The same structure with tuples in place of lists and arrays.</summary>
    public static object? ListsToTuples(object? structure) =>
        Traverse(s => TreeNode.Of(s) is { Kind: TreeKind.List } list ? TreeNode.TupleOf([.. list.Items]) : null, structure, topDown: false);

    /// <summary>Calls a function for a structure and everything within it, and puts what it returns in its place.</summary>
    /// <param name="func">The function; null leaves what it was given as it is, <see cref="MapToNone"/> puts null in its place.</param>
    /// <param name="structure">The structure.</param>
    /// <param name="topDown">Whether a structure comes before its items, which are left alone if it is replaced; otherwise the items come first.</param>
    public static object? Traverse(Func<object?, object?> func, object? structure, bool topDown = true)
    {
        ArgumentNullException.ThrowIfNull(func);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        object? current = TreeNode.Unwrap(structure);
        if (!topDown) current = Inside(current);
        return func(current) switch
        {
            null => topDown ? Inside(current) : current,
            { } result => ReferenceEquals(result, MapToNone) ? null : result,
        };

        object? Inside(object? whole) => TreeNode.Of(whole) is { } node ? node.Rebuild([.. node.Items.Select(i => Traverse(func, i, topDown))]) : whole;
    }

    private static void AddLeaves(object? structure, IReadOnlyList<object> path, List<(IReadOnlyList<object> Path, object? Item)> leaves)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        structure = TreeNode.Unwrap(structure);
        if (TreeNode.Of(structure) is not { } node)
        {
            leaves.Add((path, structure));
            return;
        }

        for (int i = 0; i < node.Items.Count; i++) AddLeaves(node.Items[i], [.. path, node.Keys[i]], leaves);
    }

    /// <summary>The first structure with a function's results, which is given what all have in each leaf's place.</summary>
    private static object? Map(Func<object?[], object?> func, object?[] structures, bool noneIsLeaf = true, bool mayBeDeeper = false)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        structures = [.. structures.Select(TreeNode.Unwrap)];
        TreeNode?[] nodes = [.. structures.Select(TreeNode.Of)];
        if (nodes[0] is not { } lead)
        {
            if (!mayBeDeeper && Array.FindIndex(nodes, n => n != null) is > 0 and int deeper) throw Differ(structures[0], structures[deeper]);
            if (noneIsLeaf || structures.All(s => s != null)) return func(structures);
            return structures.All(s => s == null) ? null : throw Differ(structures[0], structures.First(s => (s == null) != (structures[0] == null)));
        }

        object?[][] items = [.. nodes.Select((n, i) => ItemsLike(lead, n) ?? throw Differ(structures[0], structures[i]))];
        return lead.Rebuild([.. Enumerable.Range(0, lead.Items.Count).Select(i => Map(func, [.. items.Select(s => s[i])], noneIsLeaf, mayBeDeeper))]);
    }

    /// <summary>A structure's items in the order of another's; null if the two differ.</summary>
    private static object?[]? ItemsLike(TreeNode lead, TreeNode? other)
    {
        if (other?.Kind != lead.Kind || other.Items.Count != lead.Items.Count) return null;
        if (lead.Kind != TreeKind.Dictionary) return [.. other.Items];
        Dictionary<object, object?> byKey = other.Keys.Zip(other.Items).ToDictionary();
        return lead.Keys.All(byKey.ContainsKey) ? [.. lead.Keys.Select(k => byKey[k])] : null;
    }

    private static T As<T>(object? leaf) => leaf is T value ? value
        : leaf is null && default(T) is null ? default!
        : throw new ArgumentException($"The leaf {Describe(leaf)} is no {typeof(T).Name}.");

    private static ArgumentException Differ(object? a, object? b) => new($"The structures differ: where one has {Describe(a)}, the other has {Describe(b)}.");

    private static string Describe(object? value) => TreeNode.Of(value) is not { } node ? value == null ? "null" : $"a leaf ({value.GetType().Name})"
        : node.Kind == TreeKind.Dictionary ? $"a dictionary with the keys {string.Join(", ", node.Keys)}"
        : $"a {(node.Kind == TreeKind.List ? "list" : "tuple")} of {node.Items.Count}";

    private static string PathText(IReadOnlyList<object> path) => $"({string.Join(", ", path.Select(k => k is string ? $"'{k}'" : k))})";
}
