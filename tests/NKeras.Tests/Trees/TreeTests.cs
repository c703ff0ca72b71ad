using System.Runtime.CompilerServices;

namespace NKeras.Tests.Trees;

/// <summary>Functions of nested structures; what is expected follows the definitions in Keras's documentation.</summary>
public sealed class TreeTests
{
    private static readonly object[] s_nested = [(1, 2), new List<int> { 3 }, new Dictionary<string, int> { ["a"] = 4 }];

    [Fact]
    public void LeavesComeInOrder()
    {
        Assert.Equal([1, 2, 3, 4], Tree.Flatten(s_nested));
        Assert.Equal([1, 2, 3, 4, 5, 6], Tree.Flatten(new object[] { new[] { 1, 2, 3 }, new object[] { 4, new[] { 5 }, new[] { new[] { 6 } } } }));
        Assert.Equal([null], Tree.Flatten(null));
        Assert.Equal(["text"], Tree.Flatten("text"));
        Assert.Empty(Tree.Flatten(Array.Empty<int>()));
        Assert.Equal([1, null, 3], Tree.Flatten((1, (object?)null, 3)));
        Assert.Equal(Enumerable.Range(0, 10).Cast<object?>(), Tree.Flatten((0, 1, 2, 3, 4, 5, 6, 7, 8, 9)));
    }

    [Fact]
    public void ValuesComeInTheOrderOfTheirKeys()
    {
        Assert.Equal(["Hello", "world!"], Tree.Flatten(new Dictionary<int, string> { [100] = "world!", [6] = "Hello" }));
        Assert.Equal([2, 1, 3], Tree.Flatten(new Dictionary<string, int> { ["a"] = 1, ["B"] = 2, ["b"] = 3 }));
        Assert.Equal([1, 2], Tree.Flatten(new OrderedDictionary<string, int> { ["b"] = 1, ["a"] = 2 }));
        Assert.Throws<ArgumentException>(() => Tree.Flatten(new Dictionary<object, int> { [new object()] = 1, [new object()] = 2 }));
    }

    [Fact]
    public void DataAreLeaves()
    {
        Tensor tensor = Tensor.From([1f, 2]);
        foreach (object? leaf in (object?[])[42, "text", 1.5, null, tensor, new float[2, 3], new Shape([2, 3]), new Input([3])])
        {
            Assert.False(Tree.IsNested(leaf));
            Assert.Equal([leaf], Tree.Flatten(leaf));
        }

        Tensors one = tensor;
        Assert.False(Tree.IsNested(one));
        Assert.Same(tensor, Tree.Flatten(one)[0]);
        foreach (object structure in (object[])[Array.Empty<int>(), new List<int>(), new Dictionary<string, int>(), (1, 2), new ValueTuple<int>(1), new Tensors()])
            Assert.True(Tree.IsNested(structure));
    }

    [Fact]
    public void PathsLeadToLeaves()
    {
        (IReadOnlyList<object> path, object? item) = Assert.Single(Tree.FlattenWithPath(new[] { new Dictionary<string, int> { ["foo"] = 42 } }));
        Assert.Equal([0, "foo"], path);
        Assert.Equal(42, item);
        Assert.Empty(Assert.Single(Tree.FlattenWithPath("leaf")).Path);
        Assert.Equal(["0,0", "0,1", "1,0", "2,a"], Tree.FlattenWithPath(s_nested).Select(p => string.Join(",", p.Path)));
    }

    [Fact]
    public void MapsKeepTypesThatFit()
    {
        Assert.Equal(new[] { new[] { 1 }, [4], [9] }, Tree.MapStructure((int v) => v * v, new[] { new[] { 1 }, [2], [3] }));
        Assert.Equal((2, 4), Tree.MapStructure((int v) => v * 2, (1, 2)));
        Assert.Equal(new List<int> { 2, 4 }, Assert.IsType<List<int>>(Tree.MapStructure((int v) => v * 2, new List<int> { 1, 2 })));
        Dictionary<string, int> named = Assert.IsType<Dictionary<string, int>>(Tree.MapStructure((int v) => v * 2, new Dictionary<string, int> { ["b"] = 1, ["a"] = 2 }));
        Assert.Equal(["b", "a"], named.Keys);
        Assert.Equal([2, 4], named.Values);
        Assert.Equal(new object[] { "1", "2" }, Tree.MapStructure(v => v!.ToString(), new[] { 1, 2 }));
        Assert.Equal(((object)"1", (object)"2"), Tree.MapStructure(v => v!.ToString(), (1, 2)));
        Assert.Equal(new List<object> { "1" }, Tree.MapStructure(v => v!.ToString(), new List<int> { 1 }));
        Assert.Equal(new Dictionary<string, object?> { ["a"] = "1" }, Tree.MapStructure(v => v!.ToString(), new Dictionary<string, int> { ["a"] = 1 }));
        Assert.Equal([1, 4, 9], (int[])Tree.MapStructure((x, y) => (int)x! * (int)y!, new[] { 1, 2, 3 }, new List<int> { 1, 2, 3 })!);
        Assert.Equal((6, 9), Tree.MapStructure((x, y, z) => (int)x! + (int)y! + (int)z!, (1, 2), (2, 3), (3, 4)));
        Assert.Equal(5, Tree.MapStructure(v => v, 5));
        Assert.Throws<ArgumentException>(() => Tree.MapStructure((int v) => v, new[] { "text" }));
    }

    [Fact]
    public void NullsAreLeavesUnlessTheyAreToStay()
    {
        object?[] structure = [1, null];
        Assert.Equal(new object?[] { "1", "null" }, Tree.MapStructure(v => v?.ToString() ?? "null", structure));
        Assert.Equal(new object?[] { "1", null }, Tree.MapStructure(v => v!.ToString(), structure, noneIsLeaf: false));
        Assert.Null(Tree.MapStructure(v => 1, null, noneIsLeaf: false));
        Assert.Equal(new object?[] { 2, null }, Tree.MapStructure((a, b) => (int)a! + (int)b!, structure, structure, noneIsLeaf: false));
        Assert.Throws<ArgumentException>(() => Tree.MapStructure((a, b) => 0, structure, new object?[] { 1, 2 }, noneIsLeaf: false));
    }

    [Fact]
    public void DictionariesAreMatchedByTheirKeys()
    {
        OrderedDictionary<string, int> first = new() { ["b"] = 2, ["a"] = 1 };
        Dictionary<string, int> second = new() { ["a"] = 10, ["b"] = 20 };
        object? sum = Tree.MapStructure((x, y) => (int)x! + (int)y!, first, second);
        Assert.Equal([22, 11], Assert.IsType<OrderedDictionary<string, int>>(sum).Values);
        Assert.Throws<ArgumentException>(() => Tree.MapStructure((x, y) => 0, second, new Dictionary<string, int> { ["a"] = 1, ["c"] = 2 }));
    }

    [Fact]
    public void TensorsKeepTheirStructure()
    {
        Tensors named = new() { ["y"] = Tensor.From([1f]), ["x"] = Tensor.From([2f]) };
        Assert.Equal(["x", "y"], Tree.FlattenWithPath(named).Select(p => p.Path[0]));
        Tensors doubled = Assert.IsType<Tensors>(Tree.MapStructure((Tensor t) => t * 2, named));
        Assert.Equal(["y", "x"], doubled.Names);
        Assert.Equal([4f], doubled["x"].ToArray<float>());
        Assert.Equal(new Dictionary<string, object?> { ["x"] = 1, ["y"] = 1 }, Tree.MapStructure((Tensor t) => t.Rank, named));
        Tensors list = [Tensor.From([1f]), Tensor.From([2f])];
        Assert.Equal([6f], Assert.IsType<Tensors>(Tree.MapStructure((Tensor t) => t * 3, list))[1].ToArray<float>());

        KerasTensors symbolic = new() { ["a"] = new Input([2]), ["b"] = new Input([3]) };
        Assert.Equal([null, 3], Assert.IsType<KerasTensors>(Tree.MapStructure((Tensor t) => t + 1, symbolic))["b"].Shape);
        Tree.AssertSameStructure(symbolic, new Tensors { ["a"] = Tensor.From([1f]), ["b"] = Tensor.From([1f]) });
        Assert.Equal(["a", "b"], Assert.IsType<Tensors>(Tree.MapStructure((Tensor t) => Ops.Zeros([2]), symbolic)).Names!);
    }

    [Fact]
    public void ShallowStructuresSayHowDeepToGo()
    {
        object?[] shallow = [null, new object?[] { null, null }];
        object? counts = Tree.MapStructureUpTo(shallow, v => ((Array)v!).Length, new object[] { new[] { 1, 1 }, new object[] { new[] { 2 }, new[] { 2, 3, 4 } } });
        Assert.Equal(new object[] { 2, new object[] { 1, 3 } }, counts);
        object[] names = ["evens", new[] { "odds", "primes" }];
        object[] data = [new[] { 2, 4, 6, 8 }, new object[] { new[] { 1, 3, 5, 7, 9 }, new[] { 3, 5, 7 } }];
        object? joined = Tree.MapStructureUpTo(names, (name, numbers) => $"first_{((int[])numbers!).Length}_{name}", names, data);
        Assert.Equal(["first_4_evens", "first_5_odds", "first_3_primes"], Tree.Flatten(joined));
        Assert.Throws<ArgumentException>(() => Tree.MapStructureUpTo(new[] { 1, 2 }, v => v, 5));
        Assert.Throws<ArgumentException>(() => Tree.MapStructureUpTo(new[] { 1, 2 }, v => v, new[] { 1, 2, 3 }));
    }

    [Fact]
    public void ShapesAreMappedAsWholes()
    {
        object structure = new Dictionary<string, object?> { ["a"] = new object?[] { 1, 2, null }, ["b"] = new ValueTuple<int>(5), ["c"] = "hi", ["d"] = new Shape([7]) };
        Dictionary<string, object?> ranks = Assert.IsType<Dictionary<string, object?>>(Tree.MapShapeStructure(s => s is Shape shape ? shape.Rank : s, structure));
        Assert.Equal(new Dictionary<string, object?> { ["a"] = 3, ["b"] = 1, ["c"] = "hi", ["d"] = 1 }, ranks);
        Assert.Equal(new Shape([1, 2]), Tree.MapShapeStructure(s => s, (1, 2)));
    }

    [Fact]
    public void FlatSequencesFillStructures()
    {
        object structure = new Dictionary<string, object>
        {
            ["key3"] = new Dictionary<string, object> { ["c"] = ("alpha", "beta"), ["a"] = "gamma" },
            ["key1"] = new Dictionary<string, object> { ["e"] = "val1", ["d"] = "val2" },
        };
        Dictionary<string, object> packed = Assert.IsType<Dictionary<string, object>>(Tree.PackSequenceAs(structure, new object[] { "val2", "val1", 3.0, 1.0, 2.0 }));
        Assert.Equal(3.0, ((Dictionary<string, object>)packed["key3"])["a"]);
        Assert.Equal(((object)1.0, (object)2.0), ((Dictionary<string, object>)packed["key3"])["c"]);
        Assert.Equal("val2", ((Dictionary<string, object>)packed["key1"])["d"]);
        Assert.Equal(7, Tree.PackSequenceAs("leaf", new[] { 7 }));
        Assert.Contains("4 leaves, and 3", Assert.Throws<ArgumentException>(() => Tree.PackSequenceAs(s_nested, new[] { 1, 2, 3 })).Message);
        Assert.Throws<ArgumentException>(() => Tree.PackSequenceAs("leaf", new[] { 7, 8 }));
    }

    [Fact]
    public void DifferentStructuresAreToldApart()
    {
        Tree.AssertSameStructure(new object[] { (0, 1) }, new List<object> { ("a", "b") });
        Tree.AssertSameStructure(1, "leaf");
        foreach ((object? a, object? b) in new (object?, object?)[] { (new[] { 1 }, new[] { 1, 2 }), (new[] { 1 }, (1, 2)), ((1, 2), new[] { 1, 2 }), (1, new[] { 1 }), (new[] { 1 }, 1), (new object[] { 1 }, new object[] { (1, 2) }), (null, new[] { 1 }) })
            Assert.Throws<ArgumentException>(() => Tree.AssertSameStructure(a, b));
        string message = Assert.Throws<ArgumentException>(() => Tree.AssertSameStructure(new[] { 1 }, new Dictionary<string, int> { ["k"] = 1 })).Message;
        Assert.Contains("a list of 1", message);
        Assert.Contains("keys k", message);
    }

    [Fact]
    public void PathsDoNotDependOnTheKindOfList()
    {
        Tree.AssertSamePaths(new[] { 0, 1 }, (2, 3));
        Tree.AssertSamePaths(new Dictionary<string, int?> { ["b"] = null, ["a"] = null }, new OrderedDictionary<string, int> { ["b"] = 1, ["a"] = 2 });
        string message = Assert.Throws<ArgumentException>(() => Tree.AssertSamePaths(new Dictionary<string, object> { ["b"] = 1, ["a"] = new[] { 1 } }, new Dictionary<string, object> { ["b"] = 1, ["a"] = new[] { 1, 2 } })).Message;
        Assert.Contains("Only in the second: ('a', 1)", message);
        Assert.Throws<ArgumentException>(() => Tree.AssertSamePaths(1, new[] { 1 }));
    }

    [Fact]
    public void ListsBecomeTuples()
    {
        Assert.Equal(((object)1, (object)2, (object)3), Tree.ListsToTuples(new[] { 1, 2, 3 }));
        ITuple nested = (ITuple)Tree.ListsToTuples(new object[] { new List<int> { 1 }, new Dictionary<string, int[]> { ["b"] = [2, 3] } })!;
        Assert.Equal(new ValueTuple<object>(1), nested[0]);
        Assert.Equal(((object)2, (object)3), ((Dictionary<string, object?>)nested[1]!)["b"]);
        ITuple many = (ITuple)Tree.ListsToTuples(Enumerable.Range(0, 20).ToArray())!;
        Assert.Equal(20, many.Length);
        Assert.Equal(Tree.ListsToTuples(Enumerable.Range(0, 20).ToArray()), many);
        Assert.Equal(19, Tree.Flatten(many)[^1]);
        Assert.Equal(0, ((ITuple)Tree.ListsToTuples(Array.Empty<int>())!).Length);
    }

    [Fact]
    public void EverythingIsVisited()
    {
        List<object?> visited = [];
        Tree.Traverse(Visit, s_nested);
        Assert.Equal([s_nested, (1, 2), 1, 2, s_nested[1], 3, s_nested[2], 4], visited);
        visited.Clear();
        Tree.Traverse(Visit, s_nested, topDown: false);
        Assert.Equal([1, 2, (1, 2), 3, s_nested[1], 4, s_nested[2], s_nested], visited);

        object? Visit(object? item)
        {
            visited.Add(item);
            return null;
        }
    }

    [Fact]
    public void WhatIsReplacedIsNotEntered()
    {
        Assert.Equal(new object?[] { "pair", new List<int> { 6 }, new Dictionary<string, int> { ["a"] = 8 } }, Tree.Traverse(v => v is ITuple ? "pair" : v is int i ? i * 2 : null, s_nested));
        Assert.Equal(new object?[] { null, 2 }, Tree.Traverse(v => v is 1 ? Tree.MapToNone : null, new object?[] { 1, 2 }));
        Assert.Equal(3, Tree.Traverse(v => v is int[] items ? items.Sum() : null, new[] { 1, 2 }, topDown: false));
    }
}
