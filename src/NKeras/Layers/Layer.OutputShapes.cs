using NKeras.Core;

namespace NKeras.Layers;

public abstract partial class Layer
{
    /// <summary>
    /// The shapes of the results for the inputs that the layer was built for. Null if there are none, or for a user's layer that
    /// does not override <see cref="ComputeOutputShape"/>.
    /// </summary>
    // Keras: only the override says it, so summaries have a question mark for the others, though tracing Call would tell.
    internal IReadOnlyList<Shape>? BuiltOutputShapes()
    {
        if (BuildShapes is not { } shapes) return null;
        if (Signature.InfersShape) return shapes.Count == 1 ? [ComputeOutputShape(shapes[0])] : null;
        if (_builtFor != null)
            return InferShapes(CallParameter.Bind(this, Parameters, new CallArguments([], [.. _builtFor.Select(a => KeyValuePair.Create(a.Key, (object?)(a.Value.IsSingle ? a.Value[0] : a.Value)))])));
        Type ours = GetType();
        while (ours.Assembly != typeof(Layer).Assembly) ours = ours.BaseType!;
        return ours == typeof(Layer) || ours == typeof(Model) ? null : [.. SymbolicCall.InferSpecs(Stubs(shapes), CallInScope).Select(s => s.Shape)];
    }
}
