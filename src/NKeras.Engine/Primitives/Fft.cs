using NKeras.Engine.Numerics;

namespace NKeras.Engine.Primitives;

/// <summary>
/// The discrete Fourier transform along the last axis, of real parts (the first input) and imaginary parts (the second); or the inverse
/// without its factor 1/n.
/// </summary>
internal sealed record Fft(bool Inverse) : MatrixPrimitive
{
    public override int Axes => 1;

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        (Shape re, Shape im) = (inputs[0].Shape, inputs[1].Shape);
        if (re.Rank == 0 || !re.IsCompatibleWith(im) || inputs[0].DType != inputs[1].DType || !inputs[0].DType.IsFloating)
            throw new ArgumentException($"Fft takes real and imaginary parts of one floating-point type and shape, not {inputs[0]} and {inputs[1]}.");
        int[] dims = new int[re.Rank];
        for (int i = 0; i < dims.Length; i++) dims[i] = Math.Max(re.Dims[i], im.Dims[i]);
        TensorSpec each = inputs[0] with { Shape = new Shape(dims) };
        return [each, each];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        // The transpose of a unitary transform, up to its scale, is the inverse.
        Tensor re = context.Cotangents[0] ?? PrimitiveOps.Filled(context.Outputs[0].Spec, 0), im = context.Cotangents[1] ?? PrimitiveOps.Filled(context.Outputs[1].Spec, 0);
        return new Fft(!Inverse).ApplyAll(re, im);
    }

    public override void Compute(ReadOnlySpan<int> shape, ReadOnlySpan<Numbers> inputs, ReadOnlySpan<Numbers> outputs)
    {
        inputs[0].CopyTo(outputs[0]);
        inputs[1].CopyTo(outputs[1]);
        FourierTransform.For(shape[0]).Run(outputs[0], outputs[1], Inverse);
    }
}
