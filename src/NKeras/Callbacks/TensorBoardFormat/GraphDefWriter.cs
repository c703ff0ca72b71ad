using System.Text;
using NKeras.Plotting;

namespace NKeras.Callbacks.TensorBoardFormat;

/// <summary>Writes a picture of a model as a <c>GraphDef</c>, which TensorBoard draws as the graph of a run.</summary>
/// <remarks>The layers of a model within the model are named after it, so that TensorBoard draws them inside of its box.</remarks>
internal static class GraphDefWriter
{
    // The fields of GraphDef, NodeDef, an entry of its map of attributes, and AttrValue with its list.
    private const int Node = 1;
    private const int Name = 1, Op = 2, Input = 3, Attribute = 5;
    private const int Key = 1, Value = 2;
    private const int List = 1, TextValue = 2, ListShape = 7;

    public static ProtoWriter Write(ModelPicture picture)
    {
        Dictionary<PlotBox, string> names = new(ReferenceEqualityComparer.Instance);
        AddNames(picture.Root, "", names);
        ILookup<PlotBox, PlotBox> sources = picture.Edges.ToLookup(e => e.Target, e => e.Source);
        ProtoWriter graph = new();
        foreach ((PlotBox box, string name) in names)
        {
            ProtoWriter node = new ProtoWriter().Text(Name, name).Text(Op, box.ClassName);
            foreach (PlotBox source in sources[box]) node.Text(Input, names[source]);
            foreach ((string label, string value) in Facts(box)) AddAttribute(node, label, new ProtoWriter().Text(TextValue, value));
            if (box.Outputs.Count > 0)
            {
                // By this name TensorBoard finds the shapes that it writes on edges.
                ProtoWriter shapes = new();
                foreach (KerasTensor output in box.Outputs) shapes.Message(ListShape, SummaryValue.Shape([.. output.Shape.Select(d => d ?? -1)]));
                AddAttribute(node, "_output_shapes", new ProtoWriter().Message(List, shapes));
            }

            graph.Message(Node, node);
        }

        return graph;
    }

    private static IEnumerable<(string Label, string Value)> Facts(PlotBox box)
    {
        foreach ((string label, string value) in box.Cells) yield return (label.Replace(' ', '_').ToLowerInvariant(), value);
        if (box.Activation != null) yield return ("activation", box.Activation);
        if (box.Trainable is { } trainable) yield return ("trainable", trainable ? "true" : "false");
    }

    private static void AddAttribute(ProtoWriter node, string name, ProtoWriter value) => node.Message(Attribute, new ProtoWriter().Text(Key, name).Message(Value, value));

    private static void AddNames(PlotCluster cluster, string scope, Dictionary<PlotBox, string> names)
    {
        HashSet<string> taken = [];
        foreach (PlotItem item in cluster.Items)
        {
            string plain = Plain(item.Name), name = plain;
            for (int i = 1; !taken.Add(name); i++) name = $"{plain}_{i}";
            if (item is PlotCluster inner) AddNames(inner, $"{scope}{name}/", names);
            else names.Add((PlotBox)item, scope + name);
        }
    }

    /// <summary>The name in letters that TensorFlow has in names of nodes: slashes, colons and carets mean something there.</summary>
    private static string Plain(string name)
    {
        StringBuilder plain = new(name);
        for (int i = 0; i < plain.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(plain[i]) && plain[i] is not ('_' or '.' or '-')) plain[i] = '_';
        }

        if (plain.Length == 0 || plain[0] is '_' or '-') plain.Insert(0, '.');
        return plain.ToString();
    }
}
