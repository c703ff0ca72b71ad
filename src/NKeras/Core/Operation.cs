using NKeras.Core;

namespace NKeras;

/// <summary>Something that turns tensors into tensors and can be a step of a functional model: a layer, or a function of <c>Ops</c> (<c>keras.Operation</c>).</summary>
public abstract class Operation
{
    private readonly List<OperationNode> _inboundNodes = [];

    private protected Operation(string? name, string? className = null)
    {
        if (name != null) CheckName(name);
        Name = name ?? Naming.AutoName(className ?? ClassName);
    }

    /// <summary>The name; unique within a model.</summary>
    public string Name { get; internal set; }

    /// <summary>The symbolic tensor that the first call takes.</summary>
    /// <exception cref="InvalidOperationException">There was no call on symbolic tensors yet, or it takes several.</exception>
    public virtual KerasTensor Input => Only(FirstCall.Inputs, "input", "takes");

    /// <summary>The symbolic tensor that the first call results in: where a model can begin or end, to look into another.</summary>
    /// <exception cref="InvalidOperationException">There was no call on symbolic tensors yet, or it has several results.</exception>
    public virtual KerasTensor Output => Only(FirstCall.Outputs, "output", "has");

    /// <summary>Kind and name.</summary>
    // Keras: says "Operation" for all functions; the kind tells more.
    public override string ToString() => $"<{ClassName} name={Name}>";

    /// <summary>Keras's name of the class, for summaries.</summary>
    internal virtual string ClassName => GetType().Name;

    /// <summary>The calls on symbolic tensors so far.</summary>
    internal IReadOnlyList<OperationNode> InboundNodes => _inboundNodes;

    /// <summary>Computes, or records in the trace in progress, the results for non-symbolic tensors.</summary>
    internal abstract Tensors Compute(CallArguments arguments);

    /// <summary>A name that a layer or operation can have.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    internal static string CheckName(string name) => name.Length > 0 && !name.Contains('/')
        ? name
        : throw new ArgumentException($"'{name}' cannot be the name of a layer or operation: names are not empty and contain no '/'.", nameof(name));

    /// <summary>Records a call on symbolic tensors.</summary>
    internal void Connect(CallArguments arguments, KerasTensors outputs)
    {
        OperationNode node = new(this, arguments, outputs);
        for (int i = 0; i < node.Outputs.Count; i++) node.Outputs[i].History = new KerasHistory(this, _inboundNodes.Count, i);
        _inboundNodes.Add(node);
    }

    /// <summary>The only one of an operation's tensors.</summary>
    private protected KerasTensor Only(IReadOnlyList<KerasTensor> tensors, string which, string verb) => tensors.Count == 1
        ? tensors[0]
        : throw new InvalidOperationException($"'{Name}' has no single symbolic {which}: its first call {verb} {tensors.Count} tensors.");

    private OperationNode FirstCall => InboundNodes.Count > 0
        ? InboundNodes[0]
        : throw new InvalidOperationException($"'{Name}' has never been called on symbolic tensors, so it has no symbolic input or output. Apply it to an Input, or to what comes of one.");
}
