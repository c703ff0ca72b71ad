using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Which kernel computes which primitive: the first of its entries that takes the types, else the plain one.</summary>
internal static class KernelTable
{
    private static readonly Dictionary<Type, Func<KernelRequest, Kernel?>> s_kernels = new()
    {
        [typeof(Transpose)] = CopyKernels.Transpose,
        [typeof(BroadcastTo)] = CopyKernels.BroadcastTo,
        [typeof(BitCast)] = CopyKernels.BitCast,
        [typeof(Slice)] = CopyKernels.Slice,
        [typeof(Pad)] = CopyKernels.Pad,
        [typeof(Concatenate)] = CopyKernels.Concatenate,
        [typeof(Gather)] = GatherKernel.Create,
        [typeof(SampleImages)] = SampleImagesKernel.Create,
        [typeof(ScatterAdd)] = ScatterKernel.Create,
        [typeof(Scatter)] = ScatterKernel.Create,
        [typeof(Iota)] = ConstantKernel.Create,
        [typeof(Primitives.Convert)] = ConvertKernel.Create,
        [typeof(ArgReduce)] = ArgReduceKernel.Create,
        [typeof(Sort)] = SortKernel.Create,
        [typeof(Cumulative)] = CumulativeKernel.Create,
        [typeof(SearchSorted)] = SearchSortedKernel.Create,
        [typeof(Softmax)] = SoftmaxKernel.Create,
        [typeof(SparseCrossEntropy)] = SoftmaxKernel.Create,
        [typeof(DotAttention)] = AttentionKernel.Create,
        [typeof(DotAttentionBackward)] = AttentionBackwardKernel.Create,
        [typeof(RandomBits)] = RandomBitsKernel.Create,
        [typeof(RandomGamma)] = RandomSampleKernel<double>.Create,
        [typeof(RandomBinomial)] = RandomSampleKernel<double>.Create,
        [typeof(RandomIntegers)] = RandomSampleKernel<long>.Create,
        [typeof(Elementwise)] = TypedKernels.Create,
        [typeof(Primitives.Convolution)] = ConvolutionKernel.Forward,
        [typeof(ConvolutionBackwardInput)] = ConvolutionKernel.BackwardInput,
        [typeof(ConvolutionBackwardFilter)] = ConvolutionKernel.BackwardFilter,
        [typeof(Pooling)] = PoolingKernel.Create,
        [typeof(MaxPoolingBackward)] = PoolingKernel.Create,
        [typeof(MaxPoolingTake)] = PoolingKernel.Create,
        [typeof(AveragePoolingBackward)] = PoolingKernel.Create,
        [typeof(FusedElementwise)] = FusedElementwiseKernel.Create,
        [typeof(FusedReduce)] = FusedReduceKernel.Create,
        [typeof(FusedProduct)] = ProductTail.CreateProduct,
        [typeof(PooledConvolution)] = PooledConvolutionKernel.Create,
        [typeof(PooledFilterGradient)] = PooledFilterGradientKernel.Create,
        [typeof(MatMul)] = MatMulKernel.Create,
        [typeof(Reduce)] = ReduceKernel.Create,
        [typeof(Cholesky)] = MatrixKernel.Create,
        [typeof(CholeskyInverse)] = MatrixKernel.Create,
        [typeof(TriangularSolve)] = MatrixKernel.Create,
        [typeof(LinearSolve)] = MatrixKernel.Create,
        [typeof(Determinant)] = MatrixKernel.Create,
        [typeof(LuFactor)] = MatrixKernel.Create,
        [typeof(Qr)] = MatrixKernel.Create,
        [typeof(Eigh)] = MatrixKernel.Create,
        [typeof(Svd)] = MatrixKernel.Create,
        [typeof(PseudoInverse)] = MatrixKernel.Create,
        [typeof(Eig)] = MatrixKernel.Create,
        [typeof(Fft)] = MatrixKernel.Create,
        [typeof(CtcLoss)] = SequenceBatchKernel.Create,
        [typeof(CtcLossBackward)] = SequenceBatchKernel.Create,
        [typeof(Conditional)] = ConditionalKernel.Create,
        [typeof(WhileLoop)] = WhileKernel.Create,
        [typeof(Scan)] = ScanKernel.Create,
    };

    /// <summary>The kernel for a node.</summary>
    public static Kernel Create(KernelRequest request)
    {
        Kernel kernel = s_kernels.GetValueOrDefault(request.Node.Primitive.GetType())?.Invoke(request) ?? new ReferenceKernel(request);
        kernel.Node = request.Node;
        return kernel;
    }

    /// <summary>Whether the kernel for a primitive may write results over inputs of the same shape and type that die there.</summary>
    /// <remarks>
    /// These kernels read an input that is not broadcast at the very index they write, and all inputs before any result.
    /// An input that is broadcast has fewer elements than a result, so that the two never share memory.
    /// </remarks>
    public static bool WorksInPlace(Primitive primitive) => primitive is Elementwise or FusedElementwise;
}
