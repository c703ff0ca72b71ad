namespace NKeras.Engine.Cpu;

/// <summary>How much work the body of a loop is, roughly.</summary>
/// <param name="Operations">About how many vector operations the body has.</param>
/// <param name="CallsMathematics">
/// Whether there are too many long functions to inline all of them: the just-in-time compiler gives up on methods with
/// very many locals, and would then call even single operations.
/// </param>
internal readonly record struct LoopCost(int Operations, bool CallsMathematics)
{
    private const int OperationsOfLongFunction = 20;
    private const int MostInlinedLongFunctions = 6;

    /// <summary>Estimates a program.</summary>
    public static LoopCost Of(ElementwiseProgram program)
    {
        int operations = 0, longFunctions = 0;
        foreach (Instruction instruction in program.Instructions)
        {
            if (instruction.Kind == InstructionKind.Constant) continue;
            bool isLong = instruction.Kind == InstructionKind.Apply
                && FunctionTable.Visit<LengthFinder, bool>(instruction.Function, false, default);
            operations += isLong ? OperationsOfLongFunction : 1;
            if (isLong) longFunctions++;
        }

        return new LoopCost(operations, longFunctions > MostInlinedLongFunctions);
    }

    private readonly struct LengthFinder : IFunctionVisitor<bool>
    {
        public bool Unary<TFunction>()
            where TFunction : IUnaryFunction => TFunction.IsLong;

        public bool Binary<TFunction>()
            where TFunction : IBinaryFunction => false;

        public bool Ternary<TFunction>()
            where TFunction : ITernaryFunction => false;
    }
}
