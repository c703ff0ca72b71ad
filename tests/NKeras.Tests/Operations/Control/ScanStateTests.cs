using NKeras.Engine;
using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras.Tests.Operations.Control;

/// <summary>State that the body of a scan reads and assigns to, random numbers in it, and the memory that it takes.</summary>
public sealed class ScanStateTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void StateIsCarriedFromStepToStep(bool compiled)
    {
        Variable total = new(Tensor.From([10f])), factor = new(Tensor.From([2f]));
        Tensor[] Run(Tensor[] a)
        {
            (Tensor carry, Tensor result) = Ops.Scan((c, x) =>
            {
                total.AssignAdd(x * factor.Value);
                return (c + total.Value, total.Value);
            }, Ops.Zeros([1]), a[0]);
            return [carry, result, total.Value];
        }

        Tensor xs = Tensor.From([1f, 2, 3], [3, 1]);
        for (int run = 0; run < 2; run++)
        {
            Tensor[] results = compiled ? Programs.Compiled(Run, xs) : Run([xs]);
            float start = 10 + (12 * run);
            Assert.Equal([start + 2, start + 6, start + 12], results[1].ToArray<float>());
            Assert.Equal([(3 * start) + 20], results[0].ToArray<float>());
            Assert.Equal([start + 12], results[2].ToArray<float>());
            Assert.Equal([start + 12], total.Value.ToArray<float>());
            Assert.Equal([2f], factor.Value.ToArray<float>());
        }
    }

    [Fact]
    public void StateInNestedBranchesAndScans()
    {
        Variable count = new(Tensor.From([0f]));
        Tensor[] Run(Tensor[] a)
        {
            (Tensor carry, _) = Ops.Scan((c, x) =>
            {
                Ops.Cond(x > 1, () => count.AssignAdd(Ops.Ones([1])), () => { });
                (Tensor inner, _) = Ops.Scan((d, _) =>
                {
                    count.AssignAdd(10 * Ops.Ones([1]));
                    return (d + Ops.Sum(count.Value), null!);
                }, c, length: 2);
                return (inner, null!);
            }, 0f, a[0]);
            return [carry];
        }

        // Counts seen: 10, 20; 31, 41; 52, 62.
        Assert.Equal(216f, Programs.Compiled(Run, Tensor.From([1f, 2, 3]))[0].Item<float>());
        Assert.Equal(62f, count.Value.Item<float>());
        count.Assign(Ops.Zeros([1]));
        Assert.Equal(216f, Run([Tensor.From([1f, 2, 3])])[0].Item<float>());
        Assert.Equal(62f, count.Value.Item<float>());
    }

    [Fact]
    public void EachStepDrawsOtherNumbersAndTheGeneratorMovesOn()
    {
        float[] Draw(int mode, out uint[] state)
        {
            SeedGenerator seed = new(7);
            Tensor Run(Tensor x) => Ops.Scan((c, _) => (c, RandomOps.Uniform([2], seed: seed)), x, length: 3, unroll: mode == 2).Result;
            float[] drawn = (mode == 0 ? Run(0f) : Programs.Compiled(a => [Run(a[0])], 0f)[0]).ToArray<float>();
            state = seed.State.Value.ToArray<uint>();
            return drawn;
        }

        float[] rolled = Draw(0, out uint[] afterRolled), compiled = Draw(1, out uint[] afterCompiled), unrolled = Draw(2, out uint[] afterUnrolled);
        Assert.Equal(6, rolled.Distinct().Count());
        Assert.Equal(rolled, compiled);
        Assert.Equal(rolled, unrolled);
        Assert.Equal(afterRolled, afterCompiled);
        Assert.Equal(afterRolled, afterUnrolled);
        Assert.Equal([7u, 3u], afterRolled);
    }

    [Fact]
    public void GradientsOfWeightsReadInsideAreThoseOfTheUnrolledScan()
    {
        Variable kernel = new(Tensor.From([0.5f, -0.25f, 0.125f, 1f], [2, 2]));
        Tensor[] Run(Tensor[] a, bool unroll)
        {
            (Tensor carry, _) = Ops.Scan((c, x) => (Ops.Tanh(Ops.Matmul(c, kernel.Value) + x), null!), Ops.Zeros([3, 2]), a[0], unroll: unroll);
            return [.. Differentiation.Gradients(Ops.Sum(Ops.Square(carry)), [kernel.Value, a[0]])];
        }

        Tensor xs = Ops.Cast(Programs.Random(3, 4, 3, 2), "float32");
        Tensor[] rolled = Programs.Compiled(a => Run(a, false), xs), unrolled = Programs.Compiled(a => Run(a, true), xs);
        for (int i = 0; i < 2; i++) Programs.Close(unrolled[i].ToArray<float>(), rolled[i].ToArray<float>());
    }

    [Fact]
    public void CompiledLoopsAllocateNothing()
    {
        Variable count = new(Tensor.From([0f]));
        Executable program = Jit.Compile([new TensorSpec(new Shape([20, 4, 8]), DType.Float32), new TensorSpec(new Shape([8, 8]), DType.Float32)], a =>
        {
            (Tensor carry, Tensor ys) = Ops.Scan((h, x) =>
            {
                Tensor next = Ops.Tanh(Ops.Matmul(h, a[1]) + x);
                count.AssignAdd(Ops.Ones([1]));
                return (Ops.Cond(Ops.Sum(next) > 0, () => next, () => next * 0.5), next);
            }, Ops.Zeros([4, 8]), a[0]);
            Tensor powers = Ops.WhileLoop(v => v < 1000, v => v * 2, Ops.Abs(Ops.Sum(carry)) + 1);
            return [.. Differentiation.Gradients(Ops.Sum(carry) + Ops.Sum(ys), [a[1]]), powers];
        });
        Tensor xs = Ops.Ones([20, 4, 8]), w = Ops.Zeros([8, 8]) + 0.1f;
        ConcreteTensor[] results = [.. program.OutputSpecs.Select(ConcreteTensor.Allocate)];
        for (int i = 0; i < 20; i++) program.Run([xs, w], results);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++) program.Run([xs, w], results);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void OneProgramRunsOnSeveralThreads()
    {
        Executable program = Jit.Compile([new TensorSpec(new Shape([50, 16]), DType.Float32)], a =>
            [Ops.Scan((c, x) => (Ops.Cond(Ops.Sum(c) > 0, () => c - x, () => c + 2f * x), c), Ops.Zeros([16]), a[0]).Result]);
        Tensor[] inputs = [.. Enumerable.Range(0, 6).Select(i => Ops.Cast(Programs.Random(i, 50, 16), "float32"))];
        float[][] expected = [.. inputs.Select(x => program.Run(x)[0].ToArray<float>())];
        Parallel.For(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => Assert.Equal(expected[i % 6], program.Run(inputs[i % 6])[0].ToArray<float>()));
    }
}
