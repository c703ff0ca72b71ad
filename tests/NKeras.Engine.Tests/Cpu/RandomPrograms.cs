using NKeras.Engine.Cpu;
using NKeras.Engine.Primitives;
using F = NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Tests.Cpu;

/// <summary>Programs, data and expected results made from a seed.</summary>
internal static class RandomPrograms
{
    // Functions that neither blow up rounding errors nor jump, so that a plain evaluator comes out close.
    private static readonly F[] s_smooth =
        [F.Negate, F.Abs, F.Tanh, F.Sigmoid, F.Erf, F.Sin, F.Cos, F.Atan, F.Relu, F.Add, F.Subtract, F.Multiply, F.Maximum, F.Minimum, F.MultiplyAdd];

    private static readonly F[] s_all = [.. Enum.GetValues<F>().Where(f => !f.IsIntegerOnly())];

    public static ElementwiseProgram Create(Random random, bool smooth, int instructions, bool floatInputs = false)
    {
        List<ElementwiseType> inputs = [ElementwiseType.Float32, ElementwiseType.Float32];
        if (!floatInputs) inputs.AddRange([ElementwiseType.Bool, ElementwiseType.Int32, ElementwiseType.UInt32]);
        List<ElementwiseType> types = [.. inputs.Select(type => type.Loaded())];
        List<Instruction> code = [];
        for (int i = 0; i < instructions; i++)
        {
            Instruction instruction = Next(random, smooth, types);
            code.Add(instruction);
            types.Add(new ElementwiseProgram(inputs.ToArray(), code.ToArray(), [0]).Registers[^1]);
        }

        int last = types.Count - 1;
        int[] outputs = random.Next(3) switch { 0 => [last], 1 => [last, random.Next(types.Count)], _ => [last, last - 1, last] };
        return new ElementwiseProgram(inputs.ToArray(), code.ToArray(), outputs);
    }

    public static Array Data(Random random, ElementwiseType type, int count, bool wild)
    {
        float[] specials = [0f, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e-40f, float.MaxValue, -1e9f];
        switch (type)
        {
            case ElementwiseType.Bool:
                return Enumerable.Range(0, count).Select(_ => (byte)random.Next(2)).ToArray();
            case ElementwiseType.Int32:
                return Enumerable.Range(0, count).Select(_ => wild ? (int)random.NextInt64(int.MinValue, int.MaxValue) : random.Next(-4, 5)).ToArray();
            case ElementwiseType.UInt32:
                return Enumerable.Range(0, count).Select(_ => wild ? (uint)random.NextInt64(uint.MaxValue) : (uint)random.Next(5)).ToArray();
            default:
                return Enumerable.Range(0, count)
                    .Select(_ => wild && random.Next(8) == 0 ? specials[random.Next(specials.Length)] : (float)((random.NextDouble() * 6) - 3)).ToArray();
        }
    }

    public static Array Room(ElementwiseType type, int count) => type == ElementwiseType.Bool ? new byte[count] : new float[count];

    /// <summary>Evaluates one element in double precision; booleans are 0 and 1.</summary>
    public static double[] Evaluate(ElementwiseProgram program, Func<int, double> input)
    {
        List<double> registers = [.. Enumerable.Range(0, program.Inputs.Length).Select(input)];
        foreach (Instruction i in program.Instructions)
        {
            registers.Add(i.Kind switch
            {
                InstructionKind.Constant => i.Value,
                InstructionKind.Convert => i.Target == ElementwiseType.Bool ? (registers[i.A] != 0 ? 1 : 0) : registers[i.A],
                _ => i.Function.Arity() switch
                {
                    1 when i.Function is F.LogicalNot or F.BitwiseNot => 1 - registers[i.A],
                    1 => References.Unary(i.Function, registers[i.A]),
                    2 => References.Binary(i.Function, registers[i.A], registers[i.B]),
                    _ => References.Ternary(i.Function, registers[i.A], registers[i.B], registers[i.C]),
                },
            });
        }

        return [.. registers];
    }

    private static Instruction Next(Random random, bool smooth, List<ElementwiseType> types)
    {
        if (random.Next(10) == 0) return Instruction.Constant((float)((random.NextDouble() * 2) - 1));
        if (random.Next(10) == 0) return Instruction.Convert(random.Next(types.Count), smooth ? ElementwiseType.Float32 : (ElementwiseType)random.Next(2));
        while (true)
        {
            F function = smooth ? s_smooth[random.Next(s_smooth.Length)] : s_all[random.Next(s_all.Length)];
            bool booleans = function.IsLogical() || function.IsBitwise();
            ElementwiseType type = booleans ? ElementwiseType.Bool : ElementwiseType.Float32;
            if (function is F.Equal or F.NotEqual or F.Select) type = (ElementwiseType)random.Next(2);
            int a = Pick(function == F.Select ? ElementwiseType.Bool : type), b = Pick(type), c = Pick(type);
            if (a < 0 || b < 0) continue;
            return new Instruction(function, a, function.Arity() > 1 ? b : -1, function.Arity() > 2 ? c : -1);
        }

        int Pick(ElementwiseType type)
        {
            int[] fitting = [.. Enumerable.Range(0, types.Count).Where(i => types[i] == type)];
            return fitting.Length == 0 ? -1 : fitting[random.Next(fitting.Length)];
        }
    }
}
