using NKeras.Core;

namespace NKeras.Plotting;

/// <summary>The boxes and arrows that show a model, before anybody decides how they look.</summary>
internal sealed class ModelPicture
{
    private readonly PlotOptions _options;
    private readonly Dictionary<Operation, PlotBox> _boxes = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Model> _expanded = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<(PlotBox, PlotBox)> _connected = [];
    private readonly List<(PlotBox Source, PlotBox Target)> _edges = [];

    /// <summary>Looks at a model.</summary>
    /// <exception cref="InvalidOperationException">The model is not built.</exception>
    public ModelPicture(Model model, PlotOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!model.Built)
            throw new InvalidOperationException($"Model '{model.Name}' is not built, so there is nothing to draw yet. Start it with an Input, call Build(inputShape), or call the model on data first.");
        _options = options;
        Root = new PlotCluster(model.Name);
        if (Steps(model) == null) AddBox(Root, model);
        else AddModel(Root, model);
    }

    /// <summary>The whole model.</summary>
    public PlotCluster Root { get; }

    /// <summary>The arrows; at most one from a box to another.</summary>
    public IReadOnlyList<(PlotBox Source, PlotBox Target)> Edges => _edges;

    /// <summary>The operations that show what a model does; null for a model that is a single box, as those with a Call of their own.</summary>
    private static IReadOnlyList<Operation>? Steps(Model model) => model is Sequential
        ? (model.Layers.Count > 0 ? model.Layers : null)
        : model.GraphOrNull?.Operations;

    private void AddModel(PlotCluster cluster, Model model)
    {
        IReadOnlyList<Operation> steps = Steps(model)!;
        foreach (Operation step in steps)
        {
            if (!IsExpanded(step))
            {
                AddBox(cluster, step);
            }
            else if (_expanded.Add((Model)step))
            {
                PlotCluster inner = new(step.Name);
                cluster.Items.Add(inner);
                AddModel(inner, (Model)step);
            }
        }

        if (model is Sequential)
        {
            for (int i = 1; i < steps.Count; i++) Connect(steps[i - 1], 0, steps[i], 0);
            return;
        }

        HashSet<OperationNode> nodes = [.. model.GraphOrNull!.NodesByDepth.SelectMany(n => n)];
        foreach (Operation step in steps)
        {
            foreach (OperationNode node in step.InboundNodes.Where(nodes.Contains))
            {
                for (int i = 0; i < node.Inputs.Count; i++)
                {
                    // What the model is given may have been made outside of it.
                    if (node.Inputs[i].History is { } history && nodes.Contains(history.Node)) Connect(history.Operation, history.TensorIndex, step, i);
                }
            }
        }
    }

    private bool IsExpanded(Operation operation) => _options.ExpandNested && operation is Model model && Steps(model) != null;

    private void AddBox(PlotCluster cluster, Operation operation)
    {
        // A layer that two nested models share is drawn in the first.
        if (_boxes.ContainsKey(operation)) return;
        PlotBox box = LayerBox.Of(operation, _boxes.Count, _options);
        _boxes.Add(operation, box);
        cluster.Items.Add(box);
    }

    private void Connect(Operation source, int output, Operation target, int input)
    {
        if (Producer(source, output) is not { } from) return;
        foreach (PlotBox to in Consumers(target, input))
        {
            if (_connected.Add((from, to))) _edges.Add((from, to));
        }
    }

    /// <summary>The box that an output comes from, inside of nested models if need be.</summary>
    private PlotBox? Producer(Operation operation, int output)
    {
        while (IsExpanded(operation))
        {
            if (operation is Sequential chain)
            {
                operation = chain.Layers[^1];
            }
            else
            {
                if (((Model)operation).Outputs[output].History is not { } history) return null;
                (operation, output) = (history.Operation, history.TensorIndex);
            }
        }

        return _boxes.GetValueOrDefault(operation);
    }

    /// <summary>The boxes that an input goes to, inside of nested models if need be.</summary>
    private IEnumerable<PlotBox> Consumers(Operation operation, int input)
    {
        if (!IsExpanded(operation)) return _boxes.TryGetValue(operation, out PlotBox? box) ? [box] : [];
        if (operation is Sequential chain) return Consumers(chain.Layers[0], 0);

        Model model = (Model)operation;
        KerasTensor entrance = model.Inputs[input];
        if (entrance.History is { Node.IsInput: true } history) return Consumers(history.Operation, 0);
        // A model that starts from a tensor in the middle of another graph has no input layer to point to.
        return model.GraphOrNull!.NodesByDepth.SelectMany(n => n).SelectMany(n => Enumerable.Range(0, n.Inputs.Count)
            .Where(i => ReferenceEquals(n.Inputs[i], entrance)).SelectMany(i => Consumers(n.Operation, i)));
    }
}
