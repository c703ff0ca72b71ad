using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Sizes and places of what attention over floats works on.</summary>
internal sealed class AttentionGeometry
{
    /// <summary>Queries of a tile of logits.</summary>
    public const int TileQueries = 64;

    /// <summary>Keys of a tile of logits; a multiple of every vector's width.</summary>
    public const int TileKeys = 128;

    /// <summary>Queries for which keys and values are packed once.</summary>
    public const int GroupQueries = 4 * TileQueries;

    /// <summary>Multiplications of a part of the work, at least.</summary>
    private const long PartWork = 1 << 18;

    public AttentionGeometry(DotAttention attention, KernelRequest request)
    {
        ReadOnlySpan<int> q = request.Input(0).Shape.Dims, k = request.Input(1).Shape.Dims;
        (Batches, Queries, Heads, Depth, Keys, KeyHeads, ValueDepth) = (q[0], q[1], q[2], q[3], k[1], k[2], request.Input(2).Shape.Dims[3]);
        (Scale, Causal) = ((float)attention.Scale, attention.Causal);
        Bias = attention.HasBias ? 3 : -1;
        Mask = !attention.HasMask ? -1 : attention.HasBias ? 4 : 3;
        BiasSteps = attention.HasBias ? Steps(request.Input(Bias).Shape) : [];
        MaskSteps = attention.HasMask ? Steps(request.Input(Mask).Shape) : [];
    }

    public int Batches { get; }

    public int Queries { get; }

    public int Heads { get; }

    public int Depth { get; }

    public int Keys { get; }

    public int KeyHeads { get; }

    public int ValueDepth { get; }

    /// <summary>The heads that share a head of keys.</summary>
    public int HeadsPerKeyHead => Heads / KeyHeads;

    public float Scale { get; }

    public bool Causal { get; }

    /// <summary>The number of the input that is the bias; -1 for none.</summary>
    public int Bias { get; }

    /// <summary>The number of the input that is the mask; -1 for none.</summary>
    public int Mask { get; }

    /// <summary>Elements of the bias from one batch, head, query and key to the next; 0 where all have the same.</summary>
    public int[] BiasSteps { get; }

    /// <summary>The same for the mask.</summary>
    public int[] MaskSteps { get; }

    /// <summary>The number of parts that some equal items are done in, given the multiplications that one takes for each query and key.</summary>
    public int PartsOf(long items, long queries, int products) => Parts.Count(items, PartWork / Math.Max(1, queries * Keys * products * Math.Max(Depth, ValueDepth)));

    private static int[] Steps(Shape shape)
    {
        int[] steps = new int[4];
        for (int axis = 3, step = 1; axis >= 0; step *= shape.Dims[axis--]) steps[axis] = shape.Dims[axis] == 1 ? 0 : step;
        return steps;
    }
}
