using NKeras.Plotting.Layered;

namespace NKeras.Tests;

public sealed class LayeredLayoutTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_graph_is_drawn_without_overlaps(int seed)
    {
        foreach (bool circles in new[] { false, true })
        {
            RandomDrawing drawing = new(seed, circles);
            drawing.Check();
            Assert.Equal(drawing.Numbers, new RandomDrawing(seed, circles).Numbers);
        }
    }

    [Fact]
    public void A_chain_is_one_straight_line_whatever_the_sizes()
    {
        LayoutNode[] nodes = [.. Enumerable.Range(0, 300).Select(i => new LayoutNode(40 + (i * 37 % 90), 20 + (i % 3)))];
        LayoutGroup root = new(10);
        root.Children.AddRange(nodes);
        LayoutEdge[] edges = [.. nodes.Zip(nodes.Skip(1), (a, b) => new LayoutEdge(a, b))];
        LayeredLayout.Arrange(root, edges, LayoutDirection.TopToBottom);
        Assert.All(edges, e => Assert.Equal(e.Start.X, e.End.X, 6));
        Assert.All(nodes, n => Assert.Equal(nodes[0].X + (nodes[0].Width / 2), n.X + (n.Width / 2), 6));
    }

    [Fact]
    public void An_edge_that_skips_leaves_the_others_straight()
    {
        LayoutNode[] nodes = [.. Enumerable.Range(0, 6).Select(_ => new LayoutNode(80, 20))];
        LayoutGroup root = new(10);
        root.Children.AddRange(nodes);
        LayoutEdge[] chain = [.. nodes.Zip(nodes.Skip(1), (a, b) => new LayoutEdge(a, b))];
        LayoutEdge skip = new(nodes[1], nodes[4]);
        LayeredLayout.Arrange(root, [skip, .. chain], LayoutDirection.TopToBottom);
        Assert.All(chain, e => Assert.Equal(e.Start.X, e.End.X, 6));
        Assert.NotEqual(skip.End, chain[3].End);
    }

    [Fact]
    public void A_dense_graph_of_a_hundred_rows_takes_seconds_at_most()
    {
        LayoutNode[] nodes = [.. Enumerable.Range(0, 100).Select(_ => new LayoutNode(80, 20))];
        LayoutGroup root = new(10);
        root.Children.AddRange(nodes);
        LayoutEdge[] edges = [.. from i in Enumerable.Range(0, 100) from k in new[] { 1, 2, 5, 20, 50 } where i + k < 100 select new LayoutEdge(nodes[i], nodes[i + k])];
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        LayeredLayout.Arrange(root, edges, LayoutDirection.TopToBottom);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public void An_empty_drawing_has_its_margins()
    {
        LayoutGroup root = new(10);
        LayeredLayout.Arrange(root, [], LayoutDirection.LeftToRight);
        Assert.Equal((20.0, 20.0), (root.Width, root.Height));
    }
}
