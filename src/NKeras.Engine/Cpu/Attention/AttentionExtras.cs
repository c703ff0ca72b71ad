namespace NKeras.Engine.Cpu;

/// <summary>Where bias and mask of one batch and head are.</summary>
internal readonly unsafe ref struct AttentionExtras
{
    private readonly AttentionGeometry _geometry;
    private readonly float* _bias;
    private readonly byte* _mask;

    public AttentionExtras(AttentionGeometry g, KernelRequest request, void** slots, int batch, int head)
    {
        _geometry = g;
        if (g.Bias >= 0) _bias = (float*)slots[request.InputSlots[g.Bias]] + ((long)batch * g.BiasSteps[0]) + ((long)head * g.BiasSteps[1]);
        if (g.Mask >= 0) _mask = (byte*)slots[request.InputSlots[g.Mask]] + ((long)batch * g.MaskSteps[0]) + ((long)head * g.MaskSteps[1]);
    }

    /// <summary>The bias from a key on for a query; null for none.</summary>
    public float* Bias(int query, int key) => _bias == null ? null : _bias + ((long)query * _geometry.BiasSteps[2]) + (key * _geometry.BiasSteps[3]);

    /// <summary>The mask from a key on for a query; null for none.</summary>
    public byte* Mask(int query, int key) => _mask == null ? null : _mask + ((long)query * _geometry.MaskSteps[2]) + (key * _geometry.MaskSteps[3]);
}
