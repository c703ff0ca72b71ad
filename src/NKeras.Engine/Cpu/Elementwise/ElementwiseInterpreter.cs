using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>Runs programs where no code can be generated: tile by tile, one vector function after the other.</summary>
internal static class ElementwiseInterpreter
{
    /// <summary>A loop that interprets a program.</summary>
    /// <param name="program">What is computed.</param>
    /// <param name="splats">Bit i is set if input i is one value for the whole run.</param>
    /// <param name="level">The vector width.</param>
    public static unsafe ElementwiseLoop Create(ElementwiseProgram program, ulong splats, SimdLevel level) => level switch
    {
        SimdLevel.Avx512 => new TileInterpreter<Simd512, Vector512<float>>(program, splats).Run,
        SimdLevel.Avx2 => new TileInterpreter<Simd256, Vector256<float>>(program, splats).Run,
        _ => new TileInterpreter<Simd128, Vector128<float>>(program, splats).Run,
    };
}

/// <summary>A program prepared for interpretation at one vector width.</summary>
internal sealed unsafe class TileInterpreter<TOps, V>
    where TOps : ISimdOps<V>
    where V : struct
{
    // The tiles of all registers together stay within the first-level cache where the program is not very long.
    private const int TileBytes = 64 * 1024;
    private const int LongestTile = 1024;
    private const int ShortestTile = 64;

    private readonly ElementwiseProgram _program;
    private readonly ulong _splats;
    private readonly nint[] _steps;
    private readonly int[] _slots;
    private readonly bool[] _direct;
    private readonly int _slotCount;
    private readonly int _tile;

    /// <summary>Looks up the steps and assigns tiles to registers.</summary>
    public TileInterpreter(ElementwiseProgram program, ulong splats)
    {
        _program = program;
        _splats = splats;
        _steps = new nint[program.Instructions.Length];
        for (int i = 0; i < _steps.Length; i++) _steps[i] = Step(program, program.Instructions[i]);
        _slots = RegisterSlots.Assign(program, splats, out _slotCount);
        _tile = Math.Clamp(TileBytes / 4 / _slotCount / ShortestTile * ShortestTile, ShortestTile, LongestTile);

        // A float input is used where it lies, except as an output: the memory may have been written by then.
        _direct = new bool[program.Inputs.Length];
        for (int i = 0; i < _direct.Length; i++)
            _direct[i] = program.Inputs[i] == ElementwiseType.Float32 && !IsSplat(i) && !program.Outputs.Contains(i);
    }

    /// <summary>The loop.</summary>
    [SkipLocalsInit]
    public void Run(void** pointers, nint count)
    {
        if (count <= 0) return;
        nint tile = Math.Min(_tile, RoundUp(count));
        byte* memory = stackalloc byte[(_slotCount * (int)tile * sizeof(float)) + TailLoop.VectorBytes];
        float* tiles = (float*)(((nint)memory + TailLoop.VectorBytes - 1) & -TailLoop.VectorBytes);
        float** registers = stackalloc float*[_program.Registers.Length];
        for (int i = 0; i < _slots.Length; i++) registers[i] = tiles + (_slots[i] * tile);
        FillSplats(pointers, registers, tile);
        for (nint start = 0; start < count; start += tile)
            RunTile(pointers, registers, tiles, tile, start, Math.Min(tile, count - start));
    }

    private static nint RoundUp(nint count) => (count + TOps.Width - 1) & -TOps.Width;

    private static nint Step(ElementwiseProgram program, Instruction instruction)
    {
        TileLoops<TOps, V>.Finder finder = default;
        bool onBooleans = instruction.Kind != InstructionKind.Constant && program.IsOnBooleans(instruction);
        return instruction.Kind switch
        {
            InstructionKind.Constant => 0,
            InstructionKind.Convert => FunctionTable.VisitConversion<TileLoops<TOps, V>.Finder, nint>(onBooleans, instruction.Target, finder),
            _ => FunctionTable.Visit<TileLoops<TOps, V>.Finder, nint>(instruction.Function, onBooleans, finder),
        };
    }

    private bool IsSplat(int input) => (_splats >> input & 1) != 0;

    private void FillSplats(void** pointers, float** registers, nint tile)
    {
        ReadOnlySpan<ElementwiseType> inputs = _program.Inputs;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (IsSplat(i)) TileLoops<TOps, V>.FillFrom(inputs[i], pointers[i], registers[i], tile);
        }

        ReadOnlySpan<Instruction> instructions = _program.Instructions;
        for (int i = 0; i < instructions.Length; i++)
        {
            if (instructions[i].Kind == InstructionKind.Constant)
                TileLoops<TOps, V>.Fill(TOps.SplatBits(instructions[i].Bits), registers[inputs.Length + i], tile);
        }
    }

    private void RunTile(void** pointers, float** registers, float* tiles, nint tile, nint start, nint count)
    {
        nint padded = RoundUp(count);
        ReadOnlySpan<ElementwiseType> inputs = _program.Inputs;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (IsSplat(i)) continue;
            byte* source = (byte*)pointers[i] + (start * inputs[i].Size());
            if (_direct[i] && padded == count)
            {
                registers[i] = (float*)source;
                continue;
            }

            registers[i] = tiles + (_slots[i] * tile);
            TileLoops<TOps, V>.Load(inputs[i], source, registers[i], count);
        }

        ReadOnlySpan<Instruction> instructions = _program.Instructions;
        for (int i = 0; i < instructions.Length; i++)
        {
            Instruction instruction = instructions[i];
            if (instruction.Kind == InstructionKind.Constant) continue;
            var step = (delegate*<float*, float*, float*, float*, nint, void>)_steps[i];
            step(
                registers[inputs.Length + i],
                registers[instruction.A],
                registers[Math.Max(instruction.B, 0)],
                registers[Math.Max(instruction.C, 0)],
                padded);
        }

        ReadOnlySpan<int> outputs = _program.Outputs;
        for (int i = 0; i < outputs.Length; i++)
        {
            ElementwiseType type = _program.OutputType(i);
            TileLoops<TOps, V>.Store(type, registers[outputs[i]], (byte*)pointers[inputs.Length + i] + (start * type.Size()), count);
        }
    }
}
