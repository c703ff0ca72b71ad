using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Engine.Runtime;
using NKeras.Optimizers;
using NKeras.Saving;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Optimizers;

/// <summary>Several steps of each optimizer with its settings, as Keras did them on NumPy: variables, all state, its paths, order and types.</summary>
public sealed class OptimizerStepTests
{
    private static readonly Dictionary<string, JsonElement> s_records =
        RecordedData.Records("optimizer_steps.jsonl.gz").ToDictionary(r => r.GetProperty("title").GetString()!);

    public static TheoryData<string> Titles => [.. s_records.Keys];

    [Theory]
    [MemberData(nameof(Titles))]
    public void EagerStepsAreKerass(string title) => Check(title, (optimizer, gradients, variables) => optimizer.Apply(gradients, variables));

    [Theory]
    [MemberData(nameof(Titles))]
    public void CompiledStepsAreKerass(string title) => Check(title, ApplyCompiled);

    [Theory]
    [MemberData(nameof(Titles))]
    public void StateMovesToAnotherOptimizerThatGoesOnWithTheSameBits(string title)
    {
        JsonElement record = s_records[title];
        Tensor?[][] gradients = [.. Steps(record).Select(Gradients)];
        (Optimizer optimizer, Variable[] variables) = Create(record);
        int half = gradients.Length / 2;
        foreach (Tensor?[] step in gradients[..half]) optimizer.Apply(step, variables);

        (Optimizer other, Variable[] others) = Create(record);
        other.SetWeights([.. optimizer.Variables.Select(v => v.Value)]);
        for (int i = 0; i < variables.Length; i++) others[i].Assign(variables[i]);
        foreach (Tensor?[] step in gradients[half..])
        {
            optimizer.Apply(step, variables);
            other.Apply(step, others);
        }

        foreach ((Variable one, Variable two) in variables.Concat(optimizer.Variables).Zip(others.Concat(other.Variables))) Assert.Equal(Bits(one), Bits(two));
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public void StatelessStepsAreTheSameAndChangeNothing(string title)
    {
        JsonElement record = s_records[title];
        (Optimizer optimizer, Variable[] variables) = Create(record);
        (Optimizer other, Variable[] others) = Create(record);
        double[][] before = [.. others.Concat(other.Variables).Select(Bits)];
        IReadOnlyList<Tensor> trainable = [.. others.Select(v => v.Value)], state = [.. other.Variables.Select(v => v.Value)];
        foreach (Tensor?[] step in Steps(record).Select(Gradients))
        {
            optimizer.Apply(step, variables);
            (trainable, state) = other.StatelessApply(state, step, trainable);
        }

        foreach ((Variable one, Tensor two) in variables.Concat(optimizer.Variables).Zip(trainable.Concat(state))) Assert.Equal(Bits(one), Bits(two));
        Assert.Equal(before, others.Concat(other.Variables).Select(Bits));
    }

    private static void Check(string title, Action<Optimizer, Tensor?[], Variable[]> apply)
    {
        JsonElement record = s_records[title];
        (Optimizer optimizer, Variable[] variables) = Create(record);
        string[] paths = [.. record.GetProperty("paths").EnumerateArray().Select(p => LastOf(p.GetString()!))];
        // A variable without name is numbered by what was made before.
        Assert.Equal(paths.Where(p => !p.StartsWith("variable", StringComparison.Ordinal)), optimizer.Variables.Select(v => LastOf(v.Path)).Where(p => !p.StartsWith("variable", StringComparison.Ordinal)));
        int number = 0;
        foreach (JsonElement step in Steps(record))
        {
            apply(optimizer, Gradients(step), variables);
            string where = $"{title}, step {number++},";
            AssertClose($"{where} variable", step.GetProperty("variables"), variables);
            AssertClose($"{where} state", step.GetProperty("state"), optimizer.Variables);
            Assert.Equal(step.GetProperty("iterations").GetInt32(), optimizer.Iterations.Item<int>());
        }

        Assert.Equal(record.GetProperty("scaled_loss").GetDouble(), optimizer.ScaleLoss(3f).Item<float>());
        if (record.GetProperty("finalized").ValueKind == JsonValueKind.Null) return;
        optimizer.FinalizeVariableValues(variables);
        AssertClose($"{title}, in the end, variable", record.GetProperty("finalized"), variables);
    }

    private static (Optimizer Optimizer, Variable[] Variables) Create(JsonElement record)
    {
        Optimizer optimizer = KerasSerializer.Deserialize<Optimizer>(JsonNode.Parse(record.GetProperty("form").GetRawText())!);
        Variable[] variables = [.. record.GetProperty("variables").EnumerateArray().Select(v =>
        {
            string path = v.GetProperty("path").GetString()!;
            return new Variable(RecordedData.Tensor(v.GetProperty("value")), name: LastOf(path))
            {
                Path = path,
                Constraint = record.GetProperty("constraints").TryGetProperty(path, out JsonElement name) ? (Constraint)name.GetString()! : null,
                OverwriteWithGradient = record.GetProperty("overwrite").EnumerateArray().Any(o => o.GetString() == path),
            };
        })];
        if (record.GetProperty("exclude") is { ValueKind: JsonValueKind.Object } exclude)
        {
            string[] paths = exclude.GetProperty("paths").Deserialize<string[]>()!;
            optimizer.ExcludeFromWeightDecay([.. variables.Where(v => paths.Contains(v.Path))], exclude.GetProperty("names").Deserialize<string[]>());
        }

        optimizer.Build(variables);
        return (optimizer, variables);
    }

    private static void AssertClose(string what, JsonElement recorded, IReadOnlyList<Variable> actual)
    {
        JsonElement[] values = [.. recorded.EnumerateArray()];
        Assert.Equal(values.Length, actual.Count);
        for (int i = 0; i < values.Length; i++) RecordedData.AssertClose($"{what} {i} ({actual[i].Path})", RecordedData.Tensor(values[i]), actual[i].Value);
    }

    private static IEnumerable<JsonElement> Steps(JsonElement record) => record.GetProperty("steps").EnumerateArray();

    private static Tensor?[] Gradients(JsonElement step) =>
        [.. step.GetProperty("gradients").EnumerateArray().Select(g => g.ValueKind == JsonValueKind.Null ? null : RecordedData.Tensor(g))];

    private static double[] Bits(Tensor value) => Ops.Cast(value, DType.Float64).ToArray<double>();

    private static double[] Bits(Variable variable) => Bits(variable.Value);

    private static string LastOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static void ApplyCompiled(Optimizer optimizer, Tensor?[] gradients, Variable[] variables)
    {
        Tensor[] given = [.. gradients.OfType<Tensor>()];
        Jit.Compile([.. given.Select(g => g.Spec)], arguments =>
        {
            int next = 0;
            optimizer.Apply([.. gradients.Select(g => g == null ? null : arguments[next++])], variables);
            return [];
        }).Run(given);
    }
}
