using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using static NKeras.Engine.Primitives.PrimitiveOps;
using F = NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Tests.Compiler;

/// <summary>Makes functions of tensors and state at random; equal seeds make equal ones.</summary>
internal sealed class RandomGraphs(int seed)
{
    private const int Rows = 6;
    private const int Columns = 5;

    private static readonly F[] s_unary = [F.Negate, F.Abs, F.Tanh, F.Sigmoid, F.Relu, F.Sin, F.Square, F.Softplus];
    private static readonly F[] s_binary = [F.Add, F.Subtract, F.Multiply, F.Maximum, F.Minimum];
    private static readonly F[] s_comparisons = [F.Less, F.GreaterEqual, F.Equal];
    private static readonly double[] s_numbers = [0, -0.0, 1, -1, 2, 0.5, 3, -0.25];

    private readonly Random _random = new(seed);
    private readonly List<Tensor> _pool = [];

    public StateCell[] Cells { get; } =
        [.. new int[][] { [Rows, Columns], [Rows, Columns], [Columns], [], [Columns, Columns] }.Select((dims, i) => new StateCell(Passes.Random(Passes.Float(dims), (seed * 10) + i)))];

    public static TensorSpec[] Inputs { get; } =
        [Passes.Float(Rows, Columns), Passes.Float(Columns), Passes.Float(Rows, 1), Passes.Float(), new(new Shape([Rows, Columns]), DType.Bool), new(new Shape([Rows, Columns]), DType.Int32)];

    /// <summary>A graph with results and updates of state, some reading what others write.</summary>
    public Graph Create() => Trace.Function(Inputs, arguments =>
    {
        _pool.AddRange(arguments);
        _pool.AddRange(Cells.Select(c => c.Value));
        for (int i = 0; i < 30; i++) _pool.Add(Step());
        foreach (StateCell cell in Cells)
        {
            if (_random.Next(5) > 0) cell.Assign(Last(cell.Spec));
        }

        return [.. _pool.TakeLast(2), Pick(Passes.Float(Rows, Columns)), Cells[0].Value];
    });

    private Tensor Step()
    {
        Tensor x = Pick(t => t.DType == DType.Float32);
        switch (_random.Next(14))
        {
            case 0 or 1: return Unary(Any(s_unary), x);
            case 2: return Any(s_numbers) * x + Any(s_numbers);
            case 3: return Binary(Any(s_comparisons), x, Mate(x));
            case 4: return Where(Pick(Inputs[4]), x.Rank == 2 && x.Shape.Dims[1] != Columns ? Pick(Inputs[0]) : x.Shape == Inputs[0].Shape ? x : Pick(Inputs[0]), ScalarLike(x, Any(s_numbers)));
            case 5: return Convert(Pick(_random.Next(2) == 0 ? Inputs[4] : Inputs[5]), DType.Float32);
            case 6 when x.Rank > 0: return 0.25 * Sum(x, _random.Next(x.Rank));
            case 7 when x.Rank > 0: return new Reduce(ReductionKind.Max, [_random.Next(x.Rank)]).Apply(x);
            case 8: return 0.25 * MatMul(Pick(Inputs[0]), Pick(Cells[4].Spec), false, _random.Next(2) == 0);
            case 9: return Reshape(Unary(F.Tanh, Reshape(Pick(Inputs[0]), [2, 3, Columns]) + Pick(Inputs[1])), [Rows, Columns]);
            case 10: return Transpose(Transpose(Pick(Inputs[0]), 1, 0), 1, 0);
            case 11: return MatMul(Transpose(Pick(Inputs[0]), 1, 0), Pick(Inputs[0]));
            case 12: return BroadcastTo(Pick(Inputs[1]), [Rows, Columns]);
            default: return Binary(Any(s_binary), x, Mate(x));
        }
    }

    /// <summary>A tensor that broadcasts with another one to the shape of one of them.</summary>
    private Tensor Mate(Tensor x) => Pick(t => t.DType == DType.Float32 && (t.Shape == x.Shape || t.Rank == 0 || (x.Rank == 2 && x.Shape.Dims[1] == Columns && t.Shape == Inputs[1].Shape)));

    private Tensor Last(TensorSpec spec) => _random.Next(6) == 0 ? Pick(spec) : _pool.Last(t => t.Spec == spec);

    private Tensor Pick(TensorSpec spec) => Pick(t => t.Spec == spec);

    private Tensor Pick(Func<Tensor, bool> condition)
    {
        Tensor[] candidates = [.. _pool.Where(condition)];
        // Mostly recent ones, so that graphs are deep.
        return candidates[Math.Max(_random.Next(candidates.Length), _random.Next(candidates.Length))];
    }

    private T Any<T>(T[] choices) => choices[_random.Next(choices.Length)];
}
