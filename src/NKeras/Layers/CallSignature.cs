using System.Collections.Concurrent;

namespace NKeras.Layers;

/// <summary>Which of the methods that a layer may override it does override.</summary>
/// <param name="TakesStructure">Whether it takes its inputs as a structure rather than as one tensor.</param>
/// <param name="TakesMask">Whether it takes a mask.</param>
/// <param name="ComputesMask">Whether it says what mask its result has.</param>
/// <param name="Builds">Whether it creates its weights for one input's shape.</param>
/// <param name="BuildsForMany">Whether it creates its weights for several inputs' shapes.</param>
/// <param name="InfersShape">Whether it says what shape its result has.</param>
// Keras: looks at the names of call()'s parameters; in C# each form of Call is an overload.
internal sealed record CallSignature(bool TakesStructure, bool TakesMask, bool ComputesMask, bool Builds, bool BuildsForMany, bool InfersShape)
{
    private static readonly ConcurrentDictionary<Type, CallSignature> s_known = [];

    public static CallSignature Of(Layer layer) => s_known.TryGetValue(layer.GetType(), out CallSignature? known)
        ? known
        : s_known.GetOrAdd(layer.GetType(), Find(layer));

    private static CallSignature Find(Layer layer)
    {
        bool masked = Overridden((Func<Tensor, bool, Tensor?, Tensor>)layer.Call);
        bool many = Overridden((Func<Tensors, bool, Tensors>)layer.Call), maskedMany = Overridden((Func<Tensors, bool, Tensors?, Tensors>)layer.Call);
        return new CallSignature(
            many || maskedMany,
            masked || maskedMany,
            Overridden((Func<Tensor, Tensor?, Tensor?>)layer.ComputeMask) || Overridden((Func<Tensors, Tensors?, Tensors?>)layer.ComputeMask),
            Overridden((Action<Shape>)layer.Build),
            Overridden((Action<IReadOnlyList<Shape>>)layer.Build),
            Overridden((Func<Shape, Shape>)layer.ComputeOutputShape));
    }

    /// <summary>Whether a virtual method of <see cref="Layer"/> is a subclass's own.</summary>
    private static bool Overridden(Delegate method) => method.Method.DeclaringType != typeof(Layer);
}
