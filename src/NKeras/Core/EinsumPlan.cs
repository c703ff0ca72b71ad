using NKeras.Engine.Primitives;

namespace NKeras.Core;

/// <summary>Computes an einsum: diagonals and sums of single operands first, then products of two at a time, the cheapest first.</summary>
internal sealed class EinsumPlan
{
    private readonly EinsumTerms _terms;
    private readonly List<(Tensor Tensor, int[] Labels)> _operands = [];
    private readonly Dictionary<int, int> _sizes = [];

    private EinsumPlan(string subscripts, IReadOnlyList<Tensor> operands)
    {
        _terms = EinsumTerms.Parse(subscripts, [.. operands.Select(o => o.Shape)]);
        for (int i = 0; i < operands.Count; i++)
        {
            for (int axis = 0; axis < operands[i].Rank; axis++) AddSize(subscripts, _terms.Operands[i][axis], operands[i].Shape.Dims[axis]);
        }

        for (int i = 0; i < operands.Count; i++) _operands.Add((operands[i], _terms.Operands[i]));
    }

    /// <summary>Computes the sum of products that subscripts describe.</summary>
    public static Tensor Run(string subscripts, IReadOnlyList<Tensor> operands) => new EinsumPlan(subscripts, operands).Run();

    private Tensor Run()
    {
        for (int i = 0; i < _operands.Count; i++) _operands[i] = Summed(i, WithoutOnes(Diagonal(_operands[i])));
        while (_operands.Count > 1)
        {
            (int first, int second) = Cheapest();
            (Tensor Tensor, int[] Labels) product = Product(first, second);
            _operands.RemoveAt(second);
            _operands[first] = product;
        }

        (Tensor tensor, int[] labels) = _operands[0];
        return Contraction.Ordered(tensor, [.. _terms.Result.Select(l => Array.IndexOf(labels, l))]);
    }

    private void AddSize(string subscripts, int label, int size)
    {
        int known = _sizes.GetValueOrDefault(label, 1);
        // One broadcasts, and what is not known yields to what is.
        if (known == 1 || (known == Shape.Unknown && size != 1)) _sizes[label] = size;
        else if (known != size && size is not (1 or Shape.Unknown))
            throw new ArgumentException($"Einsum \"{subscripts}\": {(label > 0 ? $"'{(char)label}' stands for" : "an ellipsis stands for")} dimensions of {known} and {size}.", nameof(subscripts));
    }

    /// <summary>Whether the result or an operand other than the given ones has a label.</summary>
    private bool IsNeeded(int label, int except, int exceptToo = -1) =>
        _terms.Result.Contains(label) || _operands.Where((_, i) => i != except && i != exceptToo).Any(o => o.Labels.Contains(label));

    /// <summary>Of axes with the same label, the elements at equal positions.</summary>
    private static (Tensor Tensor, int[] Labels) Diagonal((Tensor Tensor, int[] Labels) operand)
    {
        (Tensor x, int[] labels) = operand;
        while (labels.GroupBy(l => l).FirstOrDefault(g => g.Count() > 1) is { } repeated)
        {
            int first = Array.IndexOf(labels, repeated.Key), second = Array.IndexOf(labels, repeated.Key, first + 1), n = Math.Max(x.Shape.Dims[first], x.Shape.Dims[second]);
            int[] others = [.. Enumerable.Range(0, x.Rank).Where(i => i != first && i != second)];
            int[] kept = [.. others.Select(i => x.Shape.Dims[i])];
            if (n == Shape.Unknown)
            {
                // Only the shape is asked for.
                x = PrimitiveOps.Sum(x, second);
                labels = [.. labels.Where((_, i) => i != second)];
                continue;
            }

            if (x.Shape.Dims[first] is var m and not Shape.Unknown && x.Shape.Dims[second] is var k and not Shape.Unknown && m != k)
                throw new ArgumentException($"Einsum: the diagonal of dimensions {m} and {k} was asked for, which differ.");
            Tensor flat = PrimitiveOps.Reshape(Contraction.Ordered(x, [.. others, first, second]), new Shape([.. kept, n * n]));
            Tensor positions = Tensor.From<int>([.. Enumerable.Range(0, n).Select(i => i * (n + 1))]);
            labels = [.. others.Select(i => labels[i]), repeated.Key];
            x = new Gather(kept.Length).Apply(flat, positions);
        }

        return (x, labels);
    }

    /// <summary>Axes of one that meet longer ones are left out: the others' elements are all multiplied by the same.</summary>
    private (Tensor Tensor, int[] Labels) WithoutOnes((Tensor Tensor, int[] Labels) operand)
    {
        (Tensor x, int[] labels) = operand;
        int[] kept = [.. Enumerable.Range(0, labels.Length).Where(i => x.Shape.Dims[i] != 1 || _sizes[labels[i]] == 1)];
        return kept.Length == labels.Length ? operand : (PrimitiveOps.Reshape(x, new Shape([.. kept.Select(i => x.Shape.Dims[i])])), [.. kept.Select(i => labels[i])]);
    }

    /// <summary>An operand summed over the axes that nothing else has.</summary>
    private (Tensor Tensor, int[] Labels) Summed(int index, (Tensor Tensor, int[] Labels) operand)
    {
        int[] axes = [.. Enumerable.Range(0, operand.Labels.Length).Where(i => !IsNeeded(operand.Labels[i], index))];
        return (PrimitiveOps.Sum(operand.Tensor, axes), [.. operand.Labels.Where((_, i) => !axes.Contains(i))]);
    }

    /// <summary>The pair whose product makes what is left smallest, of equal ones that which takes the fewest multiplications.</summary>
    private (int First, int Second) Cheapest()
    {
        (int, int) best = (0, 1);
        (double Growth, double Work) least = (double.PositiveInfinity, double.PositiveInfinity);
        for (int i = 0; i < _operands.Count; i++)
        {
            for (int j = i + 1; j < _operands.Count; j++)
            {
                int[] all = [.. _operands[i].Labels.Union(_operands[j].Labels)];
                double work = Size(all), growth = Size(all.Where(l => IsNeeded(l, i, j))) - Size(_operands[i].Labels) - Size(_operands[j].Labels);
                if (growth < least.Growth || (growth == least.Growth && work < least.Work)) (best, least) = ((i, j), (growth, work));
            }
        }

        return best;
    }

    private double Size(IEnumerable<int> labels) => labels.Aggregate(1.0, (size, label) => size * Math.Max(1, _sizes[label]));

    private (Tensor Tensor, int[] Labels) Product(int first, int second)
    {
        (Tensor a, int[] x) = _operands[first];
        (Tensor b, int[] y) = _operands[second];
        int[] shared = [.. x.Intersect(y)], batch = [.. shared.Where(l => IsNeeded(l, first, second))], summed = [.. shared.Except(batch)];
        int[] labels = [.. batch, .. x.Except(shared), .. y.Except(shared)];
        Tensor product = summed.Length > 0
            ? Contraction.Apply(a, b, Pairs(summed), Pairs(batch))
            : PrimitiveOps.Binary(ElementwiseFunction.Multiply, Spread(a, x), Spread(b, y));
        return (product, labels);

        (int, int)[] Pairs(int[] of) => [.. of.Select(l => (Array.IndexOf(x, l), Array.IndexOf(y, l)))];

        // Where nothing is summed, elements are multiplied in place.
        Tensor Spread(Tensor tensor, int[] has)
        {
            Tensor ordered = Contraction.Ordered(tensor, [.. labels.Where(has.Contains).Select(l => Array.IndexOf(has, l))]);
            return PrimitiveOps.Reshape(ordered, new Shape([.. labels.Select(l => Array.IndexOf(has, l) is var at and >= 0 ? tensor.Shape.Dims[at] : 1)]));
        }
    }
}
