using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Training;

/// <summary>Functions of the user's own that run as one compiled program, and gradients that are compiled once.</summary>
public sealed class CompiledFunctionTests
{
    // Of each test: made statically they might be made within what a test traces first.
    private readonly Tensor _x = RandomOps.Normal([12, 3], seed: new SeedGenerator(1));
    private readonly Tensor _y = RandomOps.Normal([12, 2], seed: new SeedGenerator(2));

    /// <summary>Makes the data before the first test runs rather than where it is first used, which may be within a function that is traced.</summary>
    static CompiledFunctionTests()
    {
    }

    [Fact]
    public void IsLookedAtOnceForEachSignature()
    {
        int traced = 0;
        CompiledFunction function = new((Tensor x, Tensor y) =>
        {
            traced++;
            return (x * 2) + y;
        });
        Assert.Equal(new float[] { 5, 8 }, function.Apply(new float[] { 1, 2 }, new float[] { 3, 4 }).ToArray<float>());
        Assert.Equal(new float[] { 0, 1 }, function.Apply(new float[] { 0, 0 }, new float[] { 0, 1 }).ToArray<float>());
        Assert.Equal(1, traced);
        Assert.Equal(new float[] { 3 }, function.Apply(new float[] { 1 }, new float[] { 1 }).ToArray<float>());
        Assert.Equal(2, traced);
        Assert.Equal(DType.Int32, function.Apply(new[] { 1 }, new[] { 1 }).DType);
        Assert.Equal(3, traced);
        function.Forget();
        _ = function.Apply(new[] { 1 }, new[] { 1 });
        Assert.Equal(4, traced);
    }

    [Fact]
    public void StructuresOfArgumentsAndResultsAreKept()
    {
        CompiledFunction named = new((Tensors t) => new Tensors { ["sum"] = t["a"] + t["b"], ["first"] = t["a"] });
        Tensors results = named.ApplyAll(new Tensors { ["a"] = (Tensor)1f, ["b"] = (Tensor)2f });
        Assert.Equal(["sum", "first"], results.Names);
        Assert.Equal(3f, results["sum"].ToArray<float>().Single());
        Assert.Equal(1f, results["first"].ToArray<float>().Single());

        CompiledFunction two = new((Tensor x) => (x, x + 1));
        Assert.Contains("2 results", Assert.Throws<InvalidOperationException>(() => two.Apply((Tensor)1f)).Message, StringComparison.Ordinal);
        (Tensor same, Tensor next) = two.ApplyAll((Tensor)1f);
        Assert.Equal(1f, same.ToArray<float>().Single());
        Assert.Equal(2f, next.ToArray<float>().Single());
        Assert.Empty(new CompiledFunction(() => []).ApplyAll());
    }

    [Fact]
    public void SparseTensorsGoInAndOut()
    {
        SparseTensor sparse = new(new int[,] { { 0, 1 }, { 1, 0 } }, new float[] { 3, 4 }, [2, 2]);
        CompiledFunction twice = new((Tensor x) => x * 2.0);
        SparseTensor result = Assert.IsType<SparseTensor>(twice.Apply(sparse));
        Assert.Equal(new float[] { 0, 6, 8, 0 }, result.ToDense().ToArray<float>());
    }

    [Fact]
    public void VariablesAreReadAndUpdatedInPlace()
    {
        Variable count = new((Tensor)0f, name: "count");
        CompiledFunction step = new((Tensor x) =>
        {
            count.AssignAdd(x);
            return count.Value * 10;
        });
        Assert.Equal(20f, step.Apply((Tensor)2f).ToArray<float>().Single());
        Tensor kept = count.Value;
        count.Assign((Tensor)5f);
        Assert.Equal(60f, step.Apply((Tensor)1f).ToArray<float>().Single());
        Assert.Equal(6f, count.Value.ToArray<float>().Single());
        Assert.Equal(2f, kept.ToArray<float>().Single());
    }

    /// <summary>The same numbers as Fit, which does the same in its own compiled step.</summary>
    [Fact]
    public void ALoopOfOnesOwnTrainsLikeFit()
    {
        Sequential fitted = Network(), looped = Network();
        looped.SetWeights(fitted.GetWeights());
        fitted.Compile(new Adam(0.01), "mse", metrics: ["mae"]);
        double expected = fitted.Fit(_x, _y, batchSize: 4, epochs: 3, shuffle: false, verbose: 0)["mae"][^1];

        Adam optimizer = new(0.01);
        NKeras.Losses.MeanSquaredError loss = new();
        NKeras.Metrics.MeanAbsoluteError error = new();
        CompiledFunction step = new((Tensor x, Tensor y) =>
        {
            (Tensor value, Tensors predictions, Tensor?[] gradients) = Gradients.ValueAndGrad(
                () =>
                {
                    Tensor prediction = looped.Apply(x, training: true);
                    return (loss.Apply(y, prediction), prediction);
                },
                looped.TrainableVariables);
            optimizer.Apply(gradients, looped.TrainableVariables);
            error.UpdateState(y, predictions[0]);
            return value;
        });
        for (int epoch = 0; epoch < 3; epoch++)
        {
            error.ResetState();
            for (int i = 0; i < 12; i += 4) step.Apply(_x[i..(i + 4)], _y[i..(i + 4)]);
        }

        foreach ((Tensor e, Tensor a) in fitted.GetWeights().Zip(looped.GetWeights())) Assert.All(e.ToArray<float>().Zip(a.ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-6));
        Assert.Equal(expected, error.Result().ToArray<float>().Single(), 1e-5);
    }

    [Fact]
    public void RandomNumbersGoOnFromCallToCall()
    {
        SeedGenerator compiledSeed = new(7), eagerSeed = new(7);
        CompiledFunction draw = new(() => RandomOps.Uniform([4], seed: compiledSeed));
        Assert.Equal(RandomOps.Uniform([4], seed: eagerSeed).ToArray<float>(), draw.Apply().ToArray<float>());
        Assert.Equal(RandomOps.Uniform([4], seed: eagerSeed).ToArray<float>(), draw.Apply().ToArray<float>());
    }

    [Fact]
    public void ACompiledFunctionWithinAnotherOrWithSymbolsBecomesPartOfIt()
    {
        CompiledFunction square = new((Tensor x) => x * x);
        CompiledFunction outer = new((Tensor x) => square.Apply(x) + 1);
        Assert.Equal(10f, outer.Apply((Tensor)3f).ToArray<float>().Single());

        Variable w = new((Tensor)3f, name: "w");
        Assert.Equal(6f, Gradients.ValueAndGrad(() => square.Apply(w.Value), [w]).Gradients[0]!.ToArray<float>().Single());
        Input x = new([2]);
        Assert.Equal(new float[,] { { 4, 9 } }.Cast<float>(), new Model(x, (KerasTensor)square.Apply(x)).Predict(new float[,] { { 2, 3 } }, verbose: 0).ToArray<float>());
    }

    [Fact]
    public void ErrorsComeFromTheFirstCallAndChangeNothing()
    {
        Variable count = new((Tensor)0f, name: "count");
        bool fails = true;
        CompiledFunction step = new((Tensor x) =>
        {
            count.AssignAdd(x);
            return fails ? throw new NotSupportedException("not today") : count.Value;
        });
        Assert.Equal("not today", Assert.Throws<NotSupportedException>(() => step.Apply((Tensor)1f)).Message);
        Assert.Equal(0f, count.Value.ToArray<float>().Single());
        fails = false;
        Assert.Equal(1f, step.Apply((Tensor)1f).ToArray<float>().Single());

        Assert.Contains("takes 1 argument; it was given 2", Assert.Throws<ArgumentException>(() => step.Apply((Tensor)1f, (Tensor)1f)).Message, StringComparison.Ordinal);
        Assert.Contains("is null", Assert.Throws<ArgumentException>(() => step.Apply((Tensor)1f, null!)).Message, StringComparison.Ordinal);
        Assert.Contains("returned null", Assert.Throws<InvalidOperationException>(() => new CompiledFunction((Tensor _) => null!).Apply((Tensor)1f)).Message, StringComparison.Ordinal);
        Assert.Contains("while its function is being traced", Assert.Throws<InvalidOperationException>(() => new CompiledFunction((Tensor x) => x.ToArray<float>()[0] > 0 ? x : -x).Apply((Tensor)1f)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThreadsMayShareAFunction()
    {
        Variable count = new((Tensor)0f, name: "count");
        CompiledFunction step = new((Tensor x) =>
        {
            count.AssignAdd(x);
            return x * 2;
        });
        Parallel.For(0, 400, i => Assert.Equal(2f * i, step.Apply((Tensor)(float)i).ToArray<float>().Single()));
        Assert.Equal(400f * 399 / 2, count.Value.ToArray<float>().Single());
    }

    [Fact]
    public void GradientsDoNotLeadThroughAnEarlierUpdateInTheSameStep()
    {
        // Two players: the first's step is computed from the second's weight, which then takes a step of its own.
        Variable d = new((Tensor)2f, name: "d"), g = new((Tensor)3f, name: "g");
        SGD optimizer = new(0.1);
        CompiledFunction step = new(() =>
        {
            Tensor made = g.Value * 1f;
            Tensor?[] gradients = Gradients.ValueAndGrad(() => Ops.Square(d.Value * made - 1f), [d]).Gradients;
            optimizer.Apply(gradients, [d]);
            return (gradients[0]!, Gradients.ValueAndGrad(() => Ops.Square(d.Value * g.Value), [g]).Gradients[0]!);
        });
        (Tensor first, Tensor second) = step.ApplyAll();
        Assert.Equal(30f, first.ToArray<float>().Single(), 1e-4); // 2(dg - 1)g, and d becomes -1.
        Assert.Equal(6f, second.ToArray<float>().Single(), 1e-4); // 2d²g.
        Assert.Equal(-1f, d.Value.ToArray<float>().Single(), 1e-5);
    }

    [Fact]
    public void AnEarlierUpdateByAGradientOfZeroMakesNoNaN()
    {
        // The first weight's gradient is zero, so Adam takes a square root of zero, whose slope is infinite.
        Variable d = new((Tensor)0f, name: "d"), g = new((Tensor)3f, name: "g");
        Adam optimizer = new(0.1);
        CompiledFunction step = new(() =>
        {
            optimizer.Apply(Gradients.ValueAndGrad(() => d.Value * (g.Value - 3f), [d]).Gradients, [d]);
            return Gradients.ValueAndGrad(() => g.Value * (d.Value + 2f), [g]).Gradients[0]!;
        });
        Assert.Equal(2f, step.Apply().ToArray<float>().Single());
    }

    [Fact]
    public void GradientsAreThoseOfEachVariableWhateverItWasAssignedBefore()
    {
        Variable a = new((Tensor)3f, name: "a"), copy = new((Tensor)0f, name: "copy"), fixedTo = new((Tensor)0f, name: "fixed");
        CompiledFunction step = new(() =>
        {
            copy.Assign(a.Value);
            fixedTo.Assign((Tensor)5f);
            return Tensors.Create([.. Gradients.ValueAndGrad(() => a.Value * a.Value * copy.Value * fixedTo.Value, [a, copy, fixedTo, a]).Gradients.Select(t => t!)]);
        });
        float[] gradients = [.. step.ApplyAll().Flat.Select(t => t.ToArray<float>().Single())];
        Assert.Equal([90f, 45f, 27f, 90f], gradients);
        Assert.Equal([3f, 3f, 5f], new[] { a, copy, fixedTo }.Select(v => v.Value.ToArray<float>().Single()));
    }

    [Fact]
    public void GradientsLeadThroughGradientsAndUpdatesWithinTheLoss()
    {
        Variable w = new((Tensor)2f, name: "w");
        SGD optimizer = new(0.25);
        CompiledFunction steepness = new(() => Gradients.ValueAndGrad(
            () => Ops.Square(Gradients.ValueAndGrad(() => w.Value * w.Value * w.Value, [w]).Gradients[0]!) + w.Value, [w]).Gradients[0]!);
        Assert.Equal(289f, steepness.Apply().ToArray<float>().Single(), 1e-3); // d(9w⁴ + w) = 36w³ + 1.

        // One step ahead w is w - 0.25 · 2w = w/2, so its square there is w²/4.
        CompiledFunction ahead = new(() => Gradients.ValueAndGrad(
            () =>
            {
                optimizer.Apply(Gradients.ValueAndGrad(() => Ops.Square(w.Value), [w]).Gradients, [w]);
                return Ops.Square(w.Value);
            },
            [w]).Gradients[0]!);
        Assert.Equal(1f, ahead.Apply().ToArray<float>().Single(), 1e-5);
        Assert.Equal(1f, w.Value.ToArray<float>().Single(), 1e-5);
    }

    [Fact]
    public void OutsideOfStepsGradientsSeeOtherDataOtherWeightsAndOtherNumbers()
    {
        Variable w = new((Tensor)new float[] { 1, 2 }, name: "w");
        for (int i = 1; i <= 3; i++)
        {
            Tensor x = new float[] { i, -i };
            (Tensor value, Tensor?[] gradients) = Gradients.ValueAndGrad(() => Ops.Sum(w.Value * x * (double)i), [w]);
            Assert.Equal([i * i, -i * i], gradients[0]!.ToArray<float>());
            float[] now = w.Value.ToArray<float>();
            Assert.Equal(i * i * (now[0] - now[1]), value.ToArray<float>().Single());
            w.AssignAdd(new float[] { 1, 0 });
        }
    }

    [Fact]
    public void OutsideOfStepsResultsBesidesTheLossAreData()
    {
        Sequential model = Network();
        (Tensor value, Tensors results, Tensor?[] gradients) = Gradients.ValueAndGrad(
            () =>
            {
                Tensor prediction = model.Apply(_x);
                return (Ops.Mean(prediction), new Tensors { ["prediction"] = prediction });
            },
            model.TrainableVariables);
        Assert.Equal(model.Predict(_x, verbose: 0).ToArray<float>().Average(), value.ToArray<float>().Single(), 1e-5);
        Assert.Equal(model.Predict(_x, verbose: 0).ToArray<float>(), results["prediction"].ToArray<float>());
        Assert.DoesNotContain(null, gradients);
    }

    /// <summary>The caches hold programs of models that live, no others.</summary>
    [Fact]
    public void ModelsAreNotKeptAlive()
    {
        WeakReference model = Use(_x);
        for (int i = 0; i < 10 && model.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(model.IsAlive);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference Use(Tensor x)
        {
            Sequential network = Network();
            _ = Gradients.ValueAndGrad(() => Ops.Mean(network.Apply(x)), network.TrainableVariables);
            return new WeakReference(network.TrainableVariables[0]);
        }
    }

    private static Sequential Network() => new([new Input([3]), new Dense(4, "tanh"), new Dense(2)]);
}
