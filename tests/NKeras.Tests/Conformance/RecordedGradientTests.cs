using NKeras.Conformance.Calls;
using NKeras.Conformance.Comparison;
using NKeras.Conformance.Values;
using NKeras.Core;
using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras.Tests.Conformance;

/// <summary>
/// The gradient of every function that Keras can differentiate agrees with differences of its values, in float64, for
/// arguments as they were recorded, moved a little so that they are no special points.
/// </summary>
public sealed class RecordedGradientTests
{
    private const double Step = 1e-6;

    /// <summary>How many calls of a target, and how many elements of an argument, are looked at.</summary>
    private const int Calls = 4, Elements = 12;

    /// <summary>Factors and summands that bring arguments from the ends of a function's domain into it.</summary>
    private static readonly (double Factor, double Summand)[] s_moves = [(1, 0), (0.5, 0.1), (1, 0.6)];

    /// <summary>Functions that read one triangle of a matrix and take the other to be its mirror image.</summary>
    private static readonly HashSet<string> s_symmetric = ["keras.ops.cholesky", "keras.ops.eigh"];

    /// <summary>Functions that read one triangle of a matrix, but whose gradient in Keras is that of a formula that reads all of it.</summary>
    private static readonly HashSet<string> s_triangular = ["keras.ops.cholesky_inverse"];

    /// <summary>Functions whose first argument is class numbers, which stay whole.</summary>
    private static readonly HashSet<string> s_classNumbers = ["keras.losses.sparse_categorical_crossentropy"];

    private static readonly ILookup<string, CallRecord> s_records = Recordings.Read(Recordings.OwnCalls, "function")
        .Where(r => !r.IsRandom && IsDifferentiable(r))
        .ToLookup(r => r.Target);

    public static TheoryData<string> Targets => [.. s_records.Select(g => g.Key)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void AgreesWithDifferences(string target)
    {
        // The largest are slow, and tell nothing that others do not. Of infinite numbers there are no differences.
        CallRecord[] records = [.. s_records[target].OrderBy(HasInfinities).ThenBy(Size).DistinctBy(r => r.Args.Count + r.Kwargs.Count + Size(r)).Take(Calls)];
        int compared = s_moves.Select(m => records.Sum(r => Check(r, m))).FirstOrDefault(n => n > 0);
        Assert.True(compared > 0, "no derivative was finite");
    }

    /// <summary>Whether Keras has a gradient there: PyTorch's is NaN where there is none.</summary>
    private static bool IsDifferentiable(CallRecord record) =>
        record.Json.TryGetProperty("vjp", out _) && record.Pullback!.Gradients.Any(g => g is not null && Ops.Cast(g, DType.Float64).ToArray<double>().Any(v => !double.IsNaN(v)));

    private static int Size(CallRecord record) => GivenTensors(record).Sum(t => t.Shape.Size);

    private static bool HasInfinities(CallRecord record) =>
        GivenTensors(record).Any(t => t.DType.IsFloating && Ops.Cast(t, DType.Float64).ToArray<double>().Any(double.IsInfinity));

    private static IEnumerable<Tensor> GivenTensors(CallRecord record) => record.Args.Concat(record.Kwargs.Values).SelectMany(RecordedValue.Tensors);

    /// <summary>Checks a call, and tells how many derivatives were compared.</summary>
    private static int Check(CallRecord record, (double Factor, double Summand) move)
    {
        using WideScope scope = WideScope.Wanted();
        IReadOnlyList<object?> args = record.Args;
        IReadOnlyDictionary<string, object?> kwargs = record.Kwargs;
        Tensor[] given = [.. args.Concat(kwargs.Values).SelectMany(RecordedValue.Tensors).Where(t => t.DType.IsFloating)];
        Tensor[] moved = [.. given.Select((t, i) => i == 0 && s_classNumbers.Contains(record.Target) ? Ops.Cast(t, DType.Float64) : Moved(t, move))];
        Tensor[] Results(Tensor[] x) => [.. ResultComparison.Tensors(Call(record.Target, args, kwargs, given, x)).Where(t => t.DType == DType.Float64)];
        // A result that is infinite or NaN has no weight: it would hide the others.
        Tensor[] weights = [.. Results(moved).Select(r => Tensor.From([.. r.ToArray<double>().Select((v, i) => double.IsFinite(v) ? 1.2 + Math.Cos(2.3 * i) : 0)], r.Shape))];
        Executable program = Jit.Compile([.. moved.Select(t => t.Spec)], x =>
        {
            Tensor[] results = Results(x);
            Tensor?[] gradients = Differentiation.Pullback(results, weights, x);
            return [.. gradients.Select((g, i) => g ?? Ops.Zeros(x[i].Shape, DType.Float64))];
        });
        Tensor[] gradients = program.Run(moved);
        bool allFinite = weights.All(w => w.ToArray<double>().All(v => v != 0));
        int compared = 0;
        for (int k = s_classNumbers.Contains(record.Target) ? 1 : 0; k < moved.Length; k++)
        {
            double[] gradient = gradients[k].ToArray<double>();
            for (int i = 0; i < gradient.Length; i += Math.Max(1, gradient.Length / Elements))
            {
                double Sum(double shift) => WeightedSum(Results([.. moved.Select((t, j) => j == k ? Shifted(t, i, shift) : t)]), weights);
                double at = Sum(0), before = (at - Sum(-Step)) / Step, after = (Sum(Step) - at) / Step, scale = Math.Max(1, Math.Abs(before) + Math.Abs(at));
                // Outside of a function's domain there is nothing to compare, nor where it jumps or has a corner.
                if (!double.IsFinite(before) || !double.IsFinite(after) || Math.Abs(after - before) > 1e-2 * scale || (!allFinite && double.IsNaN(gradient[i]))) continue;
                compared++;
                double expected = (before + after) / 2;
                Assert.True(Math.Abs(gradient[i] - expected) <= 1e-4 * scale, $"{record.Id}: gradient {k}, element {i} is {gradient[i]:G9}, the difference {expected:G9}");
            }
        }

        return compared;
    }

    private static object? Call(string target, IReadOnlyList<object?> args, IReadOnlyDictionary<string, object?> kwargs, Tensor[] from, Tensor[] to)
    {
        if (s_symmetric.Contains(target)) to = [.. to.Select(Mirrored)];
        if (s_triangular.Contains(target)) to = [.. to.Select(x => args.Concat(kwargs.Values).Contains(true) ? Ops.Triu(x) : Ops.Tril(x))];
        Dictionary<Tensor, Tensor> replacements = new(ReferenceEqualityComparer.Instance);
        foreach ((Tensor old, Tensor replacement) in from.Zip(to)) replacements[old] = replacement;
        Tensor Replace(Tensor t) => replacements.GetValueOrDefault(t, t);
        return FunctionCall.Call(target, [.. args.Select(a => RecordedValue.Map(a, Replace))], kwargs.ToDictionary(a => a.Key, a => RecordedValue.Map(a.Value, Replace)));
    }

    private static Tensor Mirrored(Tensor x)
    {
        int[] axes = [.. Enumerable.Range(0, x.Rank - 2), x.Rank - 1, x.Rank - 2];
        return Ops.Multiply(Ops.Add(x, Ops.Transpose(x, axes)), 0.5);
    }

    private static Tensor Moved(Tensor x, (double Factor, double Summand) move)
    {
        double[] values = Ops.Cast(x, DType.Float64).ToArray<double>();
        // The squares make matrices of full rank: sums of sines and cosines of equal steps have rank two.
        return Tensor.From([.. values.Select((v, i) => (v * move.Factor) + move.Summand + (0.011 * Math.Cos(1.7 * (i + 0.3) * (i + 0.3))))], x.Shape);
    }

    private static Tensor Shifted(Tensor x, int element, double shift)
    {
        double[] values = x.ToArray<double>();
        values[element] += shift;
        return Tensor.From(values, x.Shape);
    }

    private static double WeightedSum(Tensor[] results, Tensor[] weights) =>
        results.Zip(weights).Sum(p => p.First.ToArray<double>().Zip(p.Second.ToArray<double>(), (v, w) => w == 0 ? 0 : v * w).Sum());
}
