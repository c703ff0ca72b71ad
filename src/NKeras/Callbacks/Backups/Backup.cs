using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NKeras.Engine;
using NKeras.Hdf5;
using NKeras.Layers;
using NKeras.Saving;
using NKeras.Saving.Files;
using NKeras.Training;

namespace NKeras.Callbacks.Backups;

/// <summary>
/// All that training needs to go on. Its file is one of weights as Keras writes them, with the optimizer's state, and has a group besides: a text, the
/// state that such files do not hold, and a sum over everything, so that a damaged backup is found out.
/// </summary>
internal sealed class Backup
{
    private const string Group = "nkeras", StateName = "state", ArraysName = "arrays", SumName = "sha256";
    private const int Version = 1;

    private readonly Model _model;
    private readonly FitLoop _loop;
    private readonly JsonObject _state;
    private readonly List<(Variable Variable, Tensor Value)> _values;
    private readonly Queue<Tensor> _others;

    private Backup(Model model, FitLoop loop, JsonObject state, List<(Variable Variable, Tensor Value)> values, Queue<Tensor> others) =>
        (_model, _loop, _state, _values, _others, Point) = (model, loop, state, values, others, TrainingPoint.From(StateJson.Object(state, "point")));

    /// <summary>Where training goes on.</summary>
    public TrainingPoint Point { get; }

    /// <summary>Writes a backup of training in progress.</summary>
    public static void Write(Stream stream, Model model, FitLoop loop)
    {
        TrainingPoint point = loop.Here;
        JsonArray callbacks = [];
        List<Tensor> others = [.. Unsaved(model).Select(v => v.Cell.Snapshot), .. point.Batch == 0 ? [] : loop.MetricState.Select(v => v.Cell.Snapshot)];
        foreach (Callback callback in loop.Callbacks)
        {
            if (callback.GetState() is not { } state) continue;
            IReadOnlyList<Tensor> tensors = callback.StateTensors;
            callbacks.Add(new JsonObject { ["class"] = callback.GetType().Name, ["state"] = state, ["tensors"] = tensors.Count });
            others.AddRange(tensors);
        }

        byte[] text = Encoding.UTF8.GetBytes(PythonJson.Write(new JsonObject
        {
            ["version"] = Version,
            ["point"] = point.ToJson(),
            ["random"] = RandomStates.Of(model),
            ["callbacks"] = callbacks,
            ["arrays"] = others.Count,
        }));
        Hdf5Content content = new SavedState(model).ToHdf5();
        content.AddDataset($"{Group}/{StateName}", Hdf5Type.UInt8, [text.Length], s => s.Write(text));
        for (int i = 0; i < others.Count; i++) DatasetTensors.Add(content, $"{Group}/{ArraysName}/{i}", others[i]);
        content.Group(Group).SetAttribute(SumName, Sum(text, [.. State(model).Select(v => v.Cell.Snapshot), .. others]));
        content.Write(stream);
    }

    /// <summary>Reads a backup into the model. If it is not valid the model is left as it was.</summary>
    /// <exception cref="ModelFileException">It is damaged, or that of another model.</exception>
    public static Backup Read(string path, Model model, FitLoop loop)
    {
        List<(Variable Variable, Tensor Value)> before = Values(model);
        try
        {
            return LoadAttempt.Run(path, null, null, attempt => Read(attempt, model, loop));
        }
        catch
        {
            Assign(before);
            throw;
        }
    }

    /// <summary>Puts everything into the state of the backup.</summary>
    public void Restore()
    {
        Assign(_values);
        if (Point.Batch > 0)
        {
            foreach (Variable variable in _loop.MetricState) variable.Cell.Assign(Next(variable.Shape));
        }

        RandomStates.Restore(_model, StateJson.Object(_state, "random"));
        _model.OnNextFit?.Invoke();
        _model.OnNextFit = null;
        RestoreCallbacks();
    }

    private static Backup Read(LoadAttempt attempt, Model model, FitLoop loop)
    {
        using Hdf5File file = attempt.OpenHdf5(attempt.Open());
        if (!file.Root.TryGet(Group, out Hdf5Object? found) || found is not Hdf5Group group || !group.TryGet(StateName, out Hdf5Object? stored) || stored is not Hdf5Dataset dataset)
            throw new InvalidDataException("It is no backup that BackupAndRestore of NKeras made: it does not say where training stood.");
        if (dataset.Type != Hdf5Type.UInt8 || dataset.Count > attempt.Policy.MaxConfigBytes) throw new InvalidDataException("What it says of training is no text, or too long.");
        byte[] text = new byte[dataset.Count];
        dataset.Read(text);
        JsonObject state = PythonJson.Read(Encoding.UTF8.GetString(text));
        if (StateJson.Integer(state, "version") is not Version and var version) throw new InvalidDataException($"It is a backup of version {version}; this version of NKeras reads version {Version}.");
        int count = StateJson.Integer(state, ArraysName);
        Queue<Tensor> others = new();
        for (int i = 0; i < count; i++)
        {
            others.Enqueue(group.TryGet($"{ArraysName}/{i}", out Hdf5Object? array) && array is Hdf5Dataset values
                ? new Hdf5Array(values).ToTensor(null, $"state {i}")
                : throw new InvalidDataException($"State {i} of {count} is missing."));
        }

        StateLoader.Load(model, new Hdf5Variables(file));
        Tensor[] all = [.. others];
        foreach (Variable variable in Unsaved(model))
        {
            if (!others.TryDequeue(out Tensor? value) || value.Shape != variable.Shape || value.DType != variable.DType)
                throw new InvalidDataException($"It does not hold variable '{variable.Path}' of shape {variable.Shape}: it is the backup of another model.");
            variable.Cell.Assign(value);
        }

        string sum = group.Attributes.TryGetValue(SumName, out Hdf5Attribute? attribute) ? string.Concat(attribute.ReadTexts()) : "";
        if (sum != Sum(text, [.. State(model).Select(v => v.Cell.Snapshot), .. all])) throw new InvalidDataException("It is damaged, or the backup of another model: what was read is not what was saved.");
        RandomStates.Restore(model, StateJson.Object(state, "random"));
        return new Backup(model, loop, state, Values(model), others);
    }

    /// <summary>The variables that are the state of training between epochs.</summary>
    private static List<Variable> State(Model model) => [.. model.Weights.Concat(Carried(model)).Concat(model.Optimizer.Variables).Distinct()];

    /// <summary>What stateful layers carry from batch to batch.</summary>
    private static IEnumerable<Variable> Carried(Model model) => model.AllSubLayers.Prepend(model).OfType<RecurrentLayer>().SelectMany(l => l.States ?? []);

    /// <summary>Those that files of weights do not hold as they are: what stateful layers carry, and weights with an update that files keep merged.</summary>
    private static List<Variable> Unsaved(Model model)
    {
        HashSet<Tensor> saved = new(new SavedState(model).Tensors, ReferenceEqualityComparer.Instance);
        return [.. State(model).Where(v => !saved.Contains(v.Cell.Snapshot))];
    }

    private static List<(Variable Variable, Tensor Value)> Values(Model model) => [.. State(model).Select(v => (v, (Tensor)v.Cell.Snapshot))];

    private static void Assign(List<(Variable Variable, Tensor Value)> values)
    {
        foreach ((Variable variable, Tensor value) in values)
        {
            if (variable.Cell.Snapshot != (object)value) variable.Cell.Assign(value);
        }
    }

    private static string Sum(byte[] text, IEnumerable<Tensor> tensors)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(text);
        foreach (Tensor tensor in tensors) hash.AppendData(((HostStorage)tensor.Data).Bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void RestoreCallbacks()
    {
        // Callbacks may have come or gone: the states of a class are given to its callbacks in their order.
        Dictionary<string, Queue<Callback>> waiting = _loop.Callbacks.Where(c => c.GetState() != null).GroupBy(c => c.GetType().Name).ToDictionary(g => g.Key, g => new Queue<Callback>(g));
        foreach (JsonNode? entry in _state["callbacks"] as JsonArray ?? [])
        {
            JsonObject saved = entry as JsonObject ?? throw new InvalidDataException("What the backup says of callbacks is not valid.");
            Tensor[] tensors = [.. Enumerable.Range(0, StateJson.Integer(saved, "tensors")).Select(_ => Next(null))];
            if (!waiting.TryGetValue(StateJson.Text(saved, "class"), out Queue<Callback>? callbacks) || !callbacks.TryDequeue(out Callback? callback)) continue;
            callback.SetState(StateJson.Object(saved, "state"));
            callback.StateTensors = tensors;
        }
    }

    private Tensor Next(Shape? shape) => _others.TryDequeue(out Tensor? value) && (shape == null || value.Shape == shape)
        ? value
        : throw new InvalidOperationException("The backup was made with other metrics or callbacks, so the epoch that was in progress cannot go on. Delete it to begin anew.");
}
