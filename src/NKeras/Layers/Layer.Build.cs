using NKeras.Core;
using NKeras.Engine.Graphs;

namespace NKeras.Layers;

public abstract partial class Layer
{
    /// <summary>Whether the next call is the first one of a layer that leaves building to the layers inside.</summary>
    private bool _buildsByCall;

    private readonly Lock _buildGate = new();

    /// <summary>Whether the weights exist.</summary>
    public bool Built { get; protected internal set; }

    /// <summary>The shapes that the layer was built for; null if it was not, or has nothing to build.</summary>
    internal IReadOnlyList<Shape>? BuildShapes { get; private protected set; }

    /// <summary>Whether the shapes it was built for are a list even if there is only one.</summary>
    internal bool BuiltForList { get; private set; }

    /// <summary>The shapes of the arguments after the first that the layer was built for, by name; null if only the first counts.</summary>
    private IReadOnlyList<KeyValuePair<string, Tensors>>? _builtFor;

    /// <summary>The arguments, by name, whose shapes <see cref="BuildFrom"/> takes; none if the first is enough.</summary>
    // Keras: the parameters of build(), without "_shape".
    private protected virtual IReadOnlyList<string> BuildsFrom => [];

    /// <summary>Creates the weights. Called once, before the first <c>Call</c>. Unless overridden, it traces <c>Call</c>, so that the layers inside create theirs.</summary>
    /// <param name="inputShape">The input's shape, the batch's dimension included.</param>
    public virtual void Build(Shape inputShape) => BuildByTracing([inputShape]);

    /// <summary>Creates the weights of a layer with several inputs.</summary>
    /// <param name="inputShapes">The inputs' shapes, in order.</param>
    public virtual void Build(IReadOnlyList<Shape> inputShapes)
    {
        if (Signature.Builds || inputShapes.Count == 1) Build(inputShapes[0]);
        else BuildByTracing(inputShapes);
    }

    /// <summary>Builds the layer for a call unless it is built.</summary>
    internal void EnsureBuilt(CallArguments arguments)
    {
        if (Built) return;
        // One thread makes the weights; others that call the layer at once wait for them.
        lock (_buildGate)
        {
            if (!Built) BuildInScope(arguments);
        }
    }

    private void BuildInScope(CallArguments arguments)
    {
        // Weights are made outside any trace in progress: they are data, not part of the function being traced.
        int before = _added.Count;
        using CallContext.Scope scope = CallContext.Enter(this, null);
        Path = CallContext.Current!.Path;
        try
        {
            FreezeOwnIfFrozen();
            Trace.Suspend(() => BuildFor(arguments));
        }
        catch
        {
            // Half of the weights are none: the next attempt starts anew.
            _discarded.UnionWith(_added.Skip(before));
            _added.RemoveRange(before, _added.Count - before);
            Built = false;
            throw;
        }

        Built = true;
    }

    /// <summary>Creates the weights for a call.</summary>
    internal virtual void BuildFor(CallArguments arguments)
    {
        Tensors inputs = arguments.Inputs;
        Shape[] shapes = [.. inputs.Flat.Where(t => t is not null).Select(t => t.Shape)];
        BuildShapes = shapes;
        BuiltForList = arguments.Positional[0] is Tensors { IsSingle: false };
        if (BuildsFrom is { Count: > 0 } names)
        {
            KeyValuePair<string, Tensors>[] given = [.. Bound(arguments).Where(a => names.Contains(a.Key) && Given(a.Value) is not null).Select(a => KeyValuePair.Create(a.Key, Given(a.Value)!))];
            _builtFor = given.Length > 1 ? [.. given.Select(a => KeyValuePair.Create(a.Key, Stub(a.Value)))] : null;
            BuildFrom(given.ToDictionary(a => a.Key, a => (IReadOnlyList<Shape>)[.. a.Value.Flat.Select(t => t.Shape)]));
            return;
        }

        CallSignature signature = Signature;
        if (signature.BuildsForMany) Build(shapes);
        else if (signature.Builds) Build(shapes[0]);

        // Without a Build of its own, the layers inside are built by the call that follows.
        else _buildsByCall = SubLayers.Any(l => !l.Built);
    }

    /// <summary>Creates the weights of a layer whose build depends on several arguments of the call.</summary>
    /// <param name="shapes">The shapes of those of <see cref="BuildsFrom"/> that the call gives.</param>
    private protected virtual void BuildFrom(IReadOnlyDictionary<string, IReadOnlyList<Shape>> shapes) => Build(shapes.First().Value[0]);

    /// <summary>Creates the weights of a layer inside this one, within its name: to be called from Build.</summary>
    /// <param name="inner">The layer inside.</param>
    /// <param name="inputShapes">The shapes of its inputs.</param>
    private protected static void BuildInner(Layer inner, params IReadOnlyList<Shape> inputShapes)
    {
        inner.EnsureBuilt(inner.Stubs(inputShapes));
        if (!inner.Signature.Builds && !inner.Signature.BuildsForMany && inner.BuildsFrom.Count == 0) inner.BuildByTracing(inputShapes);
    }

    /// <summary>Has the layers inside create their weights by tracing <c>Call</c>.</summary>
    private protected void BuildByTracing(IReadOnlyList<Shape> shapes)
    {
        if (SubLayers.Any(l => !l.Built)) SymbolicCall.InferSpecs(Stubs(shapes), CallInScope);
        Built = true;
    }
}
