using System.Reflection;
using NKeras.Losses;
using NKeras.Metrics;

namespace NKeras.Tests.Losses;

/// <summary>Losses and metrics tell how they were made: configurations in files are written from it.</summary>
public sealed class ConfigurationTests
{
    public static TheoryData<Type> Types =>
    [
        .. typeof(Loss).Assembly.GetExportedTypes().Where(t => !t.IsAbstract && (t.IsSubclassOf(typeof(Loss)) || t.IsSubclassOf(typeof(Metric)))),
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryParameterHasAPropertyOfItsNameAndType(Type type)
    {
        ConstructorInfo constructor = Assert.Single(type.GetConstructors());
        object?[] given = [.. constructor.GetParameters().Select(Argument)];
        object made = constructor.Invoke(given);
        object again = constructor.Invoke([.. constructor.GetParameters().Select(p => Property(p).GetValue(made))]);
        Assert.All(constructor.GetParameters(), (p, i) =>
        {
            object? value = Property(p).GetValue(made);
            if (given[i] != null) Assert.Equal(given[i], value);
            Assert.Equal(value, Property(p).GetValue(again));
        });

        PropertyInfo Property(ParameterInfo parameter)
        {
            string name = parameter.Name == "dtype" ? "DType" : char.ToUpperInvariant(parameter.Name![0]) + parameter.Name[1..];
            PropertyInfo? property = type.GetProperty(name);
            Assert.True(property != null, $"{type} has no property {name}.");
            Assert.True(property.PropertyType == parameter.ParameterType || property.PropertyType == Nullable.GetUnderlyingType(parameter.ParameterType), $"{type}.{name} is of another type than the parameter.");
            return property;
        }
    }

    /// <summary>Something else than the default, where that can be had without knowing the parameter.</summary>
    private static object? Argument(ParameterInfo parameter) => parameter.Name switch
    {
        "fn" => (Func<Tensor, Tensor, Tensor>)LossFunctions.MeanSquaredError,
        "name" => "other",
        "dtype" => DType.Float64,
        "reduction" => "sum",
        "curve" => "PR",
        "summationMethod" => "majoring",
        "average" => "macro",
        "classAggregation" => null,
        "multiLabel" => true,
        "targetClassIds" => (Ints)0,
        "numClasses" or "numLabels" => 2,
        "numThresholds" => 4,
        "thresholds" => (Floats)new double[] { 0.25, 0.5 },
        "labelWeights" or "alpha" when parameter.ParameterType == typeof(Floats) => (Floats)new double[] { 0.75, 0.25 },
        _ when parameter.ParameterType == typeof(bool) => !(bool)parameter.DefaultValue!,
        _ when (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) == typeof(int) => 1,
        _ when (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) == typeof(double) => 0.75,
        _ when parameter.ParameterType == typeof(Ints) => (Ints)1,
        _ => throw new NotSupportedException($"No argument is known for {parameter}."),
    };
}
