using NKeras.Engine.Compiler;
using NKeras.Engine.Cpu;
using NKeras.Engine.Runtime;
using NKeras.Engine.Tests.Primitives;

namespace NKeras.Engine.Tests.Cpu.Kernels;

/// <summary>What holds for every kernel of the processor: every vector width, any number of threads, no garbage.</summary>
[Collection("Simd")]
public sealed class CpuKernelTests
{
    public static TheoryData<string> Groups => [.. PrimitiveCases.Groups];

    [Theory]
    [MemberData(nameof(Groups))]
    public void EveryVectorWidthAgreesWithTheReference(string group) => SimdLevels.ForEach(_ =>
    {
        foreach (PrimitiveCase test in PrimitiveCases.InGroup(group).Where(HasKernel))
            test.Check(new CpuBackend(Pools.OfThreads(1)).Compile(test.ToGraph()).Run(test.Inputs));
    });

    [Theory]
    [MemberData(nameof(Groups))]
    public void AnyNumberOfThreadsGivesTheSameBits(string group)
    {
        foreach (PrimitiveCase test in PrimitiveCases.InGroup(group).Where(HasKernel))
        {
            Tensor[] alone = new CpuBackend(Pools.OfThreads(1)).Compile(test.ToGraph()).Run(test.Inputs);
            foreach (WorkerPool pool in (WorkerPool[])[Pools.OfThreads(2), Pools.OfThreads(3)])
            {
                Tensor[] together = new CpuBackend(pool).Compile(test.ToGraph()).Run(test.Inputs);
                for (int i = 0; i < alone.Length; i++)
                    Assert.True(((HostStorage)alone[i].Data).Bytes.SequenceEqual(((HostStorage)together[i].Data).Bytes), $"{test} with {pool.ThreadCount} threads");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void SecondRunAllocatesNothing(string group)
    {
        foreach (PrimitiveCase test in PrimitiveCases.InGroup(group).Where(HasKernel))
        {
            Executable run = new CpuBackend(Pools.OfThreads(2)).Compile(test.ToGraph());
            Tensor[] inputs = test.Inputs;
            ConcreteTensor[] outputs = [.. run.OutputSpecs.Select(ConcreteTensor.Allocate)];
            run.Run(inputs, outputs);
            long before = GC.GetAllocatedBytesForCurrentThread();
            run.Run(inputs, outputs);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated == 0, $"{test} allocates {allocated} bytes");
        }
    }

    /// <summary>Nothing that training in float32 needs is left to the plain kernels; convolutions over three axes and the search for labels are.</summary>
    [Fact]
    public void EveryPrimitiveHasAKernelForFloats()
    {
        Assert.Empty(PrimitiveCases.All.Where(test =>
            test.Group.EndsWith(" float32", StringComparison.Ordinal) && test.Operands.All(o => o.Shape.Rank < 5) && !test.Group.StartsWith("CtcBeamSearch ", StringComparison.Ordinal) && !HasKernel(test)).Select(test => test.Group).Distinct());
    }

    [Theory]
    [InlineData("Equal int32")]
    [InlineData("Add int64")]
    [InlineData("Multiply float64")]
    [InlineData("LogicalAnd bool")]
    [InlineData("Select uint8")]
    [InlineData("Exp float64")]
    [InlineData("Convert int32")]
    [InlineData("Gather bfloat16")]
    [InlineData("MatMul bfloat16")]
    [InlineData("MatMul float16")]
    [InlineData("Transpose int16")]
    public void OtherTypesHaveKernelsToo(string group) => Assert.All(PrimitiveCases.InGroup(group), test => Assert.True(HasKernel(test), test.ToString()));

    private static bool HasKernel(PrimitiveCase test) =>
        ExecutionPlan.Create(GraphOptimizer.Optimize(test.ToGraph())).Kernels.All(k => k is not ReferenceKernel);
}
