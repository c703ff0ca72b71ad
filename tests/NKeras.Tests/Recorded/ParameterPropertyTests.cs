using System.Reflection;
using NKeras.Constraints;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;
using NKeras.Regularizers;

namespace NKeras.Tests.Recorded;

/// <summary>What files hold the configurations of has a property for everything it was made with.</summary>
public sealed class ParameterPropertyTests
{
    private static readonly Type[] s_kinds = [typeof(Regularizer), typeof(Constraint), typeof(LearningRateSchedule), typeof(Optimizer)];

    /// <summary>The public classes whose configurations Keras saves.</summary>
    public static TheoryData<Type> Classes => [.. typeof(Regularizer).Assembly.GetExportedTypes().Where(t => !t.IsAbstract && s_kinds.Any(k => k.IsAssignableFrom(t)))];

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
}
