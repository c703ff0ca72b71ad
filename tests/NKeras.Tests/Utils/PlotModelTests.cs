using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace NKeras.Tests;

public sealed class PlotModelTests : IDisposable
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Looks => ["ortho", "curved", "spline", "polyline", "line"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_svg_shows_what_the_graph_does()
    {
        XElement svg = Draw(PlottedModels.Residual(), all: true);
        string[][] boxes = [.. Boxes(svg).Select(Texts)];
        Assert.Equal(["a", "  (Dense)", "Activation: ", "relu", "Input shape: ", "(None, 16)", "Output shape: ", "(None, 8)", "Output dtype: ", "float32", "Trainable"], boxes[1]);
        Assert.Equal(["x", "a", "hidden", "b", "sum"], boxes.Select(b => b[0]));
        Assert.Equal(5, Arrows(svg).Length);
        Assert.Equal("residual", svg.Element(s_svg + "title")!.Value);
    }

    [Fact]
    public void Names_of_layers_are_off_by_default_and_shown_when_pointed_at()
    {
        string file = _folder["model.svg"];
        Utils.PlotModel(PlottedModels.Chain(), file);
        XElement svg = XElement.Parse(File.ReadAllText(file));
        Assert.Equal(["Conv2D", "Flatten", "Dense"], Boxes(svg).Select(b => Assert.Single(Texts(b))));
        Assert.Equal(["conv (Conv2D)", "flat (Flatten)", "probabilities (Dense)"], Boxes(svg).Select(b => b.Element(s_svg + "title")!.Value));
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public void Every_box_is_clear_of_others_and_every_arrow_points_at_one(string splines)
    {
        foreach ((string direction, Model model) in
            from d in new[] { "TB", "BT", "LR", "RL" }
            from m in new[] { PlottedModels.Chain(), PlottedModels.Residual(), PlottedModels.Nested(), PlottedModels.Circle() }
            select (d, m))
        {
            XElement svg = Draw(model, all: true, direction, splines);
            double[][] boxes = [.. Boxes(svg).Select(Rectangle)];
            for (int i = 0; i < boxes.Length; i++)
            {
                for (int k = 0; k < i; k++)
                    Assert.True(boxes[i][0] + boxes[i][2] < boxes[k][0] || boxes[k][0] + boxes[k][2] < boxes[i][0] || boxes[i][1] + boxes[i][3] < boxes[k][1] || boxes[k][1] + boxes[k][3] < boxes[i][1]);
            }

            Assert.All(Arrows(svg), tip => Assert.Contains(boxes, b =>
                tip.X >= b[0] - 0.02 && tip.X <= b[0] + b[2] + 0.02 && tip.Y >= b[1] - 0.02 && tip.Y <= b[1] + b[3] + 0.02
                && new[] { tip.X - b[0], tip.X - b[0] - b[2], tip.Y - b[1], tip.Y - b[1] - b[3] }.Any(d => Math.Abs(d) < 0.02)));
            double width = Number(svg, "width"), height = Number(svg, "height");
            Assert.All(boxes, b => Assert.True(b[0] >= 0 && b[1] >= 0 && b[0] + b[2] <= width && b[1] + b[3] <= height));
        }
    }

    [Fact]
    public void Text_stays_in_its_box()
    {
        foreach (XElement box in Boxes(Draw(PlottedModels.Nested(), all: true)).Concat(Boxes(Draw(PlottedModels.WithAwkwardNames(), all: true))))
        {
            double[] outside = Rectangle(box);
            Assert.All(box.Elements(s_svg + "text"), t =>
            {
                Assert.True(Number(t, "x") >= outside[0] + 5 && Number(t, "x") + Number(t, "textLength") <= outside[0] + outside[2] - 5);
                Assert.InRange(Number(t, "y"), outside[1] + 10, outside[1] + outside[3] - 5);
            });
        }
    }

    [Fact]
    public void Nested_models_are_in_frames_with_their_names()
    {
        XElement svg = Draw(PlottedModels.Nested(), all: false);
        XElement[] frames = [.. svg.Elements(s_svg + "g").Where(g => (string?)g.Attribute("class") == "model")];
        Assert.Equal(["encoder", "head", "inner"], frames.Select(f => Assert.Single(Texts(f))).Order(StringComparer.Ordinal));
        double[] encoder = Rectangle(frames.Single(f => Texts(f)[0] == "encoder"));
        string[] inside = [.. Boxes(svg).Where(b => Rectangle(b) is double[] r && r[0] > encoder[0] && r[1] > encoder[1] && r[0] + r[2] < encoder[0] + encoder[2] && r[1] + r[3] < encoder[1] + encoder[3]).Select(b => Texts(b)[0])];
        Assert.Equal(["encode", "image"], inside.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_with_special_letters_are_escaped()
    {
        XElement svg = Draw(PlottedModels.WithAwkwardNames(), all: true);
        Assert.Contains(Boxes(svg), b => Texts(b)[0] == PlottedModels.Awkward);
        Assert.Contains(Boxes(svg), b => Texts(b)[0] == "in \uFFFD\uFFFD");
        Assert.Equal("& co", svg.Element(s_svg + "title")!.Value);
    }

    [Fact]
    public void An_svg_refers_to_nothing()
    {
        XElement svg = Draw(PlottedModels.Nested(), all: true);
        Assert.All(svg.DescendantsAndSelf(), e => Assert.Contains(e.Name.LocalName, new[] { "svg", "title", "g", "rect", "path", "line", "text" }));
        Assert.DoesNotContain(svg.DescendantsAndSelf().Attributes(), a => !a.IsNamespaceDeclaration && (a.Name.LocalName is "href" or "style" or "id" || a.Value.Contains("url", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_same_model_gives_the_same_file()
    {
        Model model = PlottedModels.Nested();
        Assert.Equal(Draw(model, all: true).ToString(), Draw(model, all: true).ToString());
    }

    [Theory]
    [InlineData("graph.dot")]
    [InlineData("graph.GV")]
    public void Graphs_are_written_too(string name)
    {
        Model model = PlottedModels.Residual();
        Utils.PlotModel(model, _folder[name], showShapes: true, showLayerNames: true);
        Assert.Equal(Utils.ModelToDot(model, showShapes: true).ToString(), File.ReadAllText(_folder[name], Encoding.UTF8));
        Assert.Equal([name], _folder.Files);
    }

    [Fact]
    public void A_file_is_replaced_only_by_a_whole_one()
    {
        string file = _folder.Write("model.svg", [1, 2, 3]);
        Assert.Throws<InvalidOperationException>(() => Utils.PlotModel(new Sequential(), file));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(file));
        Utils.PlotModel(PlottedModels.Chain(), file);
        Assert.Equal((byte)'<', File.ReadAllBytes(file)[0]);
        Assert.Equal(["model.svg"], _folder.Files);
        Assert.Throws<DirectoryNotFoundException>(() => Utils.PlotModel(PlottedModels.Chain(), _folder["nowhere/model.svg"]));
    }

    [Theory]
    [InlineData("model.png")]
    [InlineData("model.pdf")]
    [InlineData("model")]
    public void Other_formats_are_errors_that_name_those_there_are(string name)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Utils.PlotModel(PlottedModels.Chain(), _folder[name]));
        Assert.Contains(".svg", error.Message, StringComparison.Ordinal);
        Assert.Contains(".dot", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    private XElement Draw(Model model, bool all, string rankdir = "TB", string splines = "ortho")
    {
        string file = _folder[$"{Guid.NewGuid():N}.svg"];
        Utils.PlotModel(model, file, showShapes: all, showDtype: all, showLayerNames: true, rankdir, expandNested: true, showLayerActivations: all, showTrainable: all, splines: splines);
        return XElement.Parse(File.ReadAllText(file), LoadOptions.PreserveWhitespace);
    }

    private static XElement[] Boxes(XElement svg) => [.. svg.Elements(s_svg + "g").Where(g => (string?)g.Attribute("class") == "box")];

    private static string[] Texts(XElement group) => [.. group.Elements(s_svg + "text").Select(t => t.Value)];

    private static double[] Rectangle(XElement group) => [.. new[] { "x", "y", "width", "height" }.Select(a => Number(group.Element(s_svg + "rect")!, a))];

    /// <summary>The points of the arrows.</summary>
    private static (double X, double Y)[] Arrows(XElement svg) =>
    [
        .. svg.Elements(s_svg + "path").Where(p => (string?)p.Attribute("stroke") == null)
            .Select(p => p.Attribute("d")!.Value[1..].Split('L')[0].Split(' ')).Select(p => (Parse(p[0]), Parse(p[1]))),
    ];

    private static double Number(XElement element, string attribute) => Parse(element.Attribute(attribute)!.Value);

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
