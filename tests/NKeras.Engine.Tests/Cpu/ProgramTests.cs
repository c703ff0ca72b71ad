using NKeras.Engine.Cpu;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Tests.Cpu;

public sealed class ProgramTests
{
    [Fact]
    public void Programs_are_equal_by_structure()
    {
        Assert.Equal(Fused(0.5f), Fused(0.5f));
        Assert.Equal(Fused(0.5f).GetHashCode(), Fused(0.5f).GetHashCode());
        Assert.NotEqual(Fused(0.5f), Fused(0.25f));
        Assert.NotEqual(Fused(0f), Fused(-0f));
        Assert.Equal(Fused(float.NaN), Fused(float.NaN));
    }

    [Fact]
    public void Types_of_registers_follow_from_the_inputs()
    {
        ElementwiseProgram program = new(
            [ElementwiseType.Int32, ElementwiseType.Bool],
            [new(ElementwiseFunction.IsNan, 0), new(ElementwiseFunction.LogicalOr, 1, 2), Instruction.Convert(3, ElementwiseType.Float32)],
            [3, 4]);

        Assert.Equal([ElementwiseType.Float32, ElementwiseType.Bool, ElementwiseType.Bool, ElementwiseType.Bool, ElementwiseType.Float32], program.Registers.ToArray());
        Assert.Equal(ElementwiseType.Bool, program.OutputType(0));
        Assert.Equal(ElementwiseType.Float32, program.OutputType(1));
    }

    [Theory]
    [InlineData(ElementwiseFunction.Add, 0, 1, -1)]
    [InlineData(ElementwiseFunction.Add, 1, 1, -1)]
    [InlineData(ElementwiseFunction.Add, 0, 2, -1)]
    [InlineData(ElementwiseFunction.Add, 0, -1, -1)]
    [InlineData(ElementwiseFunction.Exp, 0, 0, -1)]
    [InlineData(ElementwiseFunction.LogicalNot, 0, -1, -1)]
    [InlineData(ElementwiseFunction.LeftShift, 0, 0, -1)]
    [InlineData(ElementwiseFunction.BitwiseAnd, 0, 0, -1)]
    [InlineData(ElementwiseFunction.Select, 0, 0, 0)]
    [InlineData(ElementwiseFunction.Select, 1, 0, 1)]
    public void Instructions_that_do_not_fit_their_operands_are_refused(ElementwiseFunction function, int a, int b, int c) =>
        Assert.Throws<ArgumentException>(() => new ElementwiseProgram(
            [ElementwiseType.Float32, ElementwiseType.Bool], [new Instruction(function, a, b, c)], [0]));

    [Fact]
    public void Outputs_must_exist() =>
        Assert.Throws<ArgumentException>(() => new ElementwiseProgram([ElementwiseType.Float32], [], [1]));

    private static ElementwiseProgram Fused(float constant) => new(
        [ElementwiseType.Float32, ElementwiseType.Float32],
        [new(ElementwiseFunction.Multiply, 0, 1), Instruction.Constant(constant), new(ElementwiseFunction.Add, 2, 3)],
        [4]);
}
