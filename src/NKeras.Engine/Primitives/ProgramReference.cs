using NKeras.Engine.Cpu;

namespace NKeras.Engine.Primitives;

/// <summary>Runs element-wise programs plainly: one instruction after the other over whole tensors, as if nothing had been fused.</summary>
internal static class ProgramReference
{
    /// <summary>The results and their types for operands that broadcast to one shape.</summary>
    public static TensorSpec[] Infer(string operation, ElementwiseProgram program, ReadOnlySpan<TensorSpec> inputs)
    {
        if (inputs.Length != program.Inputs.Length)
            throw new ArgumentException($"{operation} takes {program.Inputs.Length} operands, not {inputs.Length}.");
        for (int i = 0; i < inputs.Length; i++)
        {
            if (ElementwiseTypes.Of(inputs[i].DType) != program.Inputs[i])
                throw new ArgumentException($"{operation} takes {program.Inputs[i]} as operand {i}, not {inputs[i].DType}.");
        }

        Shape shape = Broadcasting.Result(operation, inputs);
        TensorSpec[] outputs = new TensorSpec[program.Outputs.Length];
        for (int i = 0; i < outputs.Length; i++) outputs[i] = new TensorSpec(shape, program.OutputType(i).ToDType());
        return outputs;
    }

    /// <summary>Computes the outputs into memory of their own: nothing is written before everything has been read.</summary>
    public static ConcreteTensor[] Run(ElementwiseProgram program, ReadOnlySpan<ElementView> inputs, Shape shape)
    {
        ConcreteTensor[] registers = new ConcreteTensor[program.Registers.Length];
        for (int i = 0; i < inputs.Length; i++)
            registers[i] = Apply(new Convert(program.Registers[i].ToDType()), [inputs[i]], inputs[i].Shape, program.Registers[i]);

        for (int i = 0; i < program.Instructions.Length; i++)
        {
            Instruction instruction = program.Instructions[i];
            int register = inputs.Length + i;
            ElementwiseType type = program.Registers[register];
            if (instruction.Kind == InstructionKind.Constant)
            {
                registers[register] = (ConcreteTensor)PrimitiveOps.Scalar(DType.Float32, instruction.Value);
                continue;
            }

            ConcreteTensor[] operands = [.. Operands(instruction).Select(r => registers[r])];
            TensorSpec[] specs = Array.ConvertAll(operands, o => o.Spec);
            registers[register] = Apply(
                instruction.Kind == InstructionKind.Convert ? new Convert(instruction.Target.ToDType()) : new Elementwise(instruction.Function),
                [.. operands.Select(ElementView.Of)],
                Broadcasting.Result("program", specs),
                type);
            foreach (ConcreteTensor operand in operands) GC.KeepAlive(operand);
        }

        ConcreteTensor[] outputs = new ConcreteTensor[program.Outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            ConcreteTensor result = registers[program.Outputs[i]];
            outputs[i] = Apply(new BroadcastTo(new IntList(shape.Dims)), [ElementView.Of(result)], shape, program.OutputType(i));
            GC.KeepAlive(result);
        }

        return outputs;
    }

    /// <summary>The registers an instruction reads.</summary>
    public static int[] Operands(Instruction instruction) =>
        instruction.C >= 0 ? [instruction.A, instruction.B, instruction.C]
        : instruction.B >= 0 ? [instruction.A, instruction.B]
        : instruction.A >= 0 ? [instruction.A]
        : [];

    private static ConcreteTensor Apply(Primitive primitive, ElementView[] inputs, Shape shape, ElementwiseType type)
    {
        ConcreteTensor result = ConcreteTensor.Allocate(new TensorSpec(shape, type.ToDType()));
        primitive.Evaluate(inputs, [ElementView.Of(result)]);
        return result;
    }
}
