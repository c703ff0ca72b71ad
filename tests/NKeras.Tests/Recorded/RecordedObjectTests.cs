using System.Reflection;
using System.Text.Json;
using NKeras.Constraints;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;
using NKeras.Regularizers;

namespace NKeras.Tests.Recorded;

/// <summary>Regularizers, constraints and schedules compute what Keras computes for the same configuration and arguments.</summary>
public sealed class RecordedObjectTests
{
    private static readonly Type[] s_kinds = [typeof(Regularizer), typeof(Constraint), typeof(LearningRateSchedule), typeof(Optimizer)];

    public static TheoryData<string, string> Calls
    {
        get
        {
            TheoryData<string, string> calls = [];
            foreach (string kind in new[] { "regularizer", "constraint", "schedule" })
            {
                foreach (JsonElement record in Records(kind)) calls.Add(kind, Id(record));
            }

            return calls;
        }
    }

    /// <summary>The public classes whose configurations Keras saves.</summary>
    public static TheoryData<Type> Classes => [.. typeof(Regularizer).Assembly.GetExportedTypes().Where(t => !t.IsAbstract && s_kinds.Any(k => k.IsAssignableFrom(t)))];

    [Theory]
    [MemberData(nameof(Calls))]
    public void CallGivesTheRecordedResult(string kind, string id)
    {
        JsonElement record = Records(kind).Single(r => Id(r) == id), config = record.GetProperty("config");
        Tensor argument = RecordedData.Tensor(record.GetProperty("args")[0]);
        Tensor result = kind switch
        {
            "regularizer" => RecordedObjects.Create<Regularizer>(config).Apply(argument),
            "schedule" => RecordedObjects.Create<LearningRateSchedule>(config).Apply(argument),
            _ => RecordedObjects.Create<Constraint>(config).Apply(argument),
        };
        RecordedData.AssertClose(id, RecordedData.Tensor(record.GetProperty("result")), result, compareType: false);
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void EveryParameterHasItsProperty(Type type)
    {
        foreach (ParameterInfo parameter in RecordedObjects.Parameters(type))
        {
            // A member cannot have the name of its class: the factors of L1 and L2.
            string name = char.ToUpperInvariant(parameter.Name![0]) + parameter.Name[1..];
            if (name == type.Name) name = "Factor";
            PropertyInfo? property = type.GetProperty(name);
            Assert.True(property?.GetMethod?.IsPublic == true, $"{type.Name} has no property for '{parameter.Name}'.");
            Type given = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, taken = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
            Assert.True(taken.IsAssignableFrom(given), $"{type.Name}.{name} is a {given.Name}; the constructor takes a {taken.Name}.");
        }
    }

    private static string Id(JsonElement record) => record.GetProperty("id").GetString()!;

    private static IEnumerable<JsonElement> Records(string kind) => RecordedData.Records($"{kind}.jsonl.gz");
}
