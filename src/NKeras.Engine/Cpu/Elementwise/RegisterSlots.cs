namespace NKeras.Engine.Cpu;

/// <summary>Lets registers of a program that are not needed at the same time share memory.</summary>
internal static class RegisterSlots
{
    private const int Forever = int.MaxValue;

    /// <summary>A slot for every register.</summary>
    public static int[] Assign(ElementwiseProgram program, ulong splats, out int count)
    {
        int inputs = program.Inputs.Length;
        int[] lastUse = LastUses(program, splats);
        int[] slots = new int[lastUse.Length];
        Stack<int> free = new();
        count = inputs;
        for (int i = 0; i < inputs; i++) slots[i] = i; // All inputs are loaded before the first instruction.
        for (int i = inputs; i < slots.Length; i++)
        {
            // Constants are written once and before everything else: they never take a slot another one has left.
            bool constant = program.Instructions[i - inputs].Kind == InstructionKind.Constant;
            slots[i] = !constant && free.TryPop(out int slot) ? slot : count++;
            for (int j = 0; j <= i; j++)
            {
                if (lastUse[j] == i) free.Push(slots[j]);
            }
        }

        return slots;
    }

    private static int[] LastUses(ElementwiseProgram program, ulong splats)
    {
        int inputs = program.Inputs.Length;
        int[] lastUse = new int[program.Registers.Length];
        for (int i = 0; i < lastUse.Length; i++) lastUse[i] = i;
        for (int i = 0; i < program.Instructions.Length; i++)
        {
            Instruction instruction = program.Instructions[i];
            foreach (int operand in (ReadOnlySpan<int>)[instruction.A, instruction.B, instruction.C])
            {
                if (operand >= 0) lastUse[operand] = inputs + i;
            }
        }

        foreach (int output in program.Outputs) lastUse[output] = Forever;
        for (int i = 0; i < lastUse.Length; i++)
        {
            bool kept = i < inputs
                ? (splats >> i & 1) != 0
                : program.Instructions[i - inputs].Kind == InstructionKind.Constant;
            if (kept) lastUse[i] = Forever;
        }

        return lastUse;
    }
}
