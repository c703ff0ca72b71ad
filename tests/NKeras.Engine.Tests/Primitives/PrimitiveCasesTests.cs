using NKeras.Engine.Primitives;

namespace NKeras.Engine.Tests.Primitives;

/// <summary>The tables are complete.</summary>
public sealed class PrimitiveCasesTests
{
    public static TheoryData<string> PrimitiveNames =>
        [.. typeof(Primitive).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Primitive)) && t.IsSealed).Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(PrimitiveNames))]
    public void EveryPrimitiveHasCases(string name) =>
        Assert.Contains(PrimitiveCases.All, c => c.Primitive.GetType().Name == name);

    [Theory]
    [MemberData(nameof(PrimitiveNames))]
    public void EveryPrimitiveHasItsGradientCheckedOrDeclaresNone(string name) =>
        Assert.True(
            GradientCases.All.Any(c => c.Primitive.GetType().Name == name) != GradientCases.WithoutGradient.Any(t => t.Name == name),
            $"{name} must be in exactly one of GradientCases.All and GradientCases.WithoutGradient.");

    [Fact]
    public void EveryElementwiseFunctionHasItsGradientCheckedOrDeclaresNone()
    {
        foreach (ElementwiseFunction function in Enum.GetValues<ElementwiseFunction>())
        {
            bool[] places = [GradientCases.All.Any(c => c.Primitive is Elementwise e && e.Function == function), GradientCases.FlatFunctions.Contains(function), GradientCases.DerivedFunctions.Contains(function)];
            Assert.True(places.Count(p => p) == 1, $"{function} must be in exactly one of GradientCases.All, GradientCases.FlatFunctions and GradientCases.DerivedFunctions.");
        }
    }
}
