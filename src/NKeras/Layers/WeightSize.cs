using NKeras.Engine;

namespace NKeras.Layers;

/// <summary>Refuses weights that no machine has room for, before anything is allocated.</summary>
internal static class WeightSize
{
    /// <summary>Checks a weight's size.</summary>
    /// <exception cref="ArgumentException">It has more elements or bytes than a tensor can have, or than the machine has memory.</exception>
    public static void Check(Layer layer, string weight, Shape shape, DType dtype)
    {
        if (dtype == DType.String) throw new ArgumentException($"Weight '{weight}' of layer '{layer.Name}' would be of type {dtype}; weights are numbers.", nameof(dtype));
        double bytes = dtype.Size;
        foreach (int dim in shape.Dims) bytes *= dim;
        double most = Math.Min(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, HostStorage.MostBytes);
        if (bytes > most)
        {
            throw new ArgumentException(
                $"Weight '{weight}' of layer '{layer.Name}' would have shape {shape}: {bytes:G3} bytes, more than the {most:G3} that are possible here.", nameof(shape));
        }
    }
}
