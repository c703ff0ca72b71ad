namespace NKeras.Layers.Quantization;

/// <summary>A kernel that is not stored as a floating-point variable, and how a layer computes with it.</summary>
internal abstract class StoredKernel
{
    /// <summary>What is stored in the kernel's place.</summary>
    public abstract Variable Values { get; }

    /// <summary>Whether the floating-point kernel stays, besides.</summary>
    public virtual bool KeepsKernel => false;

    /// <summary>Whether a low-rank update can be added to the layer's results.</summary>
    public virtual bool TakesLowRank => false;

    /// <summary>The kernel, in floating point.</summary>
    public abstract Tensor Kernel(bool training);

    /// <summary>The inputs as they meet the kernel.</summary>
    public virtual Tensor Inputs(Tensor inputs, bool training) => inputs;

    /// <summary>The results of the product as they are passed on.</summary>
    public virtual Tensor Results(Tensor results) => results;

    /// <summary>The bias as it is added.</summary>
    public virtual Tensor Bias(Tensor bias) => bias;

    /// <summary>All weights but the floating-point kernel, what is stored in its place first, in the order in which files keep them.</summary>
    public abstract IReadOnlyList<Variable> Variables { get; }

    /// <summary>Values of the weights for a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="asIsUsual">Whether to round it as is usual, whatever the layer was told.</param>
    public virtual IEnumerable<(Variable Variable, Tensor Value)> Quantized(Tensor kernel, bool asIsUsual = false) => [];
}
