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
        if (BuiltFor == null) return null;
        Func<Shape, Shape> compute = ComputeOutputShape;
        if (compute.Method.DeclaringType != typeof(Layer)) return BuiltFor.Count == 1 ? [compute(BuiltFor[0].Shape)] : null;
        Type ours = GetType();
        while (ours.Assembly != typeof(Layer).Assembly) ours = ours.BaseType!;
        return ours == typeof(Layer) || ours == typeof(Model) ? null : [.. Infer(BuiltFor, false).Select(s => s.Shape)];
    }
}
