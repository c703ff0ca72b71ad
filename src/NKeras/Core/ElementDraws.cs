using NKeras.Engine.Primitives;

namespace NKeras.Core;

/// <summary>
/// The random draws for one element of a data set, while it is computed on this thread. They depend on the generators' seeds and on the element's
/// place, not on what other threads draw meanwhile, so that any number of workers gives the same elements.
/// </summary>
internal sealed class ElementDraws
{
    [ThreadStatic]
    private static ElementDraws? t_current;

    private readonly uint _pass;
    private readonly uint _element;
    private readonly Dictionary<SeedGenerator, uint> _counts = new(ReferenceEqualityComparer.Instance);

    private ElementDraws(uint pass, uint element) => (_pass, _element) = (pass, element);

    /// <summary>Those of the element being computed on this thread; null for none.</summary>
    public static ElementDraws? Current => t_current;

    /// <summary>Computes an element.</summary>
    /// <param name="pass">The number of the pass over the data set.</param>
    /// <param name="element">The element's number in it.</param>
    /// <param name="compute">Computes it.</param>
    public static T Run<T>(int pass, int element, Func<T> compute)
    {
        ElementDraws? outer = t_current;
        t_current = new ElementDraws((uint)pass, (uint)element);
        try
        {
            return compute();
        }
        finally
        {
            t_current = outer;
        }
    }

    /// <summary>A generator's next key.</summary>
    public Tensor Next(SeedGenerator generator)
    {
        uint draw = _counts[generator] = _counts.GetValueOrDefault(generator) + 1;
        // The state's second number counts draws elsewhere; the first one is the seed.
        (uint a, uint b) = Threefry.Block(generator.State.Value.ToArray<uint>()[0], draw, _pass, _element);
        return Tensor.From<uint>([a, b]);
    }
}
