using NKeras.Hdf5;
using NKeras.Layers;

namespace NKeras.Conformance.Files;

/// <summary>Stands in for a layer of somebody's own: has the weights that the file has for it, and gives what it is given, in the shape that the file tells.</summary>
internal sealed class StandInLayer : Layer
{
    private readonly StandInWeights? _weights;
    private readonly Shape? _result;

    // The attributes of the Python class. Fields are where layers are looked for, so there are some to be had.
    private readonly Layer? _part0, _part1, _part2, _part3, _part4, _part5, _part6, _part7;

    /// <summary>Creates one.</summary>
    /// <param name="weights">What the file keeps of it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="result">The shape of what it gives; null to give what it is given.</param>
    /// <exception cref="NotSupportedException">It has more attributes than a stand-in.</exception>
    public StandInLayer(StandInWeights weights, string? name = null, Shape? result = null)
        : base(name)
    {
        (_weights, _result) = (weights, result);
        foreach (FileArray array in weights.Own) AddWeight($"weight_{array.LastName}", Shape.Create([.. array.Shape.Select(d => (int?)d)]), "zeros", dtype: array.Type.Class == Hdf5TypeClass.Integer ? DType.Int32 : DType.Float32);
        StandInLayer[] parts = [.. weights.Inner.Select(w => new StandInLayer(w))];
        if (parts.Length > 8) throw new NotSupportedException($"A stand-in has 8 attributes; '{weights.Name}' has {parts.Length}.");
        (_part0, _part1, _part2, _part3) = (parts.ElementAtOrDefault(0), parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2), parts.ElementAtOrDefault(3));
        (_part4, _part5, _part6, _part7) = (parts.ElementAtOrDefault(4), parts.ElementAtOrDefault(5), parts.ElementAtOrDefault(6), parts.ElementAtOrDefault(7));
        Built = true;
    }

    // The constructor of the base class asks for it, to make a name.
    internal override string ClassName => _weights?.ClassName ?? nameof(StandInLayer);

    internal override string AttributeName(string field) => _weights!.Inner.ElementAtOrDefault(field[^1] - '0')?.Name ?? field;

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        if (_result == null) return inputs;
        // One number of each sample, as often as the shape asks for it.
        Tensor sums = Ops.Sum(Ops.Reshape(Ops.Cast(inputs, DType.Float32), [null, Enumerable.Range(1, inputs.Rank - 1).Aggregate(1, (size, d) => size * inputs.Shape[d]!.Value)]), axis: 1);
        return Ops.Reshape(sums, Shape.Create([null, .. Enumerable.Repeat<int?>(1, _result.Rank - 1)])) * Ops.Ones(Shape.Create([1, .. Enumerable.Range(1, _result.Rank - 1).Select(d => _result[d] ?? 1)]));
    }
}
