using System.Reflection;
using NKeras.Callbacks;
using NKeras.Conformance.Binding;

namespace NKeras.Conformance.Models;

/// <summary>A recorded model made again from its configuration, with recorded or given weights.</summary>
internal sealed class LoadedModel
{
    private static readonly IReadOnlyDictionary<string, object?> s_quiet = new Dictionary<string, object?> { ["verbose"] = 0L };

    private readonly RecordedModel _recorded;

    /// <summary>Gives weights to a model.</summary>
    /// <param name="recorded">What was recorded of it.</param>
    /// <param name="model">The model, compiled.</param>
    /// <param name="weights">The weights, in the order of the recorded ones.</param>
    /// <exception cref="InvalidDataException">The weights do not belong to the model.</exception>
    public LoadedModel(RecordedModel recorded, Model model, IReadOnlyList<Tensor> weights)
        : this(recorded, model)
    {
        foreach ((Variable variable, Tensor value) in Variables.Zip(weights)) variable.Assign(value);
    }

    /// <summary>Takes a model as it is.</summary>
    /// <param name="recorded">What was recorded of it.</param>
    /// <param name="model">The model, compiled, with its weights.</param>
    /// <exception cref="InvalidDataException">The recorded weights do not belong to the model.</exception>
    public LoadedModel(RecordedModel recorded, Model model)
    {
        (_recorded, Model) = (recorded, model);
        int count = recorded.Weights.Count;
        // What random generators hold may be among them.
        Variables = count == Model.Variables.Count ? Model.Variables : Model.Weights;
        if (count != Variables.Count) throw new InvalidDataException($"The model has {Model.Weights.Count} weights ({Model.Variables.Count} variables); recorded are {count}.");
    }

    /// <summary>Makes the model from its configuration, with first weights of its own.</summary>
    /// <param name="recorded">What was recorded of it.</param>
    /// <exception cref="InvalidDataException">The recording does not tell how the model was compiled.</exception>
    public static Model Make(RecordedModel recorded)
    {
        Model model = Model.FromJson(recorded.Config);
        if (!model.Compiled)
            model.CompileFromConfig(recorded.CompileConfig("initial.keras") ?? throw new InvalidDataException("Neither config.json nor initial.keras tells how the model was compiled."));
        return model;
    }

    /// <summary>Makes the model from its configuration.</summary>
    /// <param name="recorded">What was recorded of it.</param>
    /// <param name="weights">The weights; the recorded ones if omitted.</param>
    /// <exception cref="InvalidDataException">The recording does not tell how the model was compiled, or the weights do not belong to the model.</exception>
    public static LoadedModel Read(RecordedModel recorded, IReadOnlyList<Tensor>? weights = null)
    {
        Utils.ClearSession();
        return new LoadedModel(recorded, Make(recorded), weights ?? [.. recorded.Weights.Select(w => w.Value)]);
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
