using NKeras.Engine.Compiler;
using NKeras.Engine.Cpu;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using NKeras.Engine.Runtime;

namespace NKeras.Engine.Tests.Compiler;

/// <summary>A whole training step: how many kernels it takes, that it learns the same, and that it allocates nothing.</summary>
public sealed class TrainingStepTests
{
    [Fact]
    public void TakesFewKernels()
    {
        Graph graph = new TrainingStep().Graph();
        ExecutionPlan plan = ExecutionPlan.Create(GraphOptimizer.Optimize(graph));
        Assert.True(plan.Kernels.Length <= 16, $"{plan.Kernels.Length} kernels:\n{GraphOptimizer.Optimize(graph)}");
    }

    [Fact]
    public void UpdatesEachWeightAndItsSlotsInPlaceByOneKernel()
    {
        Graph optimised = GraphOptimizer.Optimize(new TrainingStep().Graph());
        IGrouping<Node?, Value>[] writers = [.. optimised.Updates.Select(u => u.Value).GroupBy(v => v.Producer).Where(g => g.Count() == 3)];
        Assert.Equal(4, writers.Length);
        Assert.All(writers, w => Assert.IsType<FusedElementwise>(w.Key!.Primitive));
        Assert.DoesNotContain(ExecutionPlan.Create(optimised).Kernels, k => k is CopyKernel);
    }

    [Theory]
    [InlineData(ElementwiseFunction.Relu)]
    [InlineData(ElementwiseFunction.Tanh)]
    [InlineData(ElementwiseFunction.Softplus)]
    public void LearnsAsThePlainKernelsDo(ElementwiseFunction activation)
    {
        Tensor[] inputs = [Passes.Random(TrainingStep.Inputs[0], 1), Passes.Random(TrainingStep.Inputs[1], 2)];
        TrainingStep plain = new(activation), fast = new(activation);
        Executable reference = new ReferenceBackend().Compile(plain.Graph()), cpu = new CpuBackend().Compile(fast.Graph());
        float first = 0, last = 0;
        for (int i = 0; i < 30; i++)
        {
            float expected = reference.Run(inputs)[0].Item<float>();
            last = cpu.Run(inputs)[0].Item<float>();
            if (i == 0) first = last;
            Assert.Equal(expected, last, 2e-4 * expected);
        }

        Assert.True(last < first / 2, $"from {first} to {last}");
    }

    [Fact]
    public void AllocatesNothingOnceWarm()
    {
        Tensor[] inputs = [Passes.Random(TrainingStep.Inputs[0], 1), Passes.Random(TrainingStep.Inputs[1], 2)];
        ConcreteTensor[] outputs = [ConcreteTensor.Allocate(new TensorSpec(Shape.Scalar, DType.Float32))];
        Executable step = new CpuBackend(new WorkerPool(1)).Compile(new TrainingStep(ElementwiseFunction.Tanh).Graph());
        for (int i = 0; i < 3; i++) step.Run(inputs, outputs);
        long before = GC.GetAllocatedBytesForCurrentThread();
        step.Run(inputs, outputs);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
