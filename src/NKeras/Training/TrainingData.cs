using NKeras.Core;
using NKeras.Engine;

namespace NKeras.Training;

/// <summary>Rows of inputs, targets and sample weights, in the order of a model's inputs and outputs.</summary>
internal sealed class TrainingData
{
    private TrainingData(InputStructure structure, Tensor[] x, Tensor[] y, Tensor[] weights, int start, int count) =>
        (Structure, X, Y, Weights, Start, Count) = (structure, x, y, weights, start, count);

    /// <summary>How the inputs are handed to the model.</summary>
    public InputStructure Structure { get; }

    /// <summary>The inputs that are there.</summary>
    public Tensor[] X { get; }

    public Tensor[] Y { get; }

    /// <summary>None, one for all outputs, or one for each.</summary>
    public Tensor[] Weights { get; }

    /// <summary>The first row that belongs to it.</summary>
    public int Start { get; }

    /// <summary>The number of rows that belong to it.</summary>
    public int Count { get; }

    public IEnumerable<Tensor> All => [.. X, .. Y, .. Weights];

    /// <summary>Whether inputs are sparse or ragged.</summary>
    public bool HasComposites => X.Any(t => t is CompositeTensor);

    /// <summary>Takes inputs only.</summary>
    public static TrainingData ForInputs(Model model, Tensors x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.OfType<KerasTensor>().FirstOrDefault() is { } symbolic) throw new ArgumentException($"{nameof(x)} is data, not the symbolic tensor '{symbolic.Name}'.", nameof(x));
        Tensors ordered = model.OrderInputs(nameof(x), x);
        Tensor[] inputs = [.. ordered.Where(t => t is not null)];
        if (inputs.Length == 0) throw new ArgumentNullException(nameof(x), $"{nameof(x)}: tensor 0 is null.");
        return new TrainingData(InputStructure.Of(ordered), inputs, [], [], 0, CountRows([("x", inputs)]));
    }

    /// <summary>Takes all there is and checks that it fits together.</summary>
    /// <exception cref="ArgumentException">The numbers of samples differ, there are none, or something is missing.</exception>
    public static TrainingData Create(Model model, Batch batch, IReadOnlyDictionary<int, double>? classWeight, bool builds = true)
    {
        (Tensors x, Tensors? y, Tensors? sampleWeight) = batch;
        TrainingData inputs = ForInputs(model, x);
        if (y == null)
        {
            return model.RequireCompiled("training").NeedsTargets
                ? throw new ArgumentNullException("y", $"Model '{model.Name}' was given inputs x but no targets y.")
                : inputs;
        }

        if (builds) model.EnsureBuilt(inputs.Inputs(1));
        IReadOnlyList<string> outputs = model.Ports(inputs.Inputs(1)).OutputNames;
        Tensor[] targets = y.InOrder("y", model.Name, outputs, "outputs");
        if (targets.Concat(sampleWeight ?? []).OfType<CompositeTensor>().FirstOrDefault() is { } composite)
            throw new ArgumentException($"Targets and sample weights are dense tensors; received a {composite.Kind} one of shape {composite.Shape}. {composite.Hint}", "y");
        Tensor[] weights = sampleWeight == null ? []
            : sampleWeight.Count == 1 && sampleWeight.Names == null ? [sampleWeight[0]]
            : sampleWeight.InOrder(nameof(sampleWeight), model.Name, outputs, "outputs");
        if (classWeight != null)
        {
            if (sampleWeight != null) throw new ArgumentException("sampleWeight and classWeight cannot both be given.", nameof(classWeight));
            if (targets.Length != 1) throw new ArgumentException($"classWeight is for models with one output; '{model.Name}' has {targets.Length}.", nameof(classWeight));
            weights = [ClassWeights.ToSampleWeights(targets[0], classWeight)];
        }

        return new TrainingData(inputs.Structure, inputs.X, targets, weights, 0, CountRows([("x", inputs.X), ("y", targets), ("sampleWeight", weights)]));
    }

    /// <summary>The first rows for training and the last for validation.</summary>
    /// <exception cref="ArgumentException">Nothing would be left for one of them.</exception>
    public (TrainingData Train, TrainingData Validation) Split(double validationSplit)
    {
        int train = (int)Math.Floor(Count * (1 - validationSplit));
        if (train == 0 || train == Count)
            throw new ArgumentException($"{Count} samples cannot be split with validationSplit {validationSplit}: {train} would be left for training and {Count - train} for validation.", nameof(validationSplit));
        return (new(Structure, X, Y, Weights, 0, train), new(Structure, X, Y, Weights, train, Count - train));
    }

    /// <summary>Shapes and types of a batch of some rows.</summary>
    public BatchSpec Batch(int rows) =>
        new(Structure, X.Length, Y.Length, [.. All.Select(t => new TensorSpec(t.Shape.With(0, rows), t.DType))], Composites(All, rows));

    /// <summary>Shapes and types of the inputs of a batch of some rows.</summary>
    public BatchSpec Inputs(int rows) => new(Structure, X.Length, 0, [.. X.Select(t => new TensorSpec(t.Shape.With(0, rows), t.DType))], Composites(X, rows));

    /// <summary>What is known of sparse and ragged tensors but for their number of values, which the batch decides; null if there are none.</summary>
    private CompositeSpec?[]? Composites(IEnumerable<Tensor> tensors, int rows) => HasComposites
        ? [.. tensors.Select(t => CompositeSpec.Of(new TensorSpec(t.Shape.With(0, rows), t.DType), t is SparseTensor, t is RaggedTensor))]
        : null;

    private static int CountRows(IEnumerable<(string Name, Tensor[] Tensors)> groups)
    {
        (string Name, int Rows)? first = null;
        foreach ((string name, Tensor[] tensors) in groups)
        {
            for (int i = 0; i < tensors.Length; i++)
            {
                string what = tensors.Length == 1 ? name : $"{name}[{i}]";
                if (tensors[i].Rank == 0) throw new ArgumentException($"{what} is a scalar; data has the samples along its first axis.", name);
                int rows = tensors[i].Shape.Dims[0];
                first ??= (what, rows);
                if (rows != first.Value.Rows)
                    throw new ArgumentException($"{what} has {rows} samples (shape {tensors[i].Shape}), but {first.Value.Name} has {first.Value.Rows}: all data must have the same number.", name);
            }
        }

        return first is { Rows: > 0 } ? first.Value.Rows : throw new ArgumentException("The data set is empty: x has no samples.", "x");
    }
}
