using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NKeras.Trees;

/// <summary>A structure that is not a leaf: what is in it, and how the same is made of other things.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Keys">For each item its key, or its position.</param>
/// <param name="Items">The items; those of dictionaries in the order of their keys.</param>
/// <param name="Rebuild">Makes such a structure of other items in the same order.</param>
internal sealed record TreeNode(TreeKind Kind, IReadOnlyList<object> Keys, IReadOnlyList<object?> Items, Func<object?[], object> Rebuild)
{
    /// <summary>The structure that a value is; null if it is a leaf.</summary>
    public static TreeNode? Of(object? value) => value switch
    {
        Tensors { Names: { } names } tensors => OfTensors(names, tensors.Flat),
        KerasTensors { Names: { } names } tensors => OfTensors(names, tensors.Flat),
        Tensors tensors => new(TreeKind.List, Positions(tensors.Count), [.. tensors], ListOfTensors),
        KerasTensors tensors => new(TreeKind.List, Positions(tensors.Count), [.. tensors], ListOfTensors),
        IDictionary dictionary => OfDictionary(dictionary),
        Array { Rank: 1 } array => new(TreeKind.List, Positions(array.Length), [.. array.Cast<object?>()], items => ArrayLike(array, items)),
        Array => null, // Rectangular arrays are data, like tensors.
        IList list => new(TreeKind.List, Positions(list.Count), [.. list.Cast<object?>()], items => ListLike(list, items)),
        IReadOnlyList<object?> list => new(TreeKind.List, Positions(list.Count), list, items => new List<object?>(items)),
        ITuple tuple => new(TreeKind.Tuple, Positions(tuple.Length), [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])], items => TupleLike(tuple, items)),
        _ => null,
    };

    /// <summary>What is meant by a value: one tensor in a structure of its own is that tensor.</summary>
    public static object? Unwrap(object? value) => value switch
    {
        Tensors { IsSingle: true } single => single[0],
        KerasTensors { IsSingle: true } single => single[0],
        _ => value,
    };

    /// <summary>A tuple of some items.</summary>
    public static object TupleOf(ReadOnlySpan<object?> items) => items.Length switch
    {
        0 => ValueTuple.Create(),
        1 => ValueTuple.Create(items[0]),
        2 => (items[0], items[1]),
        3 => (items[0], items[1], items[2]),
        4 => (items[0], items[1], items[2], items[3]),
        5 => (items[0], items[1], items[2], items[3], items[4]),
        6 => (items[0], items[1], items[2], items[3], items[4], items[5]),
        7 => (items[0], items[1], items[2], items[3], items[4], items[5], items[6]),
        _ => new LongTuple([.. items]),
    };

    private static object[] Positions(int count) => [.. Enumerable.Range(0, count).Select(i => (object)i)];

    private static TreeNode OfTensors(IReadOnlyList<string> names, IReadOnlyList<object?> sorted)
    {
        string[] keys = [.. names.Order(StringComparer.Ordinal)];
        return new(TreeKind.Dictionary, keys, sorted, items =>
        {
            Dictionary<string, object?> byName = keys.Zip(items).ToDictionary();
            if (items.All(i => i is KerasTensor) && items.Length > 0)
            {
                KerasTensors symbolic = [];
                foreach (string name in names) symbolic[name] = (Tensor)byName[name]!;
                return symbolic;
            }

            return items.All(i => i is Tensor)
                ? Tensors.Named(names.Select(n => KeyValuePair.Create(n, (Tensor)byName[n]!)))
                : names.ToDictionary(n => n, n => byName[n]);
        });
    }

    private static object ListOfTensors(object?[] items) =>
        items.Length > 0 && items.All(i => i is KerasTensor) ? KerasTensors.Create([.. items.Cast<Tensor>()])
        : items.All(i => i is Tensor or null) ? Tensors.Create([.. items.Cast<Tensor>()])
        : new List<object?>(items);

    private static TreeNode OfDictionary(IDictionary dictionary)
    {
        object[] keys = [.. dictionary.Keys.Cast<object>()], sorted = [.. keys];
        Type type = dictionary.GetType();
        // Keras: of its two kinds of dictionaries it is the ordered one whose order counts.
        if (!(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(OrderedDictionary<,>)))
        {
            try
            {
                Array.Sort(sorted, sorted.All(k => k is string) ? Comparer<object>.Create((a, b) => string.CompareOrdinal((string)a, (string)b)) : Comparer<object>.Default);
            }
            catch (InvalidOperationException e)
            {
                throw new ArgumentException($"The keys of a {type.Name} cannot be put in order, which structures need.", e);
            }
        }

        return new(TreeKind.Dictionary, sorted, [.. sorted.Select(k => dictionary[k])], items =>
        {
            Dictionary<object, object?> byKey = sorted.Zip(items).ToDictionary();
            if (Empty(dictionary) is IDictionary { IsReadOnly: false } same && Fill(() => Array.ForEach(keys, k => same.Add(k, byKey[k])))) return same;
            return keys.All(k => k is string) ? keys.ToDictionary(k => (string)k, k => byKey[k]) : keys.ToDictionary(k => k, k => byKey[k]);
        });
    }

    private static object ArrayLike(Array array, object?[] items)
    {
        Array same = Array.CreateInstanceFromArrayType(array.GetType(), items.Length);
        return Fill(() => Array.Copy(items, same, items.Length)) ? same : items;
    }

    private static object ListLike(IList list, object?[] items) =>
        Empty(list) is IList { IsReadOnly: false, IsFixedSize: false } same && Fill(() => Array.ForEach(items, i => same.Add(i))) ? same : new List<object?>(items);

    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "A tuple whose constructor was trimmed away becomes one of objects.")]
    private static object TupleLike(ITuple tuple, object?[] items)
    {
        Type type = tuple.GetType();
        Type[] wanted = type.GetGenericArguments();
        if (items.Length > 0 && items.Length == wanted.Length && items.Zip(wanted).All(i => Fits(i.First, i.Second)))
        {
            try
            {
                return Activator.CreateInstance(type, items)!;
            }
            catch (MissingMethodException)
            {
                // A tuple of another make.
            }
        }

        return TupleOf(items);
    }

    private static bool Fits(object? item, Type type) => item == null ? !type.IsValueType || Nullable.GetUnderlyingType(type) != null : type.IsInstanceOfType(item);

    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "A collection whose constructor was trimmed away becomes one of objects.")]
    private static object? Empty(object collection)
    {
        try
        {
            return Activator.CreateInstance(collection.GetType());
        }
        catch (MissingMethodException)
        {
            return null;
        }
    }

    /// <summary>Whether a collection takes the items, which may be of other types.</summary>
    private static bool Fill(Action fill)
    {
        try
        {
            fill();
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidCastException or NotSupportedException)
        {
            return false;
        }
    }
}
