namespace NKeras.Tests.Operations.Control;

/// <summary>Random programs of nested branches and loops give the same at once, compiled, by plain kernels and unrolled, and their gradients agree with differences.</summary>
public sealed class RandomProgramTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AllWaysAgree(int seed)
    {
        using Core.WideScope scope = Core.WideScope.Wanted();
        Tensor[] inputs = [Programs.Random(seed, 2, 3), Programs.Random(seed + 100, 3, 3), Programs.Random(seed + 200, 4, 2, 3)];
        IReadOnlyList<Tensor> Run(Tensor[] a, bool unroll) => new Writer(seed, a, unroll).Write();
        float[][] expected = [.. Run(inputs, true).Select(t => Ops.Cast(t, "float32").ToArray<float>())];
        foreach (bool unroll in (bool[])[false, true]) Programs.Check(expected, a => Run(a, unroll), inputs);
        Programs.CheckGradients(a => [.. Run(a, false)], inputs);
    }

    /// <summary>Writes the same program each time it is made with the same seed.</summary>
    private sealed class Writer(int seed, Tensor[] a, bool unroll)
    {
        public Tensor[] Write()
        {
            Random random = new(seed);
            Tensor first = Block(random, a[0], 3);
            return [first, Block(random, first * 0.5, 2)];
        }

        private Tensor Block(Random random, Tensor x, int depth)
        {
            int seedOfPart = random.Next();
            switch (depth == 0 ? 0 : random.Next(6))
            {
                case 1:
                    return Ops.Cond(Ops.Sum(x) > -0.11, () => Block(new(seedOfPart), x, depth - 1), () => Block(new(seedOfPart + 1), x + a[0], depth - 1));
                case 2:
                    (Tensor carry, Tensor ys) = Ops.Scan((c, v) =>
                    {
                        Tensor next = Block(new(seedOfPart), c + v, depth - 1);
                        return (next, next * v);
                    }, x, a[2], reverse: random.Next(2) == 0, unroll: unroll);
                    return Ops.Tanh(carry + Ops.Sum(ys, 0));
                case 3:
                    return Ops.ForiLoop(0, 3, (i, v) => Block(new(seedOfPart), v + 0.1 * i, depth - 1), x);
                case 4:
                    return Ops.WhileLoop(v => Ops.Sum(Ops.Square(v)) > 0.713, v => 0.6 * Block(new(seedOfPart), v, depth - 1), x, maximumIterations: 4);
                case 5:
                    return Block(new(seedOfPart), Ops.Map(v => Ops.Matmul(v, a[1]) + Ops.Sum(v), a[2])[0] + x, depth - 1);
                default:
                    return random.Next(4) switch
                    {
                        0 => Ops.Tanh(Ops.Matmul(x, a[1])),
                        1 => Ops.Tanh(x * a[0] + 0.2),
                        2 => 0.7 * x - 0.1 * Ops.Square(a[0]),
                        _ => Ops.Tanh(Ops.Sum(x) + x),
                    };
            }
        }
    }
}
