using NKeras.Conformance.Binding;
using NKeras.Conformance.Comparison;
using NKeras.Conformance.Values;

namespace NKeras.Conformance.Files;

/// <summary>Loads whole models, and checks what they are and predict.</summary>
internal static class LoadedFile
{
    /// <summary>What backends of Keras meet among themselves, and where they add up many numbers.</summary>
    private static readonly Tolerance s_tolerance = new(1e-4, 1e-5), s_longSums = new(1e-3, 1e-4);

    /// <summary>From how many terms on a sum is long.</summary>
    private const int LongSum = 1000;

    /// <summary>A file of which predictions were recorded.</summary>
    public static IEnumerable<string> CheckRecorded(RecordedFile file)
    {
        // What was recorded is the model as it is without its optimizer.
        Model model = Model.Load(file.Path, compile: false);
        List<Difference> differences = [.. CompareStructure(file, model)];
        object? inputs = file.Value("inputs");
        if (inputs != null) differences.AddRange(ComparePredictions(file, model, ToTensors(inputs)));
        if (file.Value("named_inputs") is IReadOnlyDictionary<string, object?> named) differences.AddRange(CompareNamed(file, model, named));
        if (differences.Count > 0) throw new DiffersException([.. differences.Select(d => d.Message)]);
        // What is not Keras's own in a file that loads is what it was compiled with.
        Model again = Model.Load(file.Path, compile: file.Custom.Count == 0);
        if (inputs != null) ModelBits.CheckSavedAgain(again, ToTensors(inputs));
        else CheckFinite(again);
        string what = inputs != null ? "structure, summary and predictions as recorded" : file.Value("named_outputs") != null ? "predictions as recorded" : "predictions finite; none were recorded";
        yield return $"{what}, bit-equal after saving it again";
    }

    /// <summary>A file that Keras 3.16 itself refuses although all of its classes are Keras's.</summary>
    public static IEnumerable<string> CheckUnrecorded(RecordedFile file)
    {
        Model model = Model.Load(file.Path);
        CheckFinite(model);
        yield return $"{model.Layers.Count} layers, {model.CountParams()} parameters; predictions finite, bit-equal after saving it again";
    }

    /// <summary>Predicts from made up inputs, and saves the model again.</summary>
    public static void CheckFinite(Model model)
    {
        Tensors inputs = GeneratedInputs.For(model);
        foreach (Tensor prediction in ModelBits.Predict(model, inputs))
        {
            if (!TensorComparison.Numbers(prediction).All(double.IsFinite)) throw new DiffersException("a prediction is not finite");
        }

        ModelBits.CheckSavedAgain(model, inputs);
    }

    private static IEnumerable<Difference> CompareStructure(RecordedFile file, Model model)
    {
        if (file.Text("model_class") is { Length: > 0 } className && className != model.ClassName) yield return new(DifferenceKind.Structure, $"the model is a {model.ClassName}, Keras's a {className}");
        if (file.Value("layers") is RecordedList layers && !layers.Items.Select(l => l?.ToString()).SequenceEqual(model.Layers.Select(l => l.Name)))
            yield return new(DifferenceKind.Structure, $"the layers are {string.Join(", ", model.Layers.Select(l => l.Name))}; Keras's {string.Join(", ", layers.Items)}");
        if (file.Value("count_params") is long count && count != model.CountParams()) yield return new(DifferenceKind.Structure, $"the model has {model.CountParams()} parameters, Keras's {count}");
        if (file.Value("summary") is string summary && SummaryComparison.Compare(summary, model) is { } difference) yield return difference;
    }

    private static IEnumerable<Difference> ComparePredictions(RecordedFile file, Model model, Tensors inputs)
    {
        object? recorded = file.Value("outputs");
        Tensors predictions = ModelBits.Predict(model, inputs);
        // Keras: gives what is alone in a list without the list.
        return ResultComparison.Compare(recorded, recorded is Tensor && predictions.Count == 1 ? predictions[0] : predictions, ToleranceOf(model), "outputs");
    }

    private static IEnumerable<Difference> CompareNamed(RecordedFile file, Model model, IReadOnlyDictionary<string, object?> named)
    {
        if (file.Value("named_outputs") is not IReadOnlyDictionary<string, object?> outputs) return [];
        // A Sequential of Keras 2 had an input layer only to start from, whose name need not be kept.
        Tensor[] inputs = model.Inputs.Count == 1 && named.Count == 1
            ? [(Tensor)named.Values.Single()!]
            : [.. model.Inputs.Select(i => named.TryGetValue(i.History!.Operation.Name, out object? value) ? (Tensor)value! : throw new DiffersException($"no input was recorded for '{i.History!.Operation.Name}'; there are {string.Join(", ", named.Keys)}"))];
        Model inner = new(inputs: [.. model.Inputs], outputs: [.. outputs.Keys.Select(n => model.GetLayer(n).Output)]);
        Tensors predictions = ModelBits.Predict(inner, inputs.Length == 1 ? inputs[0] : inputs);
        return outputs.SelectMany((o, i) => ResultComparison.Compare(o.Value, predictions[i], ToleranceOf(model), $"the output of '{o.Key}'"));
    }

    private static Tolerance ToleranceOf(Model model) => model.Weights.Any(w => w.Shape.Rank > 1 && w.Shape.Size / w.Shape[-1]!.Value >= LongSum) ? s_longSums : s_tolerance;

    private static Tensors ToTensors(object inputs)
    {
        if (inputs is RecordedList { Items: [Tensor only] }) inputs = only;
        return ValueConverter.TryConvert(inputs, typeof(Tensors), out object? tensors) ? (Tensors)tensors! : throw new InvalidDataException("The recorded inputs are no tensors.");
    }
}
