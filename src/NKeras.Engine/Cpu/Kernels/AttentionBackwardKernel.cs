using System.Runtime.Intrinsics;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="DotAttentionBackward"/> node over floats.</summary>
internal sealed unsafe class AttentionBackwardKernel : PartedKernel
{
    private readonly KernelRequest _request;
    private readonly AttentionGeometry _geometry;
    private readonly delegate*<AttentionGeometry, KernelRequest, void**, int, int, void> _body;

    private AttentionBackwardKernel(KernelRequest request, AttentionGeometry g)
        : base(g.PartsOf((long)g.Batches * g.KeyHeads, (long)g.Queries * g.HeadsPerKeyHead, products: 5))
    {
        (_request, _geometry) = (request, g);
        _body = Simd.Level switch
        {
            SimdLevel.Avx512 => &AttentionBackward<Simd512, Vector512<float>>.Run,
            SimdLevel.Avx2 => &AttentionBackward<Simd256, Vector256<float>>.Run,
            _ => &AttentionBackward<Simd128, Vector128<float>>.Run,
        };
    }

    /// <summary>The kernel, or null where the type has none.</summary>
    public static Kernel? Create(KernelRequest request) => request.Input(0).DType == DType.Float32
        ? new AttentionBackwardKernel(request, new AttentionGeometry(((DotAttentionBackward)request.Node.Primitive).Attention, request))
        : null;

    protected override void RunPart(void** slots, int part)
    {
        long items = (long)_geometry.Batches * _geometry.KeyHeads;
        for (long i = Start(part, items); i < Start(part + 1, items); i++)
            _body(_geometry, _request, slots, (int)(i / _geometry.KeyHeads), (int)(i % _geometry.KeyHeads));
    }
}
