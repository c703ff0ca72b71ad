using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>
/// A straight line of element-wise functions: what one fused loop computes for every element.
/// </summary>
/// <remarks>
/// Registers are written once. The first ones are the inputs, then comes one for every instruction. Programs are equal
/// when they compute the same in the same way, so that a program is the key of its compiled loop.
/// </remarks>
internal sealed class ElementwiseProgram : IEquatable<ElementwiseProgram>
{
    private readonly ElementwiseType[] _inputs;
    private readonly Instruction[] _instructions;
    private readonly int[] _outputs;
    private readonly ElementwiseType[] _registers;
    private readonly int _hash;

    /// <summary>Checks and keeps a program.</summary>
    /// <param name="inputs">The types of the inputs.</param>
    /// <param name="instructions">The instructions; each may use the registers before its own.</param>
    /// <param name="outputs">The registers that are written out.</param>
    /// <exception cref="ArgumentException">An instruction does not fit its operands.</exception>
    public ElementwiseProgram(ReadOnlySpan<ElementwiseType> inputs, ReadOnlySpan<Instruction> instructions, ReadOnlySpan<int> outputs)
    {
        if (outputs.IsEmpty) throw new ArgumentException("A program needs an output.", nameof(outputs));
        _inputs = inputs.ToArray();
        _instructions = instructions.ToArray();
        _outputs = outputs.ToArray();
        _registers = new ElementwiseType[inputs.Length + instructions.Length];
        for (int i = 0; i < inputs.Length; i++) _registers[i] = inputs[i].Loaded();
        for (int i = 0; i < instructions.Length; i++) _registers[inputs.Length + i] = ResultType(instructions[i], inputs.Length + i);
        foreach (int output in outputs)
        {
            if ((uint)output >= (uint)_registers.Length)
                throw new ArgumentException($"Output register {output} does not exist; there are {_registers.Length}.", nameof(outputs));
        }

        HashCode hash = default;
        foreach (ElementwiseType input in _inputs) hash.Add(input);
        foreach (Instruction instruction in _instructions) hash.Add(instruction);
        foreach (int output in _outputs) hash.Add(output);
        _hash = hash.ToHashCode();
    }

    /// <summary>The types of the inputs in memory.</summary>
    public ReadOnlySpan<ElementwiseType> Inputs => _inputs;

    /// <summary>The instructions, in the order of their registers.</summary>
    public ReadOnlySpan<Instruction> Instructions => _instructions;

    /// <summary>The registers that are written out.</summary>
    public ReadOnlySpan<int> Outputs => _outputs;

    /// <summary>The types of all registers: <see cref="ElementwiseType.Float32"/> or <see cref="ElementwiseType.Bool"/>.</summary>
    public ReadOnlySpan<ElementwiseType> Registers => _registers;

    /// <summary>The type of an output.</summary>
    public ElementwiseType OutputType(int index) => _registers[_outputs[index]];

    /// <summary>Whether the operands of an instruction are booleans, going by the last one.</summary>
    public bool IsOnBooleans(Instruction instruction) =>
        _registers[instruction.C >= 0 ? instruction.C : instruction.B >= 0 ? instruction.B : instruction.A] == ElementwiseType.Bool;

    /// <summary>The same program with its inputs in another order, and other outputs.</summary>
    /// <param name="inputs">Per new input, which old one it is.</param>
    /// <param name="outputs">The registers that are written out, as numbered in this program.</param>
    public ElementwiseProgram Rearrange(ReadOnlySpan<int> inputs, ReadOnlySpan<int> outputs)
    {
        int[] register = [.. Enumerable.Range(0, _registers.Length)];
        ElementwiseType[] types = new ElementwiseType[_inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            register[inputs[i]] = i;
            types[i] = _inputs[inputs[i]];
        }

        int[] results = new int[outputs.Length];
        for (int i = 0; i < outputs.Length; i++) results[i] = register[outputs[i]];
        return new ElementwiseProgram(types, Array.ConvertAll(_instructions, instruction => instruction.Rename(r => r < 0 ? r : register[r])), results);
    }

    /// <inheritdoc/>
    public bool Equals(ElementwiseProgram? other) =>
        other is not null && _hash == other._hash
        && _inputs.AsSpan().SequenceEqual(other._inputs)
        && _instructions.AsSpan().SequenceEqual(other._instructions)
        && _outputs.AsSpan().SequenceEqual(other._outputs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ElementwiseProgram);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    private ElementwiseType ResultType(Instruction instruction, int register)
    {
        switch (instruction.Kind)
        {
            case InstructionKind.Constant:
                return ElementwiseType.Float32;
            case InstructionKind.Convert:
                TypeOf(instruction.A, register);
                return instruction.Target is ElementwiseType.Float32 or ElementwiseType.Bool
                    ? instruction.Target
                    : throw Invalid(instruction, register, $"a register cannot be converted to {instruction.Target}");
            default:
                return FunctionType(instruction, register);
        }
    }

    private ElementwiseType FunctionType(Instruction instruction, int register)
    {
        ElementwiseFunction function = instruction.Function;
        int arity = function.Arity();
        ElementwiseType a = TypeOf(instruction.A, register);
        ElementwiseType b = arity >= 2 ? TypeOf(instruction.B, register) : a;
        ElementwiseType c = arity >= 3 ? TypeOf(instruction.C, register) : b;
        if ((arity < 2 && instruction.B != -1) || (arity < 3 && instruction.C != -1))
            throw Invalid(instruction, register, $"{function} takes {arity} operands");

        if (function == ElementwiseFunction.Select)
        {
            if (a != ElementwiseType.Bool) throw Invalid(instruction, register, "the condition is no boolean");
            return b == c ? b : throw Invalid(instruction, register, "the two choices differ in type");
        }

        if (a != b || b != c) throw Invalid(instruction, register, "the operands differ in type");
        bool onBooleans = function.IsLogical() || function.IsBitwise();
        bool onEither = function is ElementwiseFunction.Equal or ElementwiseFunction.NotEqual;
        if (function.IsIntegerOnly() || (!onEither && onBooleans != (a == ElementwiseType.Bool)))
            throw Invalid(instruction, register, $"{function} is not defined on {a}");
        return onBooleans || function.ReturnsBool() ? ElementwiseType.Bool : ElementwiseType.Float32;
    }

    private ElementwiseType TypeOf(int operand, int register) => operand >= 0 && operand < register
        ? _registers[operand]
        : throw new ArgumentException($"Instruction for register {register} uses register {operand}, which is not written before.");

    private static ArgumentException Invalid(Instruction instruction, int register, string reason) =>
        new($"Instruction {instruction} for register {register}: {reason}.");
}
