using NKeras.Core;
using NKeras.Initializers;

namespace NKeras.Layers;

/// <summary>
/// Divides the kernel of a layer by its spectral norm (the greatest singular value) at every training step, which bounds how fast the
/// layer's result can change (<c>keras.layers.SpectralNormalization</c>; Miyato et al., 2018). It steadies the training of adversarial nets.
/// </summary>
/// <remarks>
/// Input and result are those of the layer inside, which has a <c>Kernel</c> (<see cref="Dense"/>, <see cref="Conv2D"/>, …) or
/// <c>Embeddings</c>. Weights: those of the layer inside and vector_u, (1, units), an estimate of the singular vector that each step improves.
/// </remarks>
/// <example><code>
/// KerasTensor y = new SpectralNormalization(new Conv2D(8, 3)).Apply(images);
/// </code></example>
public sealed class SpectralNormalization : Wrapper
{
    private Variable? _kernel;
    private Variable? _vectorU;

    /// <summary>Creates the layer.</summary>
    /// <param name="layer">The layer whose kernel is normalized.</param>
    /// <param name="powerIterations">How often each step improves the estimate, greater than zero.</param>
    /// <param name="name">The name; <c>spectral_normalization</c>, <c>spectral_normalization_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no iterations.</exception>
    public SpectralNormalization(Layer layer, int powerIterations = 1, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(layer, name, trainable, dtype) => PowerIterations = LayerArguments.Positive(this, powerIterations);

    /// <summary>How often each step improves the estimate.</summary>
    public int PowerIterations { get; }

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        base.Build(inputShape);
        _kernel = KernelOf(Layer);
        _vectorU = AddWeight("vector_u", [1, _kernel.Shape.Dims[^1]], new TruncatedNormal(stddev: 0.02), trainable: false, dtype: _kernel.DType);
        if (inputShape.Rank > 0 && inputShape[-1] is { } features) InputSpec = new InputSpec(minNdim: 1, axes: new Dictionary<int, int> { [-1] = features });
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        if (training)
        {
            (Tensor vectorU, Tensor kernel) = NormalizedWeights();
            _vectorU!.Assign(vectorU);
            _kernel!.Assign(kernel);
        }

        Tensor result = Layer.Apply(inputs);
        // Keras: masks end here, whatever the layer inside does with them.
        KerasMask.Clear(result);
        // Keras: casts to the input's type also where that holds whole numbers, which makes zeros of embeddings.
        return inputs.DType.IsFloating ? Ops.Cast(result, inputs.DType) : result;
    }

    /// <summary>The estimate after one step, and the kernel divided by its norm; both as they are where the kernel is zero.</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public (Tensor VectorU, Tensor Kernel) NormalizedWeights()
    {
        Variable kernel = _kernel ?? throw LayerArguments.NotBuilt(this, "kernel"), vectorU = _vectorU!;
        // In the weights' own type, whatever the layers compute in.
        using AutocastScope scope = new(null);
        using WideScope wide = WideScope.Wanted(kernel.DType == DType.Float64);
        Tensor all = kernel, weights = Ops.Reshape(all, [-1, kernel.Shape.Dims[^1]]), u = vectorU, v = u;
        for (int i = 0; i < PowerIterations; i++)
        {
            v = Utils.Normalize(Ops.Matmul(u, Ops.Transpose(weights)), axis: null);
            u = Utils.Normalize(Ops.Matmul(v, weights), axis: null);
        }

        Tensor norm = Ops.Reshape(Ops.Matmul(Ops.Matmul(v, weights), Ops.Transpose(u)), Shape.Scalar), isZero = Ops.All(Ops.Equal(all, 0));
        // The gradient is that at the normalized kernel; the division has no part in it.
        Func<Tensor, Tensor> normalize = Ops.CustomGradient(k => (Ops.Where(isZero, k, Ops.Divide(k, norm)), upstream => upstream));
        return (Ops.StopGradient(Ops.Where(isZero, vectorU, u)), normalize(all));
    }

    private Variable KernelOf(Layer layer)
    {
        Type type = layer.GetType();
        return (type.GetProperty("Kernel") ?? type.GetProperty("Embeddings"))?.GetValue(layer) as Variable
            ?? throw new ArgumentException($"Layer '{Name}' normalizes a property Kernel or Embeddings of the layer inside; '{layer.Name}' ({type.Name}) has none.");
    }
}
