using NKeras.Engine;

namespace NKeras.Training;

/// <summary>Samples that can be cut out of tensors by their numbers.</summary>
internal abstract class Samples
{
    /// <summary>The number of samples.</summary>
    public abstract int Count { get; }

    /// <summary>Copies of samples, along a new first axis.</summary>
    public abstract Batch Cut(ReadOnlySpan<int> numbers);

    /// <summary>A sample, without an axis for several.</summary>
    public Batch One(int number) => Select(Cut([number]), t => new ConcreteTensor(t.Spec with { Shape = new Shape(t.Shape.Dims[1..]) }, t.Data));

    /// <summary>The same structure with every tensor replaced.</summary>
    public static Batch Select(Batch batch, Func<Tensor, Tensor> map) => new(batch.X.Select(map), batch.Y?.Select(map), batch.SampleWeight?.Select(map));

    /// <summary>All tensors of a batch.</summary>
    public static IEnumerable<Tensor> Flat(Batch batch) => [.. batch.X, .. batch.Y ?? [], .. batch.SampleWeight ?? []];

    /// <summary>Puts elements together, along a new first axis.</summary>
    /// <exception cref="ArgumentException">They differ in structure, or their tensors in shape or type.</exception>
    public static Batch Stack(Batch[] elements)
    {
        Tensor[][] tensors = Array.ConvertAll(elements, e => (Tensor[])[.. Flat(e)]);
        string structure = Structure(elements[0]);
        for (int i = 1; i < elements.Length; i++)
        {
            if (Structure(elements[i]) != structure) throw new ArgumentException($"Dataset: elements of a batch are alike, but one holds {structure} and another {Structure(elements[i])}.");
        }

        int at = 0;
        return Select(elements[0], _ => Stack([.. tensors.Select(t => t[at])], at++));
    }

    /// <summary>Refuses what rows cannot be cut out of.</summary>
    public static ConcreteTensor Dense(string what, Tensor tensor) => tensor switch
    {
        null => throw new ArgumentException($"Dataset: {what} holds a tensor that is null.", what),
        ConcreteTensor data => data.Rank > 0 ? data : throw new ArgumentException($"Dataset: {what} is a scalar; data has the samples along its first axis.", what),
        CompositeTensor composite => throw new ArgumentException($"Dataset: {what} is a {composite.Kind} tensor of shape {composite.Shape}. Give it to Fit as it is.", what),
        _ => throw new ArgumentException($"Dataset: {what} is data, not a symbolic tensor of shape {tensor.Shape}.", what),
    };

    private static string Structure(Batch batch) => $"x {batch.X}, y {batch.Y?.ToString() ?? "none"}, weights {batch.SampleWeight?.ToString() ?? "none"}";

    private static ConcreteTensor Stack(Tensor[] parts, int at)
    {
        TensorSpec spec = parts[0].Spec;
        ConcreteTensor stacked = ConcreteTensor.Allocate(new TensorSpec(new Shape([parts.Length, .. spec.Shape.Dims]), spec.DType));
        int size = spec.Shape.Size;
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] is not ConcreteTensor part) throw new ArgumentException($"Dataset: tensor {at} of an element holds no dense data, so it cannot be put into a batch.");
            part.CopyElements(0, stacked, i * size, size);
        }

        return stacked;
    }
}
