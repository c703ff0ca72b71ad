using System.Globalization;
using NKeras.Core;
using NKeras.Engine;

namespace NKeras;

/// <summary>A tensor whose rows differ in length: sentences, for instance. The rows lie one after the other, without gaps.</summary>
/// <example><code>
/// var x = RaggedTensor.From&lt;int&gt;([[3, 1, 4], [1], [5, 9, 2, 6]]);
/// var model = new Sequential([new Input([null], dtype: "int32", ragged: true), new Embedding(10, 8), new GlobalAveragePooling1D(), new Dense(1)]);
/// </code></example>
// Keras: has no such class of its own; it takes TensorFlow's.
public sealed partial class RaggedTensor : CompositeTensor
{
    /// <summary>Creates a ragged tensor.</summary>
    /// <param name="values">The elements of all rows, one row after the other: (elements, …).</param>
    /// <param name="rowSplits">Where each row starts, and the number of elements at the end: whole numbers, one more than rows.</param>
    /// <exception cref="ArgumentException">The splits do not fit the values.</exception>
    public RaggedTensor(Tensor values, Tensor rowSplits)
        : this(RaggedData.Read(values, rowSplits))
    {
    }

    /// <summary>Puts values and rows together. Values of rows outside the shape do not count.</summary>
    internal RaggedTensor(Tensor values, Tensor rowSplits, Tensor rowIds, Shape shape, int maxLength)
        : base(new TensorSpec(shape, values.DType)) => (Values, RowSplits, RowIds, MaxLength) = (values, rowSplits, rowIds, maxLength);

    private RaggedTensor(RaggedData data)
        : this(data.Values, data.RowSplits, data.RowIds, data.Shape, data.MaxLength)
    {
    }

    /// <summary>The numbers that are there, one row after the other.</summary>
    public Tensor Values { get; }

    /// <summary>Where each row starts, and the number of elements at the end.</summary>
    public Tensor RowSplits { get; }

    /// <summary>The row of each value.</summary>
    internal Tensor RowIds { get; }

    /// <summary>The length of the longest row, or what all rows are filled up to.</summary>
    internal int MaxLength { get; }

    internal override string Kind => "ragged";

    internal override CompositeSpec Composition => new RaggedSpec(Shape, DType, Values.Shape.Dims[0], MaxLength);

    internal override IReadOnlyList<Tensor> Parts => [Values, RowSplits, RowIds];

    /// <summary>Rows of numbers that may differ in length.</summary>
    /// <param name="rows">The rows.</param>
    public static RaggedTensor From<T>(IReadOnlyList<T[]> rows)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(rows);
        int[] splits = new int[rows.Count + 1];
        for (int i = 0; i < rows.Count; i++) splits[i + 1] = splits[i] + (rows[i] ?? throw new ArgumentNullException(nameof(rows), $"Row {i} is null; an empty row is [].")).Length;
        return new RaggedTensor(Tensor.From<T>([.. rows.SelectMany(r => r)]), splits);
    }

    /// <summary>Rows of vectors, or of any tensors of one shape, that may differ in number.</summary>
    /// <param name="rows">The rows, (steps, …) each; they differ in steps only.</param>
    /// <exception cref="ArgumentException">There are no rows, or they differ in more than their length.</exception>
    public static RaggedTensor FromRows(params IReadOnlyList<Tensor> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) throw new ArgumentException("There are no rows.", nameof(rows));
        int[] splits = new int[rows.Count + 1];
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Rank == 0 || rows[i].DType != rows[0].DType || rows[i].Rank != rows[0].Rank || rows[i].Shape.With(0, 0) != rows[0].Shape.With(0, 0))
                throw new ArgumentException($"Row {i} is {rows[i].DType} of shape {rows[i].Shape}, row 0 is {rows[0].DType} of shape {rows[0].Shape}: rows differ in their length only.", nameof(rows));
            splits[i + 1] = splits[i] + rows[i].Shape.Dims[0];
        }

        return new RaggedTensor(Ops.Concatenate(rows, 0), splits);
    }

    /// <summary>Shape, type and the number of values.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"RaggedTensor(shape={Shape}, dtype={DType}, values={Values.Shape.Dims[0]})");

    /// <summary>Other numbers in the same rows.</summary>
    internal RaggedTensor WithValues(Tensor values) =>
        new RaggedTensor(values, RowSplits, RowIds, new Shape([.. Shape.Dims[..2], .. values.Shape.Dims[1..]]), MaxLength);

    internal override CompositeTensor JoinRows(IReadOnlyList<CompositeTensor> parts) => new RaggedTensor(RaggedData.JoinRows([.. parts.Cast<RaggedTensor>()]));
}
