using System.Globalization;
using System.Xml.Linq;
using NKeras.Callbacks;

namespace NKeras.Tests.Callbacks;

/// <summary>Pictures of histories.</summary>
public sealed class HistoryPlotTests : IDisposable
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_score_has_a_panel_with_training_and_validation_and_the_loss_is_first()
    {
        XElement svg = Parse(Histories.Of(3, e => new() { ["accuracy"] = e, ["loss"] = 3 - e, ["val_accuracy"] = e, ["val_loss"] = 1 }).ToSvg());
        Assert.Equal(["loss", "accuracy"], Panels(svg).Select(Title));
        Assert.All(Panels(svg), p => Assert.Equal(["training", "validation"], Curves(p).Select(Title)));
        Assert.All(Panels(svg), p => Assert.Contains("epoch", Texts(p)));
        // The legend has the last values, as the progress bar shows them.
        Assert.Equal(["loss", "training", "1.0000", "validation", "1.0000"], Texts(Panels(svg)[0])[..5]);
        Assert.Equal(2, Panels(svg).SelectMany(Curves).Select(c => c.Elements(s_svg + "path").Single().Attribute("stroke")!.Value).Distinct().Count());
    }

    [Fact]
    public void Points_stand_where_the_axes_say()
    {
        XElement panel = Assert.Single(Panels(Parse(Histories.Of(4, e => new() { ["loss"] = 0.3 + (0.4 * e) }).ToSvg())));
        // By two labels of each axis, what a pixel stands for.
        Func<double, double> x = Axis(panel, "1", "4", "cx"), y = Axis(panel, "0.5", "1.0", "cy");
        (double X, double Y)[] dots = [.. panel.Descendants(s_svg + "circle").Skip(1).Select(c => (Number(c, "cx"), Number(c, "cy")))]; // The first is the legend's.
        Assert.Equal(4, dots.Length);
        for (int e = 0; e < 4; e++)
        {
            Assert.Equal(e + 1, x(dots[e].X), 0.02);
            Assert.Equal(0.3 + (0.4 * e), y(dots[e].Y), 0.01);
        }

        // The line goes through the same points.
        string d = Curves(panel).Single().Element(s_svg + "path")!.Attribute("d")!.Value;
        Assert.Equal(dots.SelectMany(p => new[] { p.X, p.Y }), d.Split(['M', 'L', ' '], StringSplitOptions.RemoveEmptyEntries).Select(n => double.Parse(n, CultureInfo.InvariantCulture)));
        Assert.Equal("epoch 2: 0.7000", panel.Descendants(s_svg + "g").Where(g => Kind(g) == "point").ElementAt(1).Element(s_svg + "title")!.Value);
    }

    [Fact]
    public void Validation_of_some_epochs_stands_at_these()
    {
        XElement panel = Assert.Single(Panels(Parse(Histories.Of(6, e => e % 3 == 2 ? new() { ["loss"] = e, ["val_loss"] = e } : new() { ["loss"] = e }).ToSvg())));
        Assert.Equal(["epoch 3: 2.0000", "epoch 6: 5.0000"], Points(Curves(panel)[1]));
    }

    [Fact]
    public void One_epoch_is_a_dot()
    {
        XElement panel = Assert.Single(Panels(Parse(Histories.Of(1, _ => new() { ["loss"] = 0.5 }).ToSvg())));
        Assert.Equal(["epoch 1: 0.5000"], Points(Curves(panel).Single()));
        Assert.Contains("1", Texts(panel));
    }

    [Fact]
    public void Numbers_that_are_not_finite_leave_gaps_and_crosses()
    {
        double[] losses = [3, 2, double.NaN, double.PositiveInfinity, 1, double.NegativeInfinity, 0.5];
        XElement curve = Curves(Assert.Single(Panels(Parse(Histories.Of(7, e => new() { ["loss"] = losses[e] }).ToSvg())))).Single();
        string d = curve.Element(s_svg + "path")!.Attribute("d")!.Value;
        Assert.Equal(3, d.Count(c => c == 'M'));
        Assert.Equal(1, d.Count(c => c == 'L'));
        Assert.Equal(
            ["epochs 3 to 4: not finite", "epoch 6: -inf", "epoch 1: 3.0000", "epoch 2: 2.0000", "epoch 5: 1.0000", "epoch 7: 0.5000"], Points(curve));
    }

    [Fact]
    public void Without_finite_numbers_the_panel_says_so()
    {
        XElement panel = Assert.Single(Panels(Parse(Histories.Of(5, _ => new() { ["loss"] = double.NaN }).ToSvg())));
        Assert.Contains("no finite values", Texts(panel));
        Assert.DoesNotContain("NaN", panel.ToString());
    }

    [Fact]
    public void Hundreds_of_epochs_have_lines_without_dots()
    {
        XElement curve = Curves(Assert.Single(Panels(Parse(Histories.Of(700, e => new() { ["loss"] = e == 300 ? double.NaN : 1.0 / (e + 1) }).ToSvg())))).Single();
        Assert.Empty(curve.Descendants(s_svg + "circle"));
        Assert.Equal(697, curve.Element(s_svg + "path")!.Attribute("d")!.Value.Count(c => c == 'L'));
    }

    [Fact]
    public void Training_that_begins_anew_begins_a_new_line()
    {
        History history = Histories.Of(3, e => new() { ["loss"] = e });
        history.OnTrainBegin();
        history.OnEpochEnd(0, new Dictionary<string, double> { ["loss"] = 9 });
        history.OnEpochEnd(1, new Dictionary<string, double> { ["loss"] = 8 });
        string d = Curves(Assert.Single(Panels(Parse(history.ToSvg())))).Single().Element(s_svg + "path")!.Attribute("d")!.Value;
        Assert.Equal((2, 3), (d.Count(c => c == 'M'), d.Count(c => c == 'L')));
    }

    [Theory]
    [InlineData(1, null, null)]
    [InlineData(2, null, null)]
    [InlineData(7, null, null)]
    [InlineData(7, 500, 3000)]
    [InlineData(3, 1600, 500)]
    [InlineData(1, 240, 200)]
    public void Everything_is_inside_the_picture_and_panels_are_apart(int scores, int? width, int? height)
    {
        string svg = Histories.Of(40, e => Enumerable.Range(0, scores).SelectMany(s => new[] { $"score{s}", $"val_score{s}" }).ToDictionary(n => n, n => Math.Sin(e) * Math.Pow(10, n[^1] - '3')))
            .ToSvg(width: width, height: height, title: "A title");
        XElement root = Parse(svg);
        double w = Number(root, "width"), h = Number(root, "height");
        Assert.Equal((width ?? w, height ?? h), (w, h));
        (double Left, double Top, double Right, double Bottom)[] panels = [.. Panels(root).Select(Bounds)];
        Assert.Equal(scores, panels.Length);
        Assert.All(panels, p => Assert.True(p.Left >= 0 && p.Top >= 0 && p.Right <= w && p.Bottom <= h, $"{p} in {w}, {h}"));
        for (int i = 0; i < scores; i++)
        {
            for (int k = 0; k < i; k++)
                Assert.True(panels[k].Right < panels[i].Left || panels[i].Right < panels[k].Left || panels[k].Bottom < panels[i].Top || panels[i].Bottom < panels[k].Top);
        }

        Assert.Contains("A title", Texts(root));
    }

    [Fact]
    public void Texts_of_users_are_escaped_and_cut()
    {
        string name = string.Concat(Enumerable.Repeat("<&\"\u0001", 60));
        XElement svg = Parse(Histories.Of(2, _ => new() { [name] = 1 }).ToSvg(title: "a < b & c"));
        Assert.Equal("a < b & c", svg.Element(s_svg + "title")!.Value);
        Assert.EndsWith("...", Texts(Assert.Single(Panels(svg)))[0]);
        Assert.StartsWith("<&\"\uFFFD<", Texts(Assert.Single(Panels(svg)))[0]);
    }

    [Fact]
    public void Dark_colours_are_for_viewers_that_prefer_them()
    {
        XElement svg = Parse(Histories.Of(2, e => new() { ["loss"] = e, ["val_loss"] = 1 }).ToSvg());
        string style = svg.Element(s_svg + "style")!.Value;
        Assert.StartsWith("@media (prefers-color-scheme: dark)", style);
        // Whatever has a colour has another one there.
        foreach (string? kind in svg.Descendants().Where(e => (e.Attribute("fill") ?? e.Attribute("stroke")) != null).Select(Kind).Distinct())
            Assert.Contains($".{kind} {{", style);
    }

    [Fact]
    public void Scores_can_be_chosen()
    {
        History history = Histories.Of(2, _ => new() { ["accuracy"] = 1, ["loss"] = 1, ["mae"] = 1, ["val_loss"] = 2, ["val_mae"] = 2 });
        Assert.Equal(["mae", "loss"], Panels(Parse(history.ToSvg(metrics: ["mae", "val_loss"]))).Select(Title));
        ArgumentException error = Assert.Throws<ArgumentException>(() => history.ToSvg(metrics: ["acuracy"]));
        Assert.Contains("'acuracy'", error.Message);
        Assert.Contains("loss, accuracy, mae", error.Message);
        Assert.Throws<ArgumentException>(() => history.ToSvg(metrics: []));
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        History history = Histories.Of(1, _ => new() { ["loss"] = 1 });
        Assert.Contains("at least 200", Assert.Throws<ArgumentOutOfRangeException>(() => history.ToSvg(width: 100)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => history.ToSvg(height: -5));
        Assert.Contains("'training.png'", Assert.Throws<ArgumentException>(() => history.Plot("training.png")).Message);
        Assert.Throws<ArgumentException>(() => history.Plot(""));
        Assert.Throws<InvalidOperationException>(() => new History().ToSvg());
    }

    [Fact]
    public void Files_hold_the_picture_and_replace_older_ones()
    {
        History history = Histories.Of(2, e => new() { ["loss"] = e });
        File.WriteAllText(_folder["training.svg"], new string('x', 100_000));
        history.Plot(_folder["training.svg"], title: "t");
        Assert.Equal(history.ToSvg(title: "t"), File.ReadAllText(_folder["training.svg"]));
        Assert.Equal((byte)'<', File.ReadAllBytes(_folder["training.svg"])[0]); // No mark of the encoding.
        Assert.Single(_folder.Files);
    }

    private static XElement Parse(string svg) => XElement.Parse(svg);

    private static string? Kind(XElement element) => element.Attribute("class")?.Value;

    private static string Title(XElement group) => group.Element(s_svg + "title")!.Value;

    private static XElement[] Panels(XElement svg) => [.. svg.Elements(s_svg + "g").Where(g => Kind(g) == "panel")];

    private static XElement[] Curves(XElement panel) => [.. panel.Elements(s_svg + "g").Where(g => Kind(g) == "curve")];

    private static string[] Points(XElement curve) => [.. curve.Elements(s_svg + "g").Where(g => Kind(g) == "point").Select(Title)];

    private static string[] Texts(XElement element) => [.. element.Descendants(s_svg + "text").Select(t => t.Value)];

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    /// <summary>What a place along an axis stands for, by the lines that two labels belong to.</summary>
    private static Func<double, double> Axis(XElement panel, string first, string second, string coordinate)
    {
        bool horizontal = coordinate == "cx";
        double a = Place(first), b = Place(second);
        double from = double.Parse(first, CultureInfo.InvariantCulture), to = double.Parse(second, CultureInfo.InvariantCulture);
        return place => from + ((place - a) / (b - a) * (to - from));

        double Place(string label)
        {
            XElement text = panel.Elements(s_svg + "text").Single(t => t.Value == label);
            return horizontal ? Number(text, "x") + (Number(text, "textLength") / 2) : Number(text, "y") - (Number(text, "font-size") * 0.36);
        }
    }

    private static (double Left, double Top, double Right, double Bottom) Bounds(XElement panel)
    {
        List<(double X, double Y)> points = [];
        foreach (XElement e in panel.Descendants())
        {
            switch (e.Name.LocalName)
            {
                case "text":
                    points.Add((Number(e, "x"), Number(e, "y") - (Number(e, "font-size") * 0.75)));
                    points.Add((Number(e, "x") + Number(e, "textLength"), Number(e, "y") + (Number(e, "font-size") * 0.2)));
                    break;
                case "line":
                    points.Add((Number(e, "x1"), Number(e, "y1")));
                    points.Add((Number(e, "x2"), Number(e, "y2")));
                    break;
                case "circle":
                    double r = Number(e, "r");
                    points.Add((Number(e, "cx") - r, Number(e, "cy") - r));
                    points.Add((Number(e, "cx") + r, Number(e, "cy") + r));
                    break;
                case "path":
                    double[] numbers = [.. e.Attribute("d")!.Value.Split(['M', 'L', ' '], StringSplitOptions.RemoveEmptyEntries).Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
                    points.AddRange(numbers.Chunk(2).Select(p => (p[0], p[1])));
                    break;
            }
        }

        return (points.Min(p => p.X), points.Min(p => p.Y), points.Max(p => p.X), points.Max(p => p.Y));
    }
}
