using System.Globalization;
using System.Text.RegularExpressions;
using NKeras.Core;
using NKeras.Layers;
using NKeras.Terminals;

namespace NKeras.Models;

/// <summary>Writes the text of <see cref="Model.Summary"/>.</summary>
internal sealed class ModelSummary
{
    private const int LeastColumnWidth = 4;

    private static readonly TextStyle Number = new(false, TextColor.Green), Unknown = new(false, TextColor.Cyan), Symbol = new(false, TextColor.Blue);

    private readonly Model _model;
    private readonly bool _expandNested;
    private readonly bool _showTrainable;
    private readonly IReadOnlyList<Operation> _operations;

    /// <summary>The model's calls, if it is more than a chain: then a column tells what each layer is connected to.</summary>
    private readonly HashSet<OperationNode>? _nodes;

    public ModelSummary(Model model, bool expandNested, bool showTrainable)
    {
        _model = model;
        _expandNested = expandNested;
        _showTrainable = showTrainable;
        bool functional = model is not Sequential && model.GraphOrNull != null;
        _operations = functional ? model.Graph.Operations : model.Layers;
        _nodes = functional && !IsChain(model) ? [.. model.Graph.NodesByDepth.SelectMany(n => n)] : null;
    }

    /// <summary>The summary, with a line feed at the end.</summary>
    public StyledText Text(int? lineLength, double[]? positions, string[]? layerRange)
    {
        bool chain = _nodes == null;
        int length = chain ? 88 : 108;
        positions = positions is { Length: > 0 } ? positions : chain ? [0.45, 0.8, 1.0] : [0.3, 0.56, 0.74, 1.0];
        List<(string Header, CellAlignment Alignment)> titles = [("Layer (type)", CellAlignment.Left), ("Output Shape", CellAlignment.Left), ("Param #", CellAlignment.Right)];
        if (!chain) titles.Add(("Connected to", CellAlignment.Left));
        if (positions.Length != titles.Count)
            throw new ArgumentException($"The summary of model '{_model.Name}' has {titles.Count} columns{(_showTrainable ? " before 'Trainable'" : "")}, so it takes as many positions; received {positions.Length}.", nameof(positions));
        if (_showTrainable)
        {
            length += 12;
            positions = [.. positions.Select(p => p * 0.9), 1.0];
            titles.Add(("Trainable", CellAlignment.Center));
        }

        int terminal = Terminal.Width;
        length = lineLength is { } given and not 0 ? given : Math.Min(length, terminal - 4);
        SummaryTable table = new(Columns(titles, positions, length), length);
        (int first, int last) = Range(layerRange);
        foreach (Operation operation in _operations.Take(last).Skip(first)) AddRows(table, operation, 0);

        // Keras: cuts the lines off at the terminal's width, even where a greater length is asked for or nothing is printed.
        int width = Math.Max(terminal, length);
        StyledText text = new();
        WriteLine(text, new StyledText($"Model: \"{Printable(_model.Name)}\"", TextStyle.Strong), width);
        table.WriteTo(text);
        foreach (StyledText line in Totals()) WriteLine(text, line, width);
        return text;
    }

    private static void WriteLine(StyledText text, StyledText line, int width)
    {
        foreach (StyledText part in CellText.Wrap(line, width)) text.Add(part).Add("\n");
    }

    /// <summary>A name without characters that control a terminal: it may come from somebody's file.</summary>
    private static string Printable(string name) => name.Any(char.IsControl) ? string.Concat(name.Where(c => !char.IsControl(c))) : name;

    private static SummaryColumn[] Columns(List<(string Header, CellAlignment Alignment)> titles, double[] positions, int length)
    {
        SummaryColumn[] columns = new SummaryColumn[titles.Count];
        int end = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            int width = (int)(positions[i] * length) - end;
            if (width < LeastColumnWidth)
                throw new ArgumentException($"A summary of {length} characters leaves column '{titles[i].Header}' {width} characters; it takes at least {LeastColumnWidth}. Use a greater lineLength or other positions.");
            columns[i] = new SummaryColumn(titles[i].Header, titles[i].Alignment, width);
            end += width;
        }

        return columns;
    }

    /// <summary>Whether each layer has one input and is called once.</summary>
    private static bool IsChain(Model model)
    {
        if (model.Graph.NodesByDepth.Any(nodes => nodes.Count > 1 || nodes[0].Inputs.Count > 1)) return false;
        HashSet<OperationNode> nodes = [.. model.Graph.NodesByDepth.SelectMany(n => n)];
        return model.Layers.All(l => l.InboundNodes.Count(nodes.Contains) <= 1);
    }

    private (int First, int Last) Range(string[]? layerRange)
    {
        if (layerRange == null) return (0, _operations.Count);
        if (layerRange.Length != 2)
            throw new ArgumentException($"layerRange has two names: the first and the last layer; received {layerRange.Length}.", nameof(layerRange));
        int[] from = Matching(layerRange[0]), to = Matching(layerRange[1]);
        return from.Min() > to.Max() ? (to.Min(), from.Max() + 1) : (from.Min(), to.Max() + 1);
    }

    private int[] Matching(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern, "layerRange");
        int[] found;
        try
        {
            Regex name = new($@"\A(?:{pattern})", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            found = [.. Enumerable.Range(0, _operations.Count).Where(i => name.IsMatch(_operations[i].Name))];
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new ArgumentException($"layerRange: '{pattern}' takes too long to match with the names of model '{_model.Name}'. Use a simpler expression.", nameof(pattern), e);
        }

        return found.Length > 0
            ? found
            : throw new ArgumentException($"layerRange: no layer of model '{_model.Name}' has a name like '{pattern}'. {Suggestion.For(pattern, _operations.Select(o => o.Name))}", nameof(pattern));
    }

    private void AddRows(SummaryTable table, Operation operation, int level)
    {
        StyledText name = new(level == 0 ? "" : new string(' ', 3 * level) + "└ ");
        name.Add(Printable(operation.Name)).Add(" (").Add(Printable(operation.ClassName), Symbol).Add(")");
        List<StyledText> cells = [name, OutputShapes(operation), Parameters(operation)];
        if (_nodes != null) cells.Add(Connections(operation, _nodes));
        if (_showTrainable) cells.Add(Trainable(operation));
        table.AddRow([.. cells]);
        if (!_expandNested || operation is not Model nested) return;
        foreach (Layer inner in nested.Layers) AddRows(table, inner, level + 1);
    }

    private static StyledText OutputShapes(Operation operation)
    {
        IReadOnlyList<Shape>? shapes = operation switch
        {
            { InboundNodes: [.., OperationNode last] } => Shapes(last.Outputs),
            Model { GraphOrNull: { } graph } => Shapes(graph.Outputs),
            // Applied to data only.
            Layer layer => layer.BuiltOutputShapes(),
            _ => null,
        };
        StyledText text = new();
        if (shapes == null) return text.Add("?");
        if (shapes.Count != 1) text.Add("[");
        for (int i = 0; i < shapes.Count; i++)
        {
            // Keras: a summary writes a shape of one dimension without Python's comma.
            text.Add(i > 0 ? ", (" : "(");
            for (int axis = 0; axis < shapes[i].Rank; axis++)
            {
                if (axis > 0) text.Add(", ");
                if (shapes[i][axis] is { } size) text.Add(size.ToString(CultureInfo.InvariantCulture), Number);
                else text.Add("None", Unknown);
            }

            text.Add(")");
        }

        return shapes.Count != 1 ? text.Add("]") : text;

        static IReadOnlyList<Shape> Shapes(IReadOnlyList<KerasTensor> tensors) => [.. tensors.Select(t => t.Shape)];
    }

    private static StyledText Parameters(Operation operation) => operation switch
    {
        Layer { Built: false } => new StyledText("0", Number).Add(" (unbuilt)"),
        Layer layer => new StyledText(Thousands(Count(layer.Weights)), Number),
        _ => new StyledText("0", Number),
    };

    private static StyledText Connections(Operation operation, HashSet<OperationNode> nodes)
    {
        StyledText text = new();
        bool first = true;
        foreach (KerasHistory from in operation.InboundNodes.Where(nodes.Contains).SelectMany(n => n.Inputs).Select(t => t.History!))
        {
            text.Add($"{(first ? "" : ", ")}{Printable(from.Operation.Name)}[")
                .Add(from.NodeIndex.ToString(CultureInfo.InvariantCulture), Number).Add("][")
                .Add(from.TensorIndex.ToString(CultureInfo.InvariantCulture), Number).Add("]");
            first = false;
        }

        return first ? text.Add("-") : text;
    }

    private static StyledText Trainable(Operation operation) => operation switch
    {
        Layer { Weights.Count: > 0, Trainable: true } => new StyledText("Y", Number with { Bold = true }),
        Layer { Weights.Count: > 0 } => new StyledText("N", new TextStyle(true, TextColor.Red)),
        _ => new StyledText("-", TextStyle.Strong),
    };

    private IEnumerable<StyledText> Totals()
    {
        IReadOnlyList<Variable> trainable = _model.TrainableWeights, frozen = _model.NonTrainableWeights;
        IReadOnlyList<Variable>? optimizer = _model.BuiltOptimizerVariables;
        yield return Line("Total", [.. trainable, .. frozen, .. optimizer ?? []]);
        yield return Line("Trainable", trainable);
        yield return Line("Non-trainable", frozen);
        if (optimizer != null) yield return Line("Optimizer", optimizer);

        static StyledText Line(string what, IReadOnlyList<Variable> variables) =>
            new StyledText($" {what} params: ", TextStyle.Strong).Add(Thousands(Count(variables)), Number).Add($" ({MemorySize.Text(variables.Sum(Bits))})");
    }

    private static long Count(IReadOnlyList<Variable> variables) => variables.Sum(v => (long)v.Shape.Size);

    // Keras: counts a bit for a boolean.
    private static long Bits(Variable variable) => variable.Shape.Size * (variable.DType == DType.Bool ? 1L : 8L * variable.DType.Size);

    private static string Thousands(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
