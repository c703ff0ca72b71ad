using System.Globalization;
using System.Text.RegularExpressions;
using NKeras.Core;
using NKeras.Layers;

namespace NKeras.Models;

/// <summary>Writes the text of <see cref="Model.Summary"/>.</summary>
internal sealed class ModelSummary
{
    /// <summary>The terminal's width where there is none.</summary>
    private const int WidthWithoutTerminal = 80;

    private const int LeastColumnWidth = 4;

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

    public string Text(int? lineLength, double[]? positions, string[]? layerRange)
    {
        bool chain = _nodes == null;
        int length = chain ? 88 : 108;
        positions ??= chain ? [0.45, 0.8, 1.0] : [0.3, 0.56, 0.74, 1.0];
        List<(string Header, CellAlignment Alignment)> titles = [("Layer (type)", CellAlignment.Left), ("Output Shape", CellAlignment.Left), ("Param #", CellAlignment.Right)];
        if (!chain) titles.Add(("Connected to", CellAlignment.Left));
        if (_showTrainable)
        {
            length += 12;
            positions = [.. positions.Select(p => p * 0.9), 1.0];
            titles.Add(("Trainable", CellAlignment.Center));
        }

        if (positions.Length != titles.Count)
            throw new ArgumentException($"The summary of model '{_model.Name}' has {titles.Count - (_showTrainable ? 1 : 0)} columns, so it takes as many positions; received {positions.Length - (_showTrainable ? 1 : 0)}.", nameof(positions));
        length = lineLength ?? Math.Min(length, TerminalWidth() - 4);
        SummaryTable table = new(Columns(titles, positions, length), length);
        (int first, int last) = Range(layerRange);
        foreach (Operation operation in _operations.Take(last).Skip(first)) AddRows(table, operation, 0);
        return $"Model: \"{_model.Name}\"\n{table}{Totals()}";
    }

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

    private static int TerminalWidth()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns > 0) return columns;
        if (Console.IsOutputRedirected) return WidthWithoutTerminal;
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : WidthWithoutTerminal;
        }
        catch (IOException)
        {
            return WidthWithoutTerminal; // A console without a window.
        }
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
        Regex name = new($@"\A(?:{pattern})", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        int[] found = [.. Enumerable.Range(0, _operations.Count).Where(i => name.IsMatch(_operations[i].Name))];
        return found.Length > 0
            ? found
            : throw new ArgumentException($"layerRange: no layer of model '{_model.Name}' has a name like '{pattern}'. {Suggestion.For(pattern, _operations.Select(o => o.Name))}", nameof(pattern));
    }

    private void AddRows(SummaryTable table, Operation operation, int level)
    {
        string indent = level == 0 ? "" : new string(' ', 3 * level) + "└ ";
        List<string> cells = [$"{indent}{operation.Name} ({operation.ClassName})", OutputShapes(operation), Parameters(operation)];
        if (_nodes != null) cells.Add(Connections(operation, _nodes));
        if (_showTrainable) cells.Add(operation is Layer { Weights.Count: > 0 } layer ? (layer.Trainable ? "Y" : "N") : "-");
        table.AddRow([.. cells]);
        if (!_expandNested || operation is not Model nested) return;
        foreach (Layer inner in nested.Layers) AddRows(table, inner, level + 1);
    }

    private static string OutputShapes(Operation operation)
    {
        if (operation.InboundNodes.Count > 0)
        {
            IReadOnlyList<KerasTensor> outputs = operation.InboundNodes[^1].Outputs;
            return outputs.Count == 1 ? Text(outputs[0].Shape) : $"[{string.Join(", ", outputs.Select(o => Text(o.Shape)))}]";
        }

        // A layer that was applied to data only.
        return operation is Layer { BuildShape: { } shape } layer ? Text(layer.ComputeOutputShape(shape)) : "?";
    }

    // Keras: a summary writes a shape of one dimension without Python's comma.
    private static string Text(Shape shape) => $"({string.Join(", ", shape.Select(d => d?.ToString(CultureInfo.InvariantCulture) ?? "None"))})";

    private static string Parameters(Operation operation) => operation switch
    {
        Layer { Built: false } => "0 (unbuilt)",
        Layer layer => Thousands(Count(layer.Weights)),
        _ => "0",
    };

    private static string Connections(Operation operation, HashSet<OperationNode> nodes)
    {
        IEnumerable<KerasHistory> from = operation.InboundNodes.Where(nodes.Contains).SelectMany(n => n.Inputs).Select(t => t.History!);
        string text = string.Join(", ", from.Select(h => $"{h.Operation.Name}[{h.NodeIndex}][{h.TensorIndex}]"));
        return text.Length > 0 ? text : "-";
    }

    private string Totals()
    {
        IReadOnlyList<Variable> trainable = _model.TrainableWeights, frozen = _model.NonTrainableWeights;
        IReadOnlyList<Variable>? optimizer = _model.BuiltOptimizerVariables;
        string text = Line("Total", [.. trainable, .. frozen, .. optimizer ?? []])
            + Line("Trainable", trainable)
            + Line("Non-trainable", frozen);
        return optimizer == null ? text : text + Line("Optimizer", optimizer);

        static string Line(string what, IReadOnlyList<Variable> variables) =>
            $" {what} params: {Thousands(Count(variables))} ({MemorySize(variables)})\n";
    }

    private static long Count(IReadOnlyList<Variable> variables) => variables.Sum(v => (long)v.Shape.Size);

    private static string Thousands(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string MemorySize(IReadOnlyList<Variable> variables)
    {
        double size = variables.Sum(v => (double)v.Shape.Size * v.DType.Size);
        string[] units = ["B", "KB", "MB", "GB", "TB", "PB"];
        int unit = 0;
        for (; unit < units.Length - 1 && size >= 1024; unit++) size /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{size:F2} {units[unit]}");
    }
}
