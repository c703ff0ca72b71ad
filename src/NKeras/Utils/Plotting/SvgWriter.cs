using System.Globalization;
using System.Text;
using System.Xml;

namespace NKeras.Plotting;

/// <summary>Writes the few elements of SVG that pictures consist of. Nothing is referred to, neither inside nor outside.</summary>
internal sealed class SvgWriter : IDisposable
{
    /// <summary>The radius of a box's corners.</summary>
    public const double BoxRadius = 6;

    private readonly StringBuilder _text = new();
    private readonly XmlWriter _xml;

    /// <summary>Begins a picture with a white background.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="title">What it is called, which is not shown.</param>
    /// <param name="style">Rules that restyle elements by their kinds; the background's is <c>background</c>.</param>
    public SvgWriter(double width, double height, string title, string? style = null)
    {
        _xml = XmlWriter.Create(_text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, IndentChars = " ", NewLineChars = "\n" });
        _xml.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        Attribute("width", width);
        Attribute("height", height);
        Attribute("viewBox", $"0 0 {Pair(width, height)}");
        Attribute("font-family", "Helvetica, Arial, sans-serif");
        Attribute("role", "img");
        _xml.WriteElementString("title", title);
        if (style != null) _xml.WriteElementString("style", style);
        Rectangle(0, 0, width, height, 0, "#ffffff", null, kind: "background");
    }

    /// <summary>Ends the picture and returns it.</summary>
    public string Finish()
    {
        _xml.WriteEndElement();
        _xml.Flush();
        return _text.Append('\n').ToString();
    }

    public void BeginGroup(string kind, string title)
    {
        _xml.WriteStartElement("g");
        Attribute("class", kind);
        _xml.WriteElementString("title", title);
    }

    public void EndGroup() => _xml.WriteEndElement();

    public void Rectangle(double x, double y, double width, double height, double radius, string fill, string? stroke, bool dashed = false, string? kind = null)
    {
        _xml.WriteStartElement("rect");
        Kind(kind);
        Attribute("x", x);
        Attribute("y", y);
        Attribute("width", width);
        Attribute("height", height);
        if (radius > 0) Attribute("rx", radius);
        Attribute("fill", fill);
        if (stroke != null) Attribute("stroke", stroke);
        if (dashed) Attribute("stroke-dasharray", "6 4");
        _xml.WriteEndElement();
    }

    /// <summary>A rectangle in a box, rounded where it has the box's corners.</summary>
    public void Panel(double x, double y, double width, double height, string fill, bool top, bool bottom, bool left, bool right)
    {
        double endX = x + width, endY = y + height;
        StringBuilder d = new();
        Corner(top && left, x, y, 0, -1);
        Corner(top && right, endX, y, 1, 0);
        Corner(bottom && right, endX, endY, 0, 1);
        Corner(bottom && left, x, endY, -1, 0);
        Path(d.Append('z').ToString(), fill, null);

        // Clockwise: (dx, dy) is the direction in which the corner is reached, its right-hand one that in which it is left.
        void Corner(bool round, double cornerX, double cornerY, int dx, int dy)
        {
            double r = round ? BoxRadius : 0;
            d.Append(d.Length == 0 ? 'M' : 'L').Append(Pair(cornerX - (r * dx), cornerY - (r * dy)));
            if (round) d.Append('Q').Append(Pair(cornerX, cornerY)).Append(' ').Append(Pair(cornerX - (r * dy), cornerY + (r * dx)));
        }
    }

    public void Line(double x1, double y1, double x2, double y2, string stroke, string? kind = null)
    {
        _xml.WriteStartElement("line");
        Kind(kind);
        Attribute("x1", x1);
        Attribute("y1", y1);
        Attribute("x2", x2);
        Attribute("y2", y2);
        Attribute("stroke", stroke);
        _xml.WriteEndElement();
    }

    public void Path(string d, string fill, string? stroke, string? kind = null)
    {
        _xml.WriteStartElement("path");
        Kind(kind);
        Attribute("d", d);
        Attribute("fill", fill);
        if (stroke != null)
        {
            Attribute("stroke", stroke);
            Attribute("stroke-width", "1.6");
            Attribute("stroke-linejoin", "round");
        }

        _xml.WriteEndElement();
    }

    public void Circle(double x, double y, double radius, string fill, string? kind = null)
    {
        _xml.WriteStartElement("circle");
        Kind(kind);
        Attribute("cx", x);
        Attribute("cy", y);
        Attribute("r", radius);
        Attribute("fill", fill);
        _xml.WriteEndElement();
    }

    /// <summary>Text from a place to the right; a viewer with a wider font squeezes it into the width it is meant to have.</summary>
    public void Text(double x, double y, TextRun run, string? kind = null)
    {
        if (run.Text.Length == 0) return;
        _xml.WriteStartElement("text");
        Kind(kind);
        Attribute("x", x);
        Attribute("y", y);
        Attribute("font-size", run.Size);
        if (run.Bold) Attribute("font-weight", "bold");
        Attribute("fill", run.Color);
        Attribute("textLength", run.Width);
        Attribute("lengthAdjust", "spacingAndGlyphs");
        _xml.WriteAttributeString("xml", "space", null, "preserve");
        _xml.WriteString(run.Text);
        _xml.WriteEndElement();
    }

    public void Dispose() => _xml.Dispose();

    /// <summary>A coordinate, to a hundredth.</summary>
    public static string Number(double value) => (Math.Round(value, 2) + 0.0).ToString(CultureInfo.InvariantCulture);

    /// <summary>Two coordinates of a path.</summary>
    public static string Pair(double x, double y) => $"{Number(x)} {Number(y)}";

    private void Kind(string? kind)
    {
        if (kind != null) Attribute("class", kind);
    }

    private void Attribute(string name, double value) => Attribute(name, Number(value));

    private void Attribute(string name, string value) => _xml.WriteAttributeString(name, value);
}
