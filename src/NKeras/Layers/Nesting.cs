using System.Runtime.CompilerServices;

namespace NKeras.Layers;

/// <summary>Layers within layers are walked by recursion; a thread's stack bounds how deep, and overrunning it would end the process.</summary>
internal static class Nesting
{
    /// <summary>The layers inside one, to be walked.</summary>
    /// <exception cref="ArgumentException">There is no room on the stack to go deeper.</exception>
    public static IReadOnlyList<Layer> Inside(Layer layer)
    {
        Check(layer);
        return layer.SubLayers;
    }

    /// <summary>Checks that there is room to go one layer deeper.</summary>
    /// <exception cref="ArgumentException">There is not.</exception>
    public static void Check(Layer layer)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ArgumentException($"Layer '{layer.Name}' is nested too deep in other layers, or holds itself.");
    }
}
