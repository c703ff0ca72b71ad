using System.Globalization;
using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

/// <summary>A tensor of which only some elements are there; the others are zero. It takes memory for those that are there.</summary>
/// <example><code>
/// var x = new SparseTensor(indices: new[,] { { 0, 3 }, { 1, 7 } }, values: new[] { 1f, 2f }, denseShape: [2, 10_000]);
/// var model = new Sequential([new Input([10_000], sparse: true), new Dense(1, activation: "sigmoid")]);
/// </code></example>
// Keras: has no such class of its own; it takes those of TensorFlow, JAX and SciPy.
public sealed partial class SparseTensor : CompositeTensor
{
    private readonly Tensor[] _coordinates;
    private int[]? _rowStarts;

    /// <summary>Creates a sparse tensor from places and values.</summary>
    /// <param name="indices">The place of each value: whole numbers, (values, rank). A place given twice holds the sum.</param>
    /// <param name="values">The values, one for each place.</param>
    /// <param name="denseShape">The dimensions.</param>
    /// <exception cref="ArgumentException">A place is outside the shape, or numbers of places and values differ.</exception>
    public SparseTensor(Tensor indices, Tensor values, Shape denseShape)
        : this(SparseData.Read(indices, values, denseShape))
    {
    }

    /// <summary>Puts coordinates and values together. Those whose first coordinate is outside the shape do not count.</summary>
    internal SparseTensor(Tensor[] coordinates, Tensor values, Shape shape, bool coalesced)
        : base(new TensorSpec(shape, values.DType)) => (_coordinates, Values, Coalesced) = (coordinates, values, coalesced);

    private SparseTensor(SparseData data)
        : this(data.Coordinates, data.Values, data.Shape, coalesced: true)
    {
    }

    /// <summary>The numbers that are there.</summary>
    public Tensor Values { get; }

    /// <summary>The place of each value, (values, rank).</summary>
    public Tensor Indices => new Engine.Primitives.Concatenate(1).Apply([.. _coordinates.Select(c => PrimitiveOps.Reshape(c, new Shape([c.Shape.Dims[0], 1])))]);

    /// <summary>The coordinates along each axis.</summary>
    internal IReadOnlyList<Tensor> Coordinates => _coordinates;

    /// <summary>Whether no place occurs twice. With data it never does, and places are in order.</summary>
    internal bool Coalesced { get; }

    internal override string Kind => "sparse";

    internal override CompositeSpec Composition => new SparseSpec(Shape, DType, Values.Shape.Dims[0], Coalesced);

    internal override IReadOnlyList<Tensor> Parts => [.. _coordinates, Values];

    /// <summary>The first value of each row, and the number of values: the data as compressed rows.</summary>
    internal int[] RowStarts => _rowStarts ??= SparseData.RowStarts(_coordinates[0], Shape.Dims[0]);

    /// <summary>The elements that are not zero.</summary>
    /// <param name="dense">A tensor with data.</param>
    public static SparseTensor FromDense(Tensor dense)
    {
        ArgumentNullException.ThrowIfNull(dense);
        return new SparseTensor(SparseData.NonZero(dense));
    }

    /// <summary>A matrix in compressed rows (CSR), as SciPy and others keep it.</summary>
    /// <param name="rowOffsets">Where the values of each row start, and the number of values at the end.</param>
    /// <param name="columns">The column of each value.</param>
    /// <param name="values">The values.</param>
    /// <param name="denseShape">The dimensions: two.</param>
    /// <exception cref="ArgumentException">Lengths do not fit each other, or a column is outside the shape.</exception>
    public static SparseTensor FromCsr(IReadOnlyList<int> rowOffsets, IReadOnlyList<int> columns, Tensor values, Shape denseShape)
    {
        ArgumentNullException.ThrowIfNull(rowOffsets);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(denseShape);
        if (denseShape.Rank != 2) throw new ArgumentException($"{nameof(denseShape)}: compressed rows make a matrix, not a tensor of shape {denseShape}.", nameof(denseShape));
        int[,] indices = new int[columns.Count, 2];
        SparseData.CheckOffsets(rowOffsets, denseShape.Dims[0], columns.Count, nameof(rowOffsets));
        for (int row = 0; row + 1 < rowOffsets.Count; row++)
        {
            for (int i = rowOffsets[row]; i < rowOffsets[row + 1]; i++) (indices[i, 0], indices[i, 1]) = (row, columns[i]);
        }

        return new SparseTensor(Tensor.From(indices), values, denseShape);
    }

    /// <summary>Shape, type and the number of values.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"SparseTensor(shape={Shape}, dtype={DType}, values={Values.Shape.Dims[0]})");

    /// <summary>Other numbers at the same places.</summary>
    internal SparseTensor WithValues(Tensor values) => new SparseTensor(_coordinates, values, Shape, Coalesced);

    internal override CompositeTensor JoinRows(IReadOnlyList<CompositeTensor> parts) => new SparseTensor(SparseData.JoinRows([.. parts.Cast<SparseTensor>()]));
}
