using System.Reflection;
using NKeras.Callbacks;
using NKeras.Conformance.Binding;
using NKeras.Layers;

namespace NKeras.Conformance.Models;

/// <summary>A recorded model made again from its configuration, with recorded or given weights.</summary>
internal sealed class LoadedModel
{
    private static readonly IReadOnlyDictionary<string, object?> s_quiet = new Dictionary<string, object?> { ["verbose"] = 0L };

    private readonly RecordedModel _recorded;

    /// <summary>Makes the model, compiled, with recorded weights.</summary>
    public LoadedModel(RecordedModel recorded)
        : this(recorded, [.. recorded.Weights.Select(w => w.Value)])
    {
    }

    /// <summary>Makes the model, compiled, with other weights.</summary>
    /// <exception cref="InvalidDataException">The recording does not tell how the model was compiled, or the weights do not belong to the model.</exception>
    public LoadedModel(RecordedModel recorded, IReadOnlyList<Tensor> weights)
    {
        _recorded = recorded;
        Utils.ClearSession();
        Model = Model.FromJson(recorded.Config);
        if (!Model.Compiled)
            Model.CompileFromConfig(recorded.CompileConfig("initial.keras") ?? throw new InvalidDataException("Neither config.json nor initial.keras tells how the model was compiled."));
        // What random generators hold may be among them.
        Variables = weights.Count == Model.Variables.Count ? Model.Variables : Model.Weights;
        if (weights.Count != Variables.Count) throw new InvalidDataException($"The model has {Model.Weights.Count} weights ({Model.Variables.Count} variables); recorded are {weights.Count}.");
        foreach ((Variable variable, Tensor value) in Variables.Zip(weights)) variable.Assign(value);
    }

    /// <summary>The model.</summary>
    public Model Model { get; }

    /// <summary>The variables that were recorded.</summary>
    public IReadOnlyList<Variable> Variables { get; }

    /// <summary>The predictions for the recorded inputs.</summary>
    public Tensors Predict() => (Tensors)Call(nameof(Model.PredictAll), [_recorded.Value("predict_inputs")], s_quiet)!;

    /// <summary>The scores on the recorded data.</summary>
    public Scores Evaluate() => (Scores)Call(
        nameof(Model.Evaluate),
        [_recorded.Value("x"), _recorded.Value("y")],
        new Dictionary<string, object?>(s_quiet) { ["batch_size"] = 16L, ["return_dict"] = true })!;

    /// <summary>Trains as was recorded.</summary>
    public FitResult Fit()
    {
        History history = (History)Call(nameof(Model.Fit), [_recorded.Value("x"), _recorded.Value("y")], new Dictionary<string, object?>(_recorded.Fit) { ["verbose"] = 0L })!;
        return new FitResult(history, [.. Variables.Select(v => v.Value)], Predict());
    }

    private object? Call(string method, IReadOnlyList<object?> args, IReadOnlyDictionary<string, object?> kwargs) => CallBinder.Call(
        [.. typeof(Model).GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(m => m.Name == method).Select(m => new Callable(m.GetParameters(), a => m.Invoke(Model, a)))],
        args,
        kwargs);
}
