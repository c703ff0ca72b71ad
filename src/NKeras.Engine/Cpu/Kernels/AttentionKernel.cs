using System.Runtime.Intrinsics;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="DotAttention"/> node over floats.</summary>
internal sealed unsafe class AttentionKernel : PartedKernel
{
    private readonly KernelRequest _request;
    private readonly AttentionGeometry _geometry;
    private readonly int _groups;
    private readonly delegate*<AttentionGeometry, KernelRequest, void**, int, int, int, void> _body;

    private AttentionKernel(KernelRequest request, AttentionGeometry g, int groups)
        : base(g.PartsOf((long)g.Batches * g.Heads * groups, Math.Min(g.Queries, AttentionGeometry.GroupQueries), products: 2))
    {
        (_request, _geometry, _groups) = (request, g, groups);
        _body = Simd.Level switch
        {
            SimdLevel.Avx512 => &AttentionForward<Simd512, Vector512<float>>.Run,
            SimdLevel.Avx2 => &AttentionForward<Simd256, Vector256<float>>.Run,
            _ => &AttentionForward<Simd128, Vector128<float>>.Run,
        };
    }

    /// <summary>The kernel, or null where the type has none.</summary>
    public static Kernel? Create(KernelRequest request)
    {
        if (request.Input(0).DType != DType.Float32) return null;
        AttentionGeometry g = new((DotAttention)request.Node.Primitive, request);
        return new AttentionKernel(request, g, (g.Queries + AttentionGeometry.GroupQueries - 1) / AttentionGeometry.GroupQueries);
    }

    protected override void RunPart(void** slots, int part)
    {
        long items = (long)_geometry.Batches * _geometry.Heads * _groups;
        for (long i = Start(part, items); i < Start(part + 1, items); i++)
        {
            (long row, int group) = ((long, int))(i / _groups, i % _groups);
            _body(_geometry, _request, slots, (int)(row / _geometry.Heads), (int)(row % _geometry.Heads), group * AttentionGeometry.GroupQueries);
        }
    }
}
