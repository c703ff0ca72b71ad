using NKeras.Layers;

namespace NKeras.Core;

/// <summary>What the calls of layers within each other share, on one thread.</summary>
internal sealed class CallContext
{
    /// <summary>How deep layers may call each other: an error on its way out takes much of the thread's stack at every level.</summary>
    private const int MostDepth = 100;

    [ThreadStatic]
    private static CallContext? t_current;

    /// <summary>The calls in progress; null if there is none.</summary>
    public static CallContext? Current => t_current;

    /// <summary>Whether the outer call is in training; null if nobody said so.</summary>
    public bool? Training { get; private init; }

    /// <summary>The names of the layers whose calls are in progress, from the outermost on: <c>outer/inner</c>.</summary>
    public string Path { get; private init; } = "";

    private Layer? Innermost { get; init; }

    private int Depth { get; init; }

    /// <summary>Enters the call of a layer.</summary>
    /// <param name="layer">The layer. Entering one twice in a row (to build, then to call) does not double its name.</param>
    /// <param name="training">Whether it is in training; null to follow the outer call.</param>
    public static Scope Enter(Layer layer, bool? training)
    {
        CallContext? outer = t_current;
        int depth = outer == null ? 1 : outer.Innermost == layer ? outer.Depth : outer.Depth + 1;
        if (depth > MostDepth) throw new ArgumentException($"Layer '{layer.Name}' is called within {MostDepth} other layers, or calls itself.");
        t_current = new CallContext { Training = training ?? outer?.Training, Path = PathOf(layer), Innermost = layer, Depth = depth };
        return new Scope(outer);
    }

    /// <summary>A layer's name, with those of the layers whose calls are in progress in front.</summary>
    public static string PathOf(Layer layer) => t_current is not { } outer ? layer.Name
        : outer.Innermost == layer ? outer.Path
        : $"{outer.Path}/{layer.Name}";

    /// <summary>A name with those of the layers whose calls, or builds, are in progress in front.</summary>
    public static string Within(string name) => t_current is { } outer ? $"{outer.Path}/{name}" : name;

    /// <summary>Leaves a call when disposed.</summary>
    public readonly ref struct Scope(CallContext? outer)
    {
        public void Dispose() => t_current = outer;
    }
}
