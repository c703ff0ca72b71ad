using NKeras.Core;

namespace NKeras.Layers;

public abstract partial class Layer
{
    private static readonly CallParameter[] s_parameters = ["inputs", new("training", IsFlag: true)];
    private static readonly CallParameter[] s_maskedParameters = ["inputs", "mask", new("training", IsFlag: true)];

    /// <summary>Applies the layer to a symbolic tensor, which adds it to a functional graph.</summary>
    /// <param name="inputs">What the layer is applied to.</param>
    /// <param name="training">Whether to behave as in training, at this place whatever the model does; null to follow the model.</param>
    /// <param name="mask">Which steps of the input count, for layers that take a mask; the one that travels with the input if omitted.</param>
    /// <exception cref="ArgumentException">The input does not fit; the message names the layer.</exception>
    // Keras: a layer is called like a function; C# has no call operator.
    public KerasTensor Apply(KerasTensor inputs, bool? training = null, KerasTensor? mask = null) => (KerasTensor)Single(ApplyTo(Arguments(inputs, training, mask)));

    /// <summary>Applies the layer to data. No graph is recorded.</summary>
    /// <inheritdoc cref="Apply(KerasTensor, bool?, KerasTensor?)"/>
    public Tensor Apply(Tensor inputs, bool? training = null, Tensor? mask = null) => Single(ApplyTo(Arguments(inputs, training, mask)));

    /// <inheritdoc cref="Apply(KerasTensor, bool?, KerasTensor?)"/>
    public KerasTensor Apply(params IReadOnlyList<KerasTensor?> inputs) => (KerasTensor)Single(ApplyTo(Arguments(List(inputs), null)));

    /// <inheritdoc cref="Apply(Tensor, bool?, Tensor?)"/>
    public Tensor Apply(params IReadOnlyList<Tensor?> inputs) => Single(ApplyTo(Arguments(List(inputs), null)));

    /// <summary>Applies a layer with several inputs to symbolic tensors, saying more about the call.</summary>
    /// <param name="inputs">What the layer is applied to.</param>
    /// <param name="training">Whether to behave as in training, at this place whatever the model does; null to follow the model.</param>
    /// <param name="mask">For each input which of its steps count; the masks that travel with the inputs if omitted.</param>
    /// <exception cref="ArgumentException">The input does not fit; the message names the layer.</exception>
    public KerasTensor Apply(IReadOnlyList<KerasTensor?> inputs, bool? training, IReadOnlyList<KerasTensor?>? mask = null) =>
        (KerasTensor)Single(ApplyTo(Arguments(List(inputs), training, Masks(mask))));

    /// <summary>Applies a layer with several inputs to data, saying more about the call. No graph is recorded.</summary>
    /// <inheritdoc cref="Apply(IReadOnlyList{KerasTensor?}, bool?, IReadOnlyList{KerasTensor?}?)"/>
    public Tensor Apply(IReadOnlyList<Tensor?> inputs, bool? training, IReadOnlyList<Tensor?>? mask = null) => Single(ApplyTo(Arguments(List(inputs), training, Masks(mask))));

    /// <summary>Applies the layer to symbolic tensors by name.</summary>
    /// <inheritdoc cref="Apply(KerasTensor, bool?, KerasTensor?)"/>
    public KerasTensor Apply(IReadOnlyDictionary<string, KerasTensor> inputs, bool? training = null) => (KerasTensor)Single(ApplyTo(Arguments(Named(inputs), training)));

    /// <summary>Applies the layer to data by name. No graph is recorded.</summary>
    /// <inheritdoc cref="Apply(KerasTensor, bool?, KerasTensor?)"/>
    public Tensor Apply(IReadOnlyDictionary<string, Tensor> inputs, bool? training = null) => Single(ApplyTo(Arguments(Named(inputs), training)));

    /// <summary>Applies a layer or model that has several results to symbolic tensors.</summary>
    /// <exception cref="ArgumentException">The input does not fit; the message names the layer.</exception>
    public KerasTensors ApplyAll(params IReadOnlyList<KerasTensor?> inputs) => Symbolic(ApplyTo(Arguments(List(inputs), null)));

    /// <summary>Applies a layer or model that has several results to data. No graph is recorded.</summary>
    /// <exception cref="ArgumentException">The input does not fit; the message names the layer.</exception>
    public Tensors ApplyAll(params IReadOnlyList<Tensor?> inputs) => ApplyTo(Arguments(List(inputs), null));

    /// <summary>Applies a layer or model that has several results to symbolic tensors, saying more about the call.</summary>
    /// <inheritdoc cref="Apply(IReadOnlyList{KerasTensor?}, bool?, IReadOnlyList{KerasTensor?}?)"/>
    public KerasTensors ApplyAll(IReadOnlyList<KerasTensor?> inputs, bool? training, IReadOnlyList<KerasTensor?>? mask = null) =>
        Symbolic(ApplyTo(Arguments(List(inputs), training, Masks(mask))));

    /// <summary>Applies a layer or model that has several results to data, saying more about the call. No graph is recorded.</summary>
    /// <inheritdoc cref="Apply(IReadOnlyList{KerasTensor?}, bool?, IReadOnlyList{KerasTensor?}?)"/>
    public Tensors ApplyAll(IReadOnlyList<Tensor?> inputs, bool? training, IReadOnlyList<Tensor?>? mask = null) => ApplyTo(Arguments(List(inputs), training, Masks(mask)));

    /// <summary>Applies a layer or model that has several results to symbolic tensors by name.</summary>
    /// <exception cref="ArgumentException">The input does not fit; the message names the layer.</exception>
    public KerasTensors ApplyAll(IReadOnlyDictionary<string, KerasTensor> inputs, bool? training = null) => Symbolic(ApplyTo(Arguments(Named(inputs), training)));

    /// <summary>Applies a layer or model that has several results to data by name. No graph is recorded.</summary>
    /// <exception cref="ArgumentException">The input does not fit; the message names the layer.</exception>
    public Tensors ApplyAll(IReadOnlyDictionary<string, Tensor> inputs, bool? training = null) => ApplyTo(Arguments(Named(inputs), training));

    internal override Tensors Compute(CallArguments arguments) => ApplyTo(arguments);

    /// <summary>Checks the arguments, builds the layer if need be, and calls it; with symbolic tensors the call becomes a step of a graph.</summary>
    internal Tensors ApplyTo(CallArguments arguments)
    {
        CallArguments given = arguments;
        arguments = CallParameter.Bind(this, Parameters, given);
        CheckKinds(arguments);
        CheckInputs(arguments);
        bool outermost = CallContext.Current == null;
        if (outermost) ClearLosses();
        EnsureBuilt(arguments);
        arguments = FillInMask(FillUpRows(arguments));
        // Keras: what it fills in is recorded with the call unless it had to convert something.
        CallArguments recorded = ConvertsInputs(given) ? given : arguments;
        Tensors? previous = Given(arguments["mask"]) ?? MasksOf(arguments.Inputs);

        if (!arguments.IsSymbolic)
        {
            Tensors results = CallInScope(arguments);
            SetMasks(arguments, results, previous);
            return results;
        }

        KerasTensors outputs = InferResults(arguments);
        Tensors symbolic = outputs.Names == null ? outputs.IsSingle ? outputs[0] : Tensors.Create([.. outputs]) : outputs.Pack(outputs.Flat);
        SetMasks(arguments, symbolic, previous);
        Connect(recorded, outputs);
        return symbolic;
    }

    /// <summary>Whether floating-point inputs are brought to the type the layer computes in; a functional model looks after its inputs itself.</summary>
    private protected virtual bool AutocastsInputs => true;

    /// <summary>Whether Keras brings the arguments to other types or structures before the call.</summary>
    private protected virtual bool ConvertsInputs(CallArguments arguments) =>
        arguments.Named.Count > 0 || arguments.Positional is not [Tensor only] || only.DType != ComputeDType;

    /// <summary>New symbolic tensors for the results of a call.</summary>
    private protected virtual KerasTensors InferResults(CallArguments arguments) => SymbolicCall.Infer(arguments, CallInScope);

    /// <summary>Calls the layer, non-symbolic tensors given, within the names and settings of the calls around it.</summary>
    private protected Tensors CallInScope(CallArguments arguments)
    {
        bool? given = arguments["training"] as bool?;
        using CallScope scope = new(this, given);
        Tensors results = CallWith(FillUpRows(arguments).Select(Autocast), CallContext.Current!.Training ?? TrainsByDefault);
        if (results == null || results.Contains(null!))
            throw new InvalidOperationException($"Call of layer '{Name}' ({GetType().Name}) returned null; it returns a tensor.");

        // Keras: builds such a layer by a call of its own on symbolic tensors, whose results take numbers.
        if (_buildsByCall) Naming.Skip(KerasTensor.AutomaticName, results.Count);
        _buildsByCall = false;
        if (ActivityRegularizer is { } regularizer)
        {
            foreach (Tensor result in results) AddLoss(PerSample(regularizer.Apply(result), result));
        }

        return results;
    }

    /// <summary>Whether the layer behaves as in training where neither the call nor the model around it says.</summary>
    // Keras: the default of call()'s parameter training, which augmenting layers have as True.
    private protected virtual bool TrainsByDefault => false;

    private static Tensor PerSample(Tensor loss, Tensor result) =>
        result.Rank > 0 && result.Shape[0] is { } batch ? Ops.DivideNoNan(loss, Ops.Cast(batch, loss.DType)) : loss;

    /// <summary>The arguments with the masks that travel with the inputs, for a layer that takes masks and was given none.</summary>
    /// <remarks>One input's is the argument <c>mask</c>; of several inputs that of <c>query</c>, say, is <c>query_mask</c>.</remarks>
    // Keras: a layer that takes a mask is given none as soon as it has a second input; a recurrent layer with initial states ignores the mask that travels.
    private CallArguments FillInMask(CallArguments arguments)
    {
        KeyValuePair<string, Tensors>[] inputs = [.. Bound(arguments).Select(a => KeyValuePair.Create(a.Key, Given(a.Value)!)).Where(a => a.Value is not null && a.Value.Count > 0)];
        if (inputs.Length == 1) return TakesMask && arguments["mask"] == null ? arguments.With("mask", MaskOf(arguments.Positional[0])) : arguments;
        foreach ((string name, Tensors tensors) in inputs)
        {
            string mask = $"{name}_mask";
            if (arguments[mask] == null && Parameters.Any(p => p.Name == mask) && MasksOf(tensors) is { } masks)
                arguments = arguments.With(mask, masks.Count == 1 ? (object)masks[0] : masks);
        }

        return arguments;
    }

    private static object? MaskOf(object? input) => input switch
    {
        Tensor one => (object?)KerasMask.Of(one),
        Tensors many => MasksOf(many),
        _ => null,
    };

    /// <summary>Whether some of the inputs may be null: a layer of the user's own knows what it means.</summary>
    private protected virtual bool TakesNull => Signature.TakesStructure && GetType().Assembly != typeof(Layer).Assembly;

    /// <summary>Whether <c>Call</c> takes a mask.</summary>
    internal virtual bool TakesMask => Signature.TakesMask;

    /// <summary>What a call of the layer takes, in Keras's order, the input first.</summary>
    // Keras: the parameters of call(). Every layer is told whether it is in training, whether its call() asks or not.
    internal virtual IReadOnlyList<CallParameter> Parameters => TakesMask ? s_maskedParameters : s_parameters;

    /// <summary>The arguments of a bound call by name.</summary>
    private IEnumerable<KeyValuePair<string, object?>> Bound(CallArguments arguments) => arguments.Named.Prepend(KeyValuePair.Create(Parameters[0].Name, arguments.Positional[0]));

    /// <summary>The tensors that an argument gives; null for none.</summary>
    private protected static Tensors? Given(object? argument) => argument switch { Tensor one => one, Tensors many => many, _ => null };

    /// <summary>Whether the results of a call have a mask.</summary>
    private protected virtual bool MasksResults(CallArguments arguments) => SupportsMasking;

    private void SetMasks(CallArguments arguments, Tensors results, Tensors? previous)
    {
        if (!MasksResults(arguments) || results.All(r => KerasMask.Of(r) != null)) return;
        if (previous == null && !Signature.ComputesMask) return;
        if (ComputeMask(arguments.Inputs, previous) is not { } masks) return;
        foreach ((Tensor result, Tensor mask) in results.Zip(masks))
        {
            if (mask is not null && KerasMask.Of(result) == null) KerasMask.Set(result, mask);
        }
    }

    private static Tensors? MasksOf(Tensors inputs)
    {
        Tensors masks = inputs.Select(KerasMask.Of);
        return masks.Any(m => m is not null) ? masks : null;
    }

    private void CheckKinds(CallArguments arguments)
    {
        Tensors inputs = arguments.Inputs;
        for (int i = 0; i < inputs.Count; i++)
        {
            // An optional input that is left out reaches layers that take structures; they know what it means.
            if (inputs[i] is null && (!TakesNull || inputs.Count == 1))
                throw new ArgumentNullException(nameof(inputs), $"Layer '{Name}' was applied to null{(inputs.Count == 1 ? "" : $" (input {i} of {inputs.Count})")}: it takes a tensor.");
        }

        if (inputs.Count == 0) throw new ArgumentException($"Layer '{Name}' was applied to nothing: it takes at least one tensor.");
        if (arguments.IsSymbolic && arguments.Tensors.Any(t => t is not KerasTensor))
            throw new ArgumentException($"Layer '{Name}' was applied to symbolic tensors and data at once. Apply it to tensors of one kind.", nameof(inputs));
    }

    private void CheckInputs(CallArguments arguments)
    {
        if (InputSpecs is { } demands) CheckEach(arguments.Inputs, demands);
        if (InputSpec == null) return;
        foreach (Tensor input in arguments.Inputs.Where(t => t is not null)) InputSpec.Check(Name, input.Shape, input.DType);
    }

    private void CheckEach(Tensors inputs, IReadOnlyList<InputSpec?> demands)
    {
        bool byName = inputs.Names != null && demands.All(d => d?.Name != null);
        string[] keys = byName ? [.. demands.Select(d => d!.Name!)] : [];
        if (keys.FirstOrDefault(k => !inputs.Names!.Contains(k)) is { } missing)
            throw new ArgumentException($"Layer '{Name}' was not given input '{missing}': it takes {string.Join(", ", keys.Select(k => $"'{k}'"))}, and received {inputs}.");
        IReadOnlyList<Tensor> ordered = byName ? [.. keys.Select(k => inputs[k])] : inputs.Flat;
        if (ordered.Count != demands.Count) throw new ArgumentException($"Layer '{Name}' takes {demands.Count} inputs; received {inputs}.");
        for (int i = 0; i < demands.Count; i++)
        {
            if (ordered[i] is not null) demands[i]?.Check(Name, ordered[i].Shape, ordered[i].DType);
            else if (demands[i] is { Optional: false }) throw new ArgumentNullException(nameof(inputs), $"Layer '{Name}': input {i} is not optional, but null was given.");
        }
    }

    /// <summary>Floating-point inputs are brought to the type the layer computes in; others stay as they are.</summary>
    private Tensor Autocast(Tensor x) => AutocastsInputs && x.DType.IsFloating && ComputeDType.IsFloating ? KerasMask.Copy(x, Ops.Cast(x, ComputeDType)) : x;

    private static CallArguments Arguments(object inputs, bool? training, object? mask = null)
    {
        List<KeyValuePair<string, object?>> named = [];
        if (training != null) named.Add(new("training", training));
        if (mask != null) named.Add(new("mask", mask));
        return new CallArguments([inputs], named);
    }

    private static Tensors? Masks(IReadOnlyList<Tensor?>? mask) => mask == null ? null : mask as Tensors ?? Tensors.Create([.. mask!]);

    private object List(IReadOnlyList<Tensor?> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs is Tensors tensors ? tensors
            : inputs is KerasTensors { Names: not null } named ? named.Pack(named.Flat)
            : inputs.Count == 1 && !Signature.TakesStructure ? inputs[0]!
            : Tensors.Create([.. inputs!]);
    }

    private static Tensors Named<T>(IReadOnlyDictionary<string, T> inputs)
        where T : Tensor
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Tensors.Named(inputs.Select(i => KeyValuePair.Create(i.Key, (Tensor)i.Value)));
    }

    internal static KerasTensors Symbolic(Tensors results) => results.Names is { } names
        ? names.ToDictionary(n => n, n => (KerasTensor)results[n])
        : results.IsSingle ? results[0] : KerasTensors.Create([.. results]);

    private protected Tensor Single(Tensors results) => results.Count == 1
        ? results[0]
        : throw new InvalidOperationException($"Layer '{Name}' has {results.Count} results; ApplyAll returns them as a list.");
}
