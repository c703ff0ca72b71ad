using NKeras.Engine.Cpu;

namespace NKeras.Engine.Primitives;

/// <summary>
/// A matrix product or convolution whose result is worked on before it leaves the cache. Made by the compiler only.
/// Inputs: the product's, then the bias if there is one, then the tail's inputs but for its first, which is the result.
/// </summary>
/// <param name="Product">A primitive with one float32 result.</param>
/// <param name="HasBias">Whether a vector is added along the last axis.</param>
/// <param name="Relu">Whether negative elements become zero, after the bias. Not with a tail, which can do that itself.</param>
/// <param name="Tail">What is computed from the result, after the bias; its first output is float32.</param>
internal sealed record FusedProduct(Primitive Product, bool HasBias, bool Relu, ElementwiseProgram? Tail) : Primitive
{
    public override string Name => $"{Product.Name}{(HasBias ? "+Bias" : "")}{(Relu ? "+Relu" : "")}{(Tail != null ? "+Tail" : "")}";

    /// <summary>How many of the inputs are the tail's.</summary>
    public int TailInputs => Tail == null ? 0 : Tail.Inputs.Length - 1;

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        (int operands, int tail) = Split(inputs.Length);
        TensorSpec result = Product.Infer(inputs[..operands])[0];
        if (HasBias && inputs[operands].Shape != new Shape([result.Shape.Dims[^1]]))
            throw new ArgumentException($"{Name}: a bias of shape {inputs[operands].Shape} does not fit a result of shape {result.Shape}.");
        if (Tail == null) return [result];
        if (Relu) throw new ArgumentException($"{Name}: the tail comes in place of relu, as its first instruction where both are wanted.");
        TensorSpec[] outputs = ProgramReference.Infer(Name, Tail, [result, .. inputs[tail..]]);
        return outputs[0] == result ? outputs : throw new ArgumentException($"{Name}: the tail turns {result} into {outputs[0]}.");
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        (int operands, int tail) = Split(inputs.Length);
        ElementView result = outputs[0];
        Product.Evaluate(inputs[..operands], [result]);
        if (HasBias) new Elementwise(ElementwiseFunction.Add).Evaluate([result, inputs[operands]], [result]);
        if (Relu) new Elementwise(ElementwiseFunction.Relu).Evaluate([result], [result]);
        if (Tail == null) return;
        ConcreteTensor[] results = ProgramReference.Run(Tail, [result, .. inputs[tail..]], result.Shape);
        for (int i = 0; i < results.Length; i++) results[i].CopyTo(outputs[i]);
    }

    /// <summary>How many inputs the product has, and which is the tail's first.</summary>
    private (int Operands, int Tail) Split(int inputs)
    {
        int tail = inputs - TailInputs;
        return (tail - (HasBias ? 1 : 0), tail);
    }
}
