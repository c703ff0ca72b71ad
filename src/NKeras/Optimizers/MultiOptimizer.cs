using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Optimizers;

/// <summary>Several optimizers, each for some of the variables (<c>keras.optimizers.MultiOptimizer</c>).</summary>
/// <remarks>It has no learning rate; its <see cref="Optimizers"/> have.</remarks>
/// <example><code>
/// model.Compile(new MultiOptimizer(new OptimizerMap(new SGD(0.01)) { ["encoder/.*"] = new Adam(1e-3) }), "mse");
///
/// Adam adam = new(1e-3);
/// SGD sgd = new(0.01);
/// model.Compile(new MultiOptimizer(variable =&gt; variable.Path.Contains("encoder/") ? adam : sgd), "mse");
/// </code></example>
public sealed class MultiOptimizer : Optimizer
{
    private readonly Func<Variable, Optimizer> _choice;
    private readonly List<Optimizer> _optimizers = [];
    private readonly Dictionary<Variable, Optimizer> _owners = new(ReferenceEqualityComparer.Instance);
    private object?[] _schedules = [];

    /// <summary>Creates the optimizer from a map of paths.</summary>
    /// <param name="optimizerMap">The optimizers by the paths of variables.</param>
    /// <param name="lossScaleFactor">What the loss is multiplied by before gradients are computed, and gradients are divided by: for all optimizers, in place of their own.</param>
    /// <param name="name">The name.</param>
    public MultiOptimizer(OptimizerMap optimizerMap, double? lossScaleFactor = null, string? name = null)
        : base(0.0, lossScaleFactor: lossScaleFactor, name: name)
    {
        ArgumentNullException.ThrowIfNull(optimizerMap);
        (OptimizerMap, _choice) = (optimizerMap, optimizerMap.Apply);
        foreach (Optimizer optimizer in optimizerMap.Values.Append(optimizerMap.DefaultOptimizer)) Add(optimizer);
    }

    /// <summary>Creates the optimizer from a function. Files can name it if it is registered (<c>Utils.RegisterKerasSerializable</c>).</summary>
    /// <param name="optimizerMap">Gives the optimizer of a variable: one of a few, not a new one each time.</param>
    /// <param name="lossScaleFactor">What the loss is multiplied by before gradients are computed, and gradients are divided by: for all optimizers, in place of their own.</param>
    /// <param name="name">The name.</param>
    public MultiOptimizer(Func<Variable, Optimizer> optimizerMap, double? lossScaleFactor = null, string? name = null)
        : base(0.0, lossScaleFactor: lossScaleFactor, name: name)
    {
        ArgumentNullException.ThrowIfNull(optimizerMap);
        _choice = optimizerMap;
    }

    /// <summary>The optimizers by the paths of variables; null if a function chooses.</summary>
    public OptimizerMap? OptimizerMap { get; }

    /// <summary>The optimizers: those of the map, or those that the function gave when this one was built.</summary>
    public IReadOnlyList<Optimizer> Optimizers => _optimizers;

    /// <summary>This optimizer's own state, then that of each of the others.</summary>
    public override IReadOnlyList<Variable> Variables => [.. base.Variables, .. _optimizers.SelectMany(o => o.Variables)];

    /// <summary>The optimizers have one each.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override LearningRate LearningRate
    {
        get => throw NoRate();
        set => throw NoRate();
    }

    /// <inheritdoc/>
    public override double? LossScaleFactor
    {
        get => base.LossScaleFactor;
        internal set
        {
            base.LossScaleFactor = value;
            foreach (Optimizer optimizer in _optimizers) optimizer.LossScaleFactor = value;
        }
    }

    /// <inheritdoc/>
    public override void Apply(IReadOnlyList<Tensor?> grads, IReadOnlyList<Variable>? trainableVariables = null)
    {
        IReadOnlyList<Variable> variables = CheckedVariables(grads, trainableVariables);
        if (grads.Count == 0) return;
        foreach (Optimizer optimizer in _optimizers)
        {
            int[] own = [.. Enumerable.Range(0, grads.Count).Where(i => _owners[variables[i]] == optimizer)];
            optimizer.Apply([.. own.Select(i => grads[i])], [.. own.Select(i => variables[i])]);
        }

        CountCall();
    }

    /// <inheritdoc/>
    public override void FinalizeVariableValues(IReadOnlyList<Variable> varList)
    {
        ArgumentNullException.ThrowIfNull(varList);
        foreach (Optimizer optimizer in _optimizers)
        {
            Variable[] own = [.. varList.Where(v => _owners.GetValueOrDefault(v) == optimizer)];
            if (own.Length > 0) optimizer.FinalizeVariableValues(own);
        }
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new()
    {
        ["optimizer_map"] = OptimizerMap != null ? KerasSerializer.Serialize(OptimizerMap) : CustomFunctions.FormOf(_choice, $"The function of optimizer '{Name}'"),
        ["loss_scale_factor"] = LossScaleFactor,
        ["name"] = Name,
    };

    internal static MultiOptimizer FromConfig(JsonObject config)
    {
        double? scale = config["loss_scale_factor"] is { } factor ? ConfigReader.Read<double>(factor) : null;
        string? name = config["name"] is { } text ? ConfigReader.Text(text) : null;
        JsonNode? map = config["optimizer_map"];
        return ConfigReader.Function<Func<Variable, Optimizer>>(map) is { } function
            ? new MultiOptimizer(function, scale, name)
            : new MultiOptimizer(KerasSerializer.Deserialize<OptimizerMap>(map!), scale, name);
    }

    /// <inheritdoc/>
    protected override void BuildState(IReadOnlyList<Variable> variables)
    {
        foreach (Variable variable in variables)
        {
            Optimizer optimizer = _choice(variable) ?? throw new InvalidOperationException($"The function of optimizer '{Name}' gave no optimizer for variable '{variable.Path}'.");
            Add(OptimizerMap.Plain(optimizer, nameof(variables)));
            _owners[variable] = optimizer;
        }

        foreach (Optimizer optimizer in _optimizers)
        {
            Variable[] own = [.. variables.Where(v => _owners[v] == optimizer)];
            if (own.Length > 0) optimizer.Build(own);
        }
    }

    /// <inheritdoc/>
    protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate) => _owners[variable].UpdateOne(gradient, variable, learningRate);

    internal override object? Schedule
    {
        get
        {
            object?[] now = [.. _optimizers.Select(o => o.Schedule)];
            return now.SequenceEqual(_schedules) ? _schedules : _schedules = now;
        }
    }

    internal override IEnumerable<(Variable Variable, Variable Average)> RunningAverages => _optimizers.SelectMany(o => o.RunningAverages);

    private InvalidOperationException NoRate() => new($"Optimizer '{Name}' has no learning rate of its own; each of its Optimizers has.");

    private void Add(Optimizer optimizer)
    {
        if (_optimizers.Contains(optimizer)) return;
        optimizer.LossScaleFactor = LossScaleFactor;
        _optimizers.Add(optimizer);
    }
}
