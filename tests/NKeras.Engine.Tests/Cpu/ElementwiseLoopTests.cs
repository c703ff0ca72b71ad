using NKeras.Engine.Cpu;
using NKeras.Engine.Primitives;
using Convert = System.Convert;
using F = NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Tests.Cpu;

[Collection("Simd")]
public sealed unsafe class ElementwiseLoopTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Compiled_and_interpreted_programs_agree_to_the_bit(bool smooth)
    {
        for (int seed = 0; seed < 25; seed++)
        {
            Random random = new(seed);
            ElementwiseProgram program = RandomPrograms.Create(random, smooth, 3 + random.Next(20));
            ulong splats = seed % 3 == 0 ? (ulong)random.Next(32) : 0;
            Array[] inputs = [.. program.Inputs.ToArray().Select(type => RandomPrograms.Data(random, type, 5000, !smooth))];
            foreach (SimdLevel level in SimdLevels.All)
            {
                ElementwiseLoop compiled = Get(program, splats, level, false), interpreted = Get(program, splats, level, true);
                foreach (int count in (int[])[.. Enumerable.Range(0, 101), 1023, 1024, 1025, 5000])
                {
                    Array[] a = Outputs(program, count), b = Outputs(program, count);
                    Loops.Run(compiled, count, [.. inputs, .. a]);
                    Loops.Run(interpreted, count, [.. inputs, .. b]);
                    for (int i = 0; i < a.Length; i++) Bits.AssertSame(a[i], b[i], $"seed {seed}, {level}, {count} elements, output {i}");
                }
            }
        }
    }

    [Fact]
    public void Programs_compute_what_a_plain_evaluator_does()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Random random = new(seed);
            ElementwiseProgram program = RandomPrograms.Create(random, smooth: true, 6);
            ulong splats = seed % 2 == 0 ? (ulong)random.Next(32) : 0;
            const int Count = 77;
            Array[] inputs = [.. program.Inputs.ToArray().Select(type => RandomPrograms.Data(random, type, Count, false))];
            Array[] outputs = Outputs(program, Count);
            Loops.Run(Get(program, splats, Simd.Level, false), Count, [.. inputs, .. outputs]);
            for (int i = 0; i < Count; i++)
            {
                double[] expected = RandomPrograms.Evaluate(
                    program, k => Convert.ToDouble(inputs[k].GetValue((splats >> k & 1) != 0 ? 0 : i)));
                for (int k = 0; k < outputs.Length; k++)
                    Assert.Equal(expected[program.Outputs[k]], Convert.ToDouble(outputs[k].GetValue(i)), 1e-3 * (1 + Math.Abs(expected[program.Outputs[k]])));
            }
        }
    }

    [Theory]
    [InlineData(F.FloorDivide)]
    [InlineData(F.Remainder)]
    [InlineData(F.Power)]
    [InlineData(F.Atan2)]
    [InlineData(F.Maximum)]
    [InlineData(F.Minimum)]
    [InlineData(F.Divide)]
    public void Functions_of_two_operands_match_on_small_numbers(ElementwiseFunction function)
    {
        float[] values = [-3, -2.5f, -1, -0.5f, 0, 0.5f, 1, 2, 2.5f, 3, float.NaN];
        (float[] a, float[] b) = ([.. values.SelectMany(_ => values)], [.. values.SelectMany(v => values.Select(_ => v))]);
        float[] y = new float[a.Length];
        Loops.Run(Get(Loops.Single(function), 0, Simd.Level, false), y.Length, a, b, y);
        for (int i = 0; i < y.Length; i++)
        {
            double error = References.Ulps(y[i], References.Binary(function, a[i], b[i]));
            Assert.True(error <= 2, $"{function}({a[i]}, {b[i]}) = {y[i]}: {error} ulp.");
        }
    }

    [Fact]
    public void Remainders_have_the_sign_of_the_divisor()
    {
        float[] a = [5, -5, 5, -5, 6, -6], b = [3, 3, -3, -3, 3, 3], y = new float[6];
        Loops.Run(Get(Loops.Single(F.Remainder), 0, Simd.Level, false), 6, a, b, y);
        Assert.Equal([2, 1, -1, -2, 0, 0], y);
        Loops.Run(Get(Loops.Single(F.FloorDivide), 0, Simd.Level, false), 6, a, b, y);
        Assert.Equal([1, -2, -2, 1, 2, -2], y);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_output_may_be_the_memory_of_an_input(bool interpret)
    {
        // Adam's shape: three arrays are read and replaced, a fourth one is read.
        ElementwiseProgram program = new(
            [ElementwiseType.Float32, ElementwiseType.Float32, ElementwiseType.Float32, ElementwiseType.Float32],
            [
                new(F.Add, 1, 3), new(F.Square, 3), new(F.Add, 2, 5), new(F.Sqrt, 6), new(F.Divide, 4, 7), new(F.Subtract, 0, 8),
            ],
            [9, 4, 6]);
        foreach (int count in (int[])[5, 64, 3001])
        {
            Random random = new(count);
            float[][] x = [.. Enumerable.Range(0, 4).Select(_ => (float[])RandomPrograms.Data(random, ElementwiseType.Float32, count, false))];
            x[2] = [.. x[2].Select(Math.Abs)];
            float[][] apart = [.. Enumerable.Range(0, 3).Select(_ => new float[count])];
            ElementwiseLoop loop = Get(program, 0, Simd.Level, interpret);
            Loops.Run(loop, count, [.. x, .. apart]);
            Loops.Run(loop, count, x[0], x[1], x[2], x[3], x[0], x[1], x[2]);
            for (int i = 0; i < 3; i++) Assert.Equal(apart[i], x[i]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Running_allocates_nothing(bool interpret)
    {
        ElementwiseLoop loop = Get(Loops.Single(F.Tanh), 0, Simd.Level, interpret);
        float[] x = new float[1001];
        using Loops.Pinned pinned = new(x, x);
        loop(pinned.Pointers, x.Length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) loop(pinned.Pointers, x.Length);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Loops_are_made_once() =>
        Assert.Same(Get(Loops.Single(F.Exp), 1, Simd.Level, false), Get(Loops.Single(F.Exp), 1, Simd.Level, false));

    [Fact]
    public void Very_long_programs_compile()
    {
        F[] functions = [F.Tanh, F.Exp, F.Sin, F.Sigmoid];
        List<Instruction> code = [];
        for (int i = 0; i < 60; i++) code.Add(new Instruction(functions[i % 4], i));
        ElementwiseProgram program = new([ElementwiseType.Float32], code.ToArray(), [60]);
        float[] x = [.. Enumerable.Range(0, 100).Select(i => i * 0.01f)], a = new float[100], b = new float[100];
        Loops.Run(Get(program, 0, Simd.Level, false), 100, x, a);
        Loops.Run(Get(program, 0, Simd.Level, true), 100, x, b);
        Assert.Equal(a, b);
    }

    private static Array[] Outputs(ElementwiseProgram program, int count) =>
        [.. Enumerable.Range(0, program.Outputs.Length).Select(i => RandomPrograms.Room(program.OutputType(i), count))];

    private static ElementwiseLoop Get(ElementwiseProgram program, ulong splats, SimdLevel level, bool interpret)
    {
        ElementwiseLoops.ForceInterpreter = interpret;
        try
        {
            return ElementwiseLoops.Get(program, splats, level);
        }
        finally
        {
            ElementwiseLoops.ForceInterpreter = false;
        }
    }
}
