namespace NKeras.Tests.Models.Names;

/// <summary>Writes down names, in the form in which those of Keras were recorded.</summary>
internal sealed class NameLog
{
    public List<string> Lines { get; } = [];

    public void Line(string text) => Lines.Add(text);

    public void Tensors(string what, params KerasTensor[] tensors) => List(what, tensors.Select(t => t.Name));

    public void Operations(string what, params Operation[] operations) => List(what, operations.Select(o => o.Name));

    public void Variables(string what, IReadOnlyList<Variable> variables) => List(what, variables.Select(v => v.Path));

    public void List(string what, IEnumerable<string> names) => Line($"{what}: {string.Join(", ", names)}");

    public void Model(Model model, bool graph = true, bool nodes = true)
    {
        Line($"model: {model.Name}");
        Operations("layers", [.. model.Layers]);
        if (graph)
        {
            IReadOnlyList<Operation> operations = model.Graph.Operations;
            Operations("operations", [.. operations]);
            Tensors("inputs", [.. model.Inputs]);
            Tensors("outputs", [.. model.Outputs]);
            if (nodes) List("nodes", operations.SelectMany(o => o.InboundNodes).SelectMany(n => n.Outputs).Select(t => t.Name).Distinct());
        }

        Variables("variables", model.Variables);
    }
}
