using System.Globalization;
using System.Text;
using System.Xml;

namespace NKeras.Plotting;

/// <summary>Writes the few elements of SVG that pictures consist of. Nothing is referred to, neither inside nor outside.</summary>
internal sealed class SvgWriter : IDisposable
{
    private const string Radius = "6";

    private readonly StringBuilder _text = new();
    private readonly XmlWriter _xml;

    public SvgWriter(double width, double height, string title)
    {
        _xml = XmlWriter.Create(_text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, IndentChars = " ", NewLineChars = "\n" });
        _xml.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        Attribute("width", width);
        Attribute("height", height);
        Attribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Number(width)} {Number(height)}"));
        Attribute("font-family", "Helvetica, Arial, sans-serif");
        Attribute("role", "img");
        _xml.WriteElementString("title", title);
        Rectangle(0, 0, width, height, 0, "#ffffff", null);
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

    public void Rectangle(double x, double y, double width, double height, double radius, string fill, string? stroke, bool dashed = false)
    {
        _xml.WriteStartElement("rect");
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

    /// <summary>A rectangle inside of a rounded one, rounded where it has its corners.</summary>
    public void Panel(double x, double y, double width, double height, string fill, bool top, bool bottom, bool left, bool right)
    {
        string w = Number(width), h = Number(height), back = Number(-width), up = Number(-height);
        StringBuilder d = new();
        d.Append(CultureInfo.InvariantCulture, $"M{Number(x)} {Number(y)}");
        if (!(top || bottom) || !(left || right))
        {
            d.Append(CultureInfo.InvariantCulture, $"h{w}v{h}h{back}z");
        }
        else
        {
            // Clockwise from the middle of the upper side; an arc at each rounded corner.
            double r = 6;
            d.Clear().Append(CultureInfo.InvariantCulture, $"M{Number(x + (width / 2))} {Number(y)}");
            d.Append(CultureInfo.InvariantCulture, $"H{Number(x + width - (top && right ? r : 0))}").Append(top && right ? $"a{Radius} {Radius} 0 0 1 6 6" : "");
            d.Append(CultureInfo.InvariantCulture, $"V{Number(y + height - (bottom && right ? r : 0))}").Append(bottom && right ? $"a{Radius} {Radius} 0 0 1 -6 6" : "");
            d.Append(CultureInfo.InvariantCulture, $"H{Number(x + (bottom && left ? r : 0))}").Append(bottom && left ? $"a{Radius} {Radius} 0 0 1 -6 -6" : "");
            d.Append(CultureInfo.InvariantCulture, $"V{Number(y + (top && left ? r : 0))}").Append(top && left ? $"a{Radius} {Radius} 0 0 1 6 -6" : "").Append('z');
        }

        Path(d.ToString(), fill, null);
    }

    public void Line(double x1, double y1, double x2, double y2, string stroke)
    {
        _xml.WriteStartElement("line");
        Attribute("x1", x1);
        Attribute("y1", y1);
        Attribute("x2", x2);
        Attribute("y2", y2);
        Attribute("stroke", stroke);
        _xml.WriteEndElement();
    }

    public void Path(string d, string fill, string? stroke)
    {
        _xml.WriteStartElement("path");
        Attribute("d", d);
        Attribute("fill", fill);
        if (stroke != null)
        {
            Attribute("stroke", stroke);
            Attribute("stroke-width", "1.6");
        }

        _xml.WriteEndElement();
    }

    /// <summary>Text from a place to the right; a viewer with a wider font squeezes it into the width it is meant to have.</summary>
    public void Text(double x, double y, TextRun run)
    {
        if (run.Text.Length == 0) return;
        _xml.WriteStartElement("text");
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

    private void Attribute(string name, double value) => Attribute(name, Number(value));

    private void Attribute(string name, string value) => _xml.WriteAttributeString(name, value);
}
