using System.Text.Json.Nodes;
using NKeras.Engine.Runtime;
using NKeras.Layers;

namespace NKeras.Tests.RandomOperations;

/// <summary>What seeds mean: numbers, generators, the program's own sequence, at once and in compiled functions.</summary>
[Collection(NamesCollection.Name)]
public sealed class SeedTests
{
    private static readonly Func<RandomSeed?, Tensor>[] s_functions =
    [
        s => RandomOps.Uniform([5], seed: s), s => RandomOps.Normal([5], seed: s), s => RandomOps.TruncatedNormal([5], seed: s), s => RandomOps.Gamma([5], 2.0, seed: s),
        s => RandomOps.Beta([5], 2.0, 3.0, seed: s), s => RandomOps.Binomial([5], 1000, 0.5, seed: s), s => RandomOps.Randint([5], 0, 1 << 30, seed: s),
        s => RandomOps.Categorical(Ops.Zeros([1, 1000]), 5, seed: s), s => RandomOps.Shuffle(Tensor.From(Enumerable.Range(0, 100).ToArray()), seed: s), s => RandomOps.Dropout(Ops.Ones([100]), 0.5, seed: s),
    ];

    [Fact]
    public void NumbersGiveTheSameAtEveryCall()
    {
        foreach (Func<RandomSeed?, Tensor> draw in s_functions)
        {
            Assert.Equal(Values(draw(5)), Values(draw(5)));
            Assert.NotEqual(Values(draw(5)), Values(draw(6)));
            Assert.NotEqual(Values(draw(5)), Values(draw(-5)));
        }
    }

    [Fact]
    public void GeneratorsMoveOnByOneWithEveryCall()
    {
        foreach (Func<RandomSeed?, Tensor> draw in s_functions)
        {
            SeedGenerator a = new(5), b = new(5);
            double[] first = Values(draw(a)), second = Values(draw(a));
            Assert.NotEqual(first, second);
            Assert.Equal([5u, 2], a.State.Value.ToArray<uint>());
            Assert.Equal(first, Values(draw(b)));
            Assert.Equal(second, Values(draw(b)));
            Assert.Equal(first, Values(draw(5)));
        }
    }

    [Fact]
    public void TheProgramsOwnSequenceCanBeRepeated()
    {
        foreach (Func<RandomSeed?, Tensor> draw in s_functions)
        {
            Utils.SetRandomSeed(3);
            double[] first = Values(draw(null)), second = Values(draw(null));
            Assert.NotEqual(first, second);
            Utils.SetRandomSeed(3);
            Assert.Equal(first, Values(draw(null)));
            Assert.Equal(second, Values(draw(null)));
        }
    }

    [Fact]
    public void CompiledFunctionsDrawAnewOnEveryRun()
    {
        SeedGenerator generator = new(7), same = new(7);
        Executable program = Jit.Compile([], _ => [RandomOps.Normal([4], seed: generator), RandomOps.Normal([4], seed: generator), RandomOps.Normal([4], seed: 7), RandomOps.Normal([4])]);
        Tensor[] first = program.Run([]), second = program.Run([]);
        foreach (Tensor[] run in (Tensor[][])[first, second])
        {
            Assert.Equal(Values(RandomOps.Normal([4], seed: same)), Values(run[0]), (a, b) => Math.Abs(a - b) < 1e-6);
            Assert.Equal(Values(RandomOps.Normal([4], seed: same)), Values(run[1]), (a, b) => Math.Abs(a - b) < 1e-6);
        }

        Assert.Equal([7u, 4], generator.State.Value.ToArray<uint>());
        Assert.Equal(Values(first[2]), Values(second[2]));
        Assert.NotEqual(Values(first[3]), Values(second[3]));
        Utils.SetRandomSeed(11);
        double[] seeded = Values(program.Run([])[3]);
        program.Run([]);
        Utils.SetRandomSeed(11);
        Assert.Equal(seeded, Values(program.Run([])[3]));
    }

    [Fact]
    public void LayersDrawForBatchesOfAnySize()
    {
        Input x = new([3]);
        Model model = new(x, new Noise().Apply(x));
        Assert.Equal([null, 3], model.Outputs[0].Shape);
        double[] once = Values(model.Predict(Ops.Zeros([2, 3]), verbose: 0)), more = Values(model.Predict(Ops.Zeros([5, 3]), verbose: 0));
        Assert.Equal(15, more.Length);
        Assert.DoesNotContain(0.0, once);
    }

    [Fact]
    public void CallsAreIndependent()
    {
        SeedGenerator seed = new(1);
        double[] a = Values(RandomOps.Normal([20_000], seed: seed)), b = Values(RandomOps.Normal([20_000], seed: seed));
        // The correlation of independent numbers has deviation 1 / √n.
        Assert.InRange(Math.Abs(a.Zip(b, (x, y) => x * y).Average()), 0, 4 / Math.Sqrt(20_000));
        Assert.InRange(Math.Abs(a[..^1].Zip(a[1..], (x, y) => x * y).Average()), 0, 4 / Math.Sqrt(20_000));
        double[] other = Values(RandomOps.Normal([20_000], seed: 2));
        Assert.InRange(Math.Abs(a.Zip(other, (x, y) => x * y).Average()), 0, 4 / Math.Sqrt(20_000));
    }

    [Fact]
    public void GeneratorsShareTheirCounterAmongThreads()
    {
        SeedGenerator seed = new(1);
        uint[] counters = new uint[64];
        Parallel.For(0, 64, i => counters[i] = seed.Next().ToArray<uint>()[1]);
        Assert.Equal(Enumerable.Range(0, 64).Select(i => (uint)i), counters.Order());
    }

    [Fact]
    public void UnorderedKeysJumpAboutAsInKeras()
    {
        // (state + 1) * 5387 % 933199, from (42, 0): 43 · 5387 = 231641 and 5387, then 231642 · 5387 mod 933199 = 177991.
        SeedGenerator seed = new(42);
        Assert.Equal([42u, 0], seed.Next(ordered: false).ToArray<uint>());
        Assert.Equal([231641u, 5387], seed.Next(ordered: false).ToArray<uint>());
        Assert.Equal((uint)(231642L * 5387 % 933199), seed.Next().ToArray<uint>()[0]);
    }

    [Fact]
    public void GeneratorsHaveConfigurations()
    {
        SeedGenerator seed = new(3, name: "mine");
        Assert.Equal("""{"seed":3,"name":"mine"}""", seed.GetConfig().ToJsonString());
        SeedGenerator copy = SeedGenerator.FromConfig(seed.GetConfig());
        Assert.Equal((3, "mine"), (copy.Seed, copy.Name));
        Assert.Null(new SeedGenerator(name: "free").GetConfig()["seed"]);
        Assert.Throws<ArgumentException>(() => SeedGenerator.FromConfig(new JsonObject { ["sede"] = 3 }));
        Assert.Throws<ArgumentException>(() => SeedGenerator.FromConfig(new JsonObject { ["seed"] = "three" }));
        RandomSeed number = 3;
        Assert.Equal("3", number.ToString());
    }

    private static double[] Values(Tensor tensor) => Distributions.Numbers(tensor);

    private sealed class Noise : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false) => inputs
            + RandomOps.Normal(inputs.Shape, seed: 1) + RandomOps.Uniform(inputs.Shape) + RandomOps.TruncatedNormal(inputs.Shape, dtype: "float32")
            + RandomOps.Gamma(inputs.Shape, Ops.Exp(inputs), seed: 2) + RandomOps.Beta(inputs.Shape, 2.0, Ops.Exp(inputs)) + RandomOps.Binomial(inputs.Shape, 3, Ops.Sigmoid(inputs))
            + Ops.Cast(RandomOps.Randint(inputs.Shape, 1, 4, seed: 3), "float32") + RandomOps.Shuffle(inputs, seed: 4) + RandomOps.Dropout(inputs, 0.5)
            + Ops.Cast(RandomOps.Categorical(inputs, 3), "float32");
    }
}
