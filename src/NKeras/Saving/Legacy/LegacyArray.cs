using NKeras.Hdf5;
using NKeras.Saving.Files;

namespace NKeras.Saving.Legacy;

/// <summary>An array of a legacy file, perhaps in another order of elements than the file's. It is read when it is assigned, when its shape is known to fit.</summary>
internal sealed class LegacyArray
{
    private readonly Hdf5Dataset? _dataset;
    private readonly Func<Tensor> _read;

    /// <summary>Takes an array as it is in the file.</summary>
    public LegacyArray(Hdf5Dataset dataset)
    {
        _dataset = dataset;
        Name = dataset.Path;
        Dims = dataset.Shape ?? throw new ArgumentException($"The file's array '{BadConfig.Excerpt(Name)}' has no shape.");
        _read = () => new Hdf5Array(dataset).ToTensor(new Shape([.. Dims.Select(d => checked((int)d))]), $"'{BadConfig.Excerpt(Name)}'");
    }

    private LegacyArray(string name, IReadOnlyList<long> dims, Func<Tensor> read) => (Name, Dims, _read) = (name, dims, read);

    /// <summary>Its name in the file.</summary>
    public string Name { get; }

    /// <summary>The dimensions.</summary>
    public IReadOnlyList<long> Dims { get; }

    /// <summary>The dimensions in Python's spelling.</summary>
    public string ShapeText => $"({string.Join(", ", Dims)}{(Dims.Count == 1 ? "," : "")})";

    /// <summary>Whether it has a shape.</summary>
    public bool Has(Shape shape) => Is([.. shape.Dims]);

    /// <summary>Whether it has these dimensions.</summary>
    public bool Is(params ReadOnlySpan<int> dims)
    {
        if (dims.Length != Dims.Count) return false;
        for (int i = 0; i < dims.Length; i++)
        {
            if (dims[i] != Dims[i]) return false;
        }

        return true;
    }

    /// <summary>It with its axes in another order.</summary>
    public LegacyArray Transposed(params int[] axes) => new(Name, [.. axes.Select(a => Dims[a])], () => Ops.Transpose(_read(), Ints.Create(axes)));

    /// <summary>It in another shape of as many elements.</summary>
    public LegacyArray Reshaped(params long[] dims) => new(Name, dims, () => Ops.Reshape(_read(), TargetShape.Create([.. dims.Select(d => (int?)checked((int)d))])));

    /// <summary>It with the order of elements along axes turned round.</summary>
    public LegacyArray Flipped(params int[] axes) => new(Name, Dims, () => Ops.Flip(_read(), Ints.Create(axes)));

    /// <summary>Arrays one after the other along the last axis.</summary>
    public static LegacyArray Joined(params LegacyArray[] arrays)
    {
        int last = arrays[0].Dims.Count - 1;
        return new(arrays[0].Name, [.. arrays[0].Dims.Take(last), arrays.Sum(a => a.Dims[last])], () => Ops.Concatenate([.. arrays.Select(a => a._read())], axis: -1));
    }

    /// <summary>It in equal parts along the last axis, each changed to another of its shape.</summary>
    public LegacyArray InParts(int count, Func<Tensor, Tensor> change) => new(Name, Dims, () => Ops.Concatenate([.. Ops.Split(_read(), count, axis: -1).Select(change)], axis: -1));

    /// <summary>The sum of its two halves.</summary>
    public LegacyArray HalvesAdded() => new(Name, [Dims[0] / 2], () =>
    {
        IReadOnlyList<Tensor> halves = Ops.Split(_read(), 2);
        return Ops.Add(halves[0], halves[1]);
    });

    /// <summary>Sets a variable to it, which must have its shape.</summary>
    public void AssignTo(Variable variable)
    {
        if (_dataset != null) DatasetTensors.Assign(variable, _dataset);
        else variable.Assign(_read());
    }
}
