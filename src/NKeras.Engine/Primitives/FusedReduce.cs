using NKeras.Engine.Cpu;

namespace NKeras.Engine.Primitives;

/// <summary>A reduction of an element-wise expression, which is never stored. Made by the compiler only.</summary>
/// <param name="Program">The expression; it has one output.</param>
/// <param name="Reduction">What is done with its elements.</param>
internal sealed record FusedReduce(ElementwiseProgram Program, Reduce Reduction) : Primitive
{
    public override string Name => $"Fused{Reduction.Name}";

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs) => Reduction.Infer(ProgramReference.Infer(Name, Program, inputs));

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        TensorSpec[] specs = new TensorSpec[inputs.Length];
        for (int i = 0; i < specs.Length; i++) specs[i] = inputs[i].Spec;
        ConcreteTensor elements = ProgramReference.Run(Program, inputs, Broadcasting.Result(Name, specs))[0];
        Reduction.Evaluate([ElementView.Of(elements)], outputs);
        GC.KeepAlive(elements);
    }
}
