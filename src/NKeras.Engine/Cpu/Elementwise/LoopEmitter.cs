using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;

namespace NKeras.Engine.Cpu;

/// <summary>Emits the loop of one program for one vector width; its count must be a whole number of vectors.</summary>
/// <remarks>
/// The IL calls the same vector functions as the interpreter; the just-in-time compiler inlines them. Every register
/// is a local, so that register allocation, constant hoisting and instruction selection are the runtime's.
/// </remarks>
[RequiresDynamicCode("Loops are generated as IL.")]
internal sealed unsafe class LoopEmitter<TOps, V>
    where TOps : ISimdOps<V>
    where V : struct
{
    // Independent copies of a short body keep the arithmetic units busy; a long body has enough work by itself.
    private const int MostCopies = 4;
    private const int LongestUnrolledBody = 20;

    private readonly ElementwiseProgram _program;
    private readonly ulong _splats;
    private readonly DynamicMethod _method;
    private readonly ILGenerator _il;
    private readonly LocalBuilder?[] _pointers;
    private readonly LocalBuilder?[] _hoisted;
    private readonly LocalBuilder _index;
    private readonly LoopCost _cost;

    /// <summary>Prepares the method and its locals.</summary>
    public LoopEmitter(ElementwiseProgram program, ulong splats)
    {
        _program = program;
        _splats = splats;
        _cost = LoopCost.Of(program);
        _method = new DynamicMethod("ElementwiseLoop", typeof(void), [typeof(void**), typeof(nint)], typeof(TOps).Module, skipVisibility: true);
        _il = _method.GetILGenerator();
        _pointers = new LocalBuilder?[program.Inputs.Length + program.Outputs.Length];
        _hoisted = new LocalBuilder?[program.Registers.Length];
        _index = _il.DeclareLocal(typeof(nint));
    }

    /// <summary>Emits the loop and makes it callable.</summary>
    public ElementwiseLoop Emit()
    {
        Label work = _il.DefineLabel();
        _il.Emit(OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Bgt, work);
        _il.Emit(OpCodes.Ret);
        _il.MarkLabel(work);
        EmitPrologue();
        int copies = Math.Clamp(LongestUnrolledBody / Math.Max(_cost.Operations, 1), 1, MostCopies);
        if (copies > 1) EmitLoop(copies);
        EmitLoop(1);
        _il.Emit(OpCodes.Ret);
        return _method.CreateDelegate<ElementwiseLoop>();
    }

    private bool IsSplat(int input) => (_splats >> input & 1) != 0;

    private void EmitPrologue()
    {
        ReadOnlySpan<ElementwiseType> inputs = _program.Inputs;
        for (int i = 0; i < _pointers.Length; i++)
        {
            bool splat = i < inputs.Length && IsSplat(i);
            EmitPointer(i);
            if (splat)
            {
                _il.Emit(OpCodes.Call, Method(inputs[i] switch
                {
                    ElementwiseType.Bool => (Func<nint, V>)VectorTypes.LoadOneBool<TOps, V>,
                    ElementwiseType.Int32 => VectorTypes.LoadOneInt32<TOps, V>,
                    ElementwiseType.UInt32 => VectorTypes.LoadOneUInt32<TOps, V>,
                    _ => VectorTypes.LoadOneFloat32<TOps, V>,
                }));
                _hoisted[i] = StoreNew(typeof(V));
            }
            else
            {
                _pointers[i] = StoreNew(typeof(nint));
            }
        }

        ReadOnlySpan<Instruction> instructions = _program.Instructions;
        for (int i = 0; i < instructions.Length; i++)
        {
            if (instructions[i].Kind != InstructionKind.Constant) continue;
            _il.Emit(OpCodes.Ldc_I4, instructions[i].Bits);
            _il.Emit(OpCodes.Call, Method((Func<int, V>)TOps.SplatBits));
            _hoisted[inputs.Length + i] = StoreNew(typeof(V));
        }

        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Stloc, _index);
    }

    /// <summary>while (index &lt; count - (copies - 1) * lanes) { copies of the body; index += copies * lanes; }</summary>
    private void EmitLoop(int copies)
    {
        Label body = _il.DefineLabel(), test = _il.DefineLabel();
        _il.Emit(OpCodes.Ldarg_1);
        EmitNative((copies - 1) * TOps.Width);
        _il.Emit(OpCodes.Sub);
        LocalBuilder end = StoreNew(typeof(nint));
        _il.Emit(OpCodes.Br, test);
        _il.MarkLabel(body);
        for (int copy = 0; copy < copies; copy++) EmitBody(copy * TOps.Width);
        _il.Emit(OpCodes.Ldloc, _index);
        EmitNative(copies * TOps.Width);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, _index);
        _il.MarkLabel(test);
        _il.Emit(OpCodes.Ldloc, _index);
        _il.Emit(OpCodes.Ldloc, end);
        _il.Emit(OpCodes.Blt, body);
    }

    private void EmitBody(int offset)
    {
        ReadOnlySpan<ElementwiseType> inputs = _program.Inputs;
        LocalBuilder[] registers = new LocalBuilder[_program.Registers.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (_hoisted[i] is null) EmitLoad(i, offset);
            registers[i] = _hoisted[i] ?? StoreNew(typeof(V));
        }

        ReadOnlySpan<Instruction> instructions = _program.Instructions;
        for (int i = 0; i < instructions.Length; i++)
        {
            int register = inputs.Length + i;
            if (_hoisted[register] is null) EmitInstruction(instructions[i], registers);
            registers[register] = _hoisted[register] ?? StoreNew(typeof(V));
        }

        // All stores come last: an output may be the memory of an input.
        for (int i = 0; i < _program.Outputs.Length; i++)
        {
            ElementwiseType type = _program.OutputType(i);
            EmitAddress(inputs.Length + i, offset, type.Size());
            _il.Emit(OpCodes.Ldloc, registers[_program.Outputs[i]]);
            _il.Emit(OpCodes.Call, Method(type == ElementwiseType.Bool
                ? (Action<nint, V>)VectorTypes.StoreBool<TOps, V>
                : VectorTypes.StoreFloat32<TOps, V>));
        }
    }

    private void EmitLoad(int input, int offset)
    {
        ElementwiseType type = _program.Inputs[input];
        EmitAddress(input, offset, type.Size());
        _il.Emit(OpCodes.Call, Method(type switch
        {
            ElementwiseType.Bool => (Func<nint, V>)VectorTypes.LoadBool<TOps, V>,
            ElementwiseType.Int32 => VectorTypes.LoadInt32<TOps, V>,
            ElementwiseType.UInt32 => VectorTypes.LoadUInt32<TOps, V>,
            _ => VectorTypes.LoadFloat32<TOps, V>,
        }));
    }

    private void EmitInstruction(Instruction instruction, LocalBuilder[] registers)
    {
        bool onBooleans = _program.IsOnBooleans(instruction);
        MethodFinder finder = new(_cost.CallsMathematics);
        MethodInfo method = instruction.Kind == InstructionKind.Convert
            ? FunctionTable.VisitConversion<MethodFinder, MethodInfo>(onBooleans, instruction.Target, finder)
            : FunctionTable.Visit<MethodFinder, MethodInfo>(instruction.Function, onBooleans, finder);
        foreach (int operand in (ReadOnlySpan<int>)[instruction.A, instruction.B, instruction.C])
        {
            if (operand >= 0) _il.Emit(OpCodes.Ldloc, registers[operand]);
        }

        _il.Emit(OpCodes.Call, method);
    }

    private void EmitPointer(int index)
    {
        _il.Emit(OpCodes.Ldarg_0);
        EmitNative(index * sizeof(nint));
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldind_I);
    }

    /// <summary>pointer + index * size + offset * size, in the shape of one x64 address.</summary>
    private void EmitAddress(int pointer, int offset, int size)
    {
        _il.Emit(OpCodes.Ldloc, _pointers[pointer]!);
        _il.Emit(OpCodes.Ldloc, _index);
        EmitNative(size);
        _il.Emit(OpCodes.Mul);
        _il.Emit(OpCodes.Add);
        EmitNative(offset * size);
        _il.Emit(OpCodes.Add);
    }

    private void EmitNative(int value)
    {
        _il.Emit(OpCodes.Ldc_I4, value);
        _il.Emit(OpCodes.Conv_I);
    }

    private LocalBuilder StoreNew(Type type)
    {
        LocalBuilder local = _il.DeclareLocal(type);
        _il.Emit(OpCodes.Stloc, local);
        return local;
    }

    private static MethodInfo Method(Delegate method) => method.Method;

    /// <summary>Finds the method of a function without looking for its name, so that trimming keeps it.</summary>
    private readonly struct MethodFinder(bool callsMathematics) : IFunctionVisitor<MethodInfo>
    {
        public MethodInfo Unary<TFunction>()
            where TFunction : IUnaryFunction => callsMathematics && TFunction.IsLong
                ? Method((Func<V, V>)OutOfLine.Invoke<TFunction, TOps, V>)
                : Method((Func<V, V>)TFunction.Invoke<TOps, V>);

        public MethodInfo Binary<TFunction>()
            where TFunction : IBinaryFunction => Method((Func<V, V, V>)TFunction.Invoke<TOps, V>);

        public MethodInfo Ternary<TFunction>()
            where TFunction : ITernaryFunction => Method((Func<V, V, V, V>)TFunction.Invoke<TOps, V>);
    }
}
