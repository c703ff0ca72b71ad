using System.Runtime.InteropServices;
using NKeras.Engine.Cpu;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using Convert = NKeras.Engine.Primitives.Convert;

namespace NKeras.Engine.Compiler;

/// <summary>Translates element-wise nodes into a program.</summary>
internal sealed class ProgramBuilder
{
    private const int FirstInexactInteger = 1 << 24;

    private readonly Dictionary<Value, int> _inputs = [];
    private readonly List<Node> _nodes;
    private readonly HashSet<Value> _inside;

    /// <summary>Collects what a program for nodes of one result shape needs.</summary>
    /// <param name="nodes">The nodes, in order.</param>
    public ProgramBuilder(IEnumerable<Node> nodes)
    {
        _nodes = [.. nodes];
        _inside = [.. _nodes.Select(n => n.Output)];
        foreach (Value value in _nodes.SelectMany(n => n.Inputs))
        {
            if (!_inside.Contains(value) && !IsImmediate(value)) _inputs.TryAdd(value, _inputs.Count);
        }
    }

    /// <summary>What enters the program, in order.</summary>
    public IReadOnlyCollection<Value> Inputs => _inputs.Keys;

    /// <summary>Whether a node can be part of a program.</summary>
    public static bool CanTranslate(Node node)
    {
        switch (node.Primitive)
        {
            case Convert { Type: var type }:
                return ElementwiseTypes.Of(node.Inputs[0].DType) != null && (type == DType.Float32 || type == DType.Bool);
            case Elementwise { Function: var function } when function.IsComparison() && node.Inputs[0].DType == DType.Int32:
                return node.Inputs.Any(IsExactInFloat);
            case Elementwise { Function: var function }:
                bool onBooleans = node.Inputs[^1].DType == DType.Bool;
                if (!onBooleans && node.Inputs[^1].DType != DType.Float32) return false;
                return function is ElementwiseFunction.Select or ElementwiseFunction.Equal or ElementwiseFunction.NotEqual
                    || (!function.IsIntegerOnly() && onBooleans == (function.IsLogical() || function.IsBitwise()));
            default:
                return false;
        }
    }

    /// <summary>The program with the given results.</summary>
    public ElementwiseProgram Build(IEnumerable<Value> outputs)
    {
        Dictionary<Value, int> registers = new(_inputs);
        Dictionary<int, int> constants = [];
        List<Instruction> instructions = [];
        int Append(Instruction instruction)
        {
            instructions.Add(instruction);
            return _inputs.Count + instructions.Count - 1;
        }

        int Register(Value value)
        {
            if (registers.TryGetValue(value, out int register)) return register;
            value.IsNumber(out double number);
            Instruction constant = Instruction.Constant((float)number);
            if (!constants.TryGetValue(constant.Bits, out register)) constants[constant.Bits] = register = Append(constant);
            return register;
        }

        foreach (Node node in _nodes)
        {
            int[] operands = Array.ConvertAll(node.Inputs, Register);
            registers[node.Output] = node.Primitive switch
            {
                Elementwise e => Append(new Instruction(e.Function, operands[0], operands.Length > 1 ? operands[1] : -1, operands.Length > 2 ? operands[2] : -1)),
                // Integers become floats as they are loaded.
                Convert { Type: var type } when type == DType.Float32 && node.Inputs[0].DType != DType.Bool => operands[0],
                Convert { Type: var type } => Append(Instruction.Convert(operands[0], ElementwiseTypes.Of(type)!.Value)),
                _ => throw new InvalidOperationException($"{node.Primitive} is not element-wise."),
            };
        }

        ElementwiseType[] types = [.. _inputs.Keys.Select(v => ElementwiseTypes.Of(v.DType)!.Value)];
        return new ElementwiseProgram(types, instructions.ToArray(), [.. outputs.Select(Register)]);
    }

    /// <summary>Whether a value becomes part of the program's code.</summary>
    private static bool IsImmediate(Value value) => value.IsNumber(out _) && (value.DType == DType.Float32 || IsExactInFloat(value));

    /// <summary>
    /// Whether a value is a constant of integers that floats can tell from all others, so that comparing any integer with
    /// it may be done in floats: converting keeps the order, and nothing else becomes equal to it.
    /// </summary>
    private static bool IsExactInFloat(Value value)
    {
        if (value.Constant == null || value.DType != DType.Int32) return false;
        foreach (int number in MemoryMarshal.Cast<byte, int>(((HostStorage)value.Constant.Data).Bytes))
        {
            if (Math.Abs((long)number) >= FirstInexactInteger) return false;
        }

        return true;
    }
}
