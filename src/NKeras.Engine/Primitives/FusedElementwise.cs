using NKeras.Engine.Cpu;

namespace NKeras.Engine.Primitives;

/// <summary>Several element-wise functions of operands that broadcast to one shape, in one loop. Made by the compiler only.</summary>
internal sealed record FusedElementwise(ElementwiseProgram Program) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs) => ProgramReference.Infer(Name, Program, inputs);

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        ConcreteTensor[] results = ProgramReference.Run(Program, inputs, outputs[0].Shape);
        for (int i = 0; i < results.Length; i++) results[i].CopyTo(outputs[i]);
    }
}
