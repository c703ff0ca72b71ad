using System.Text.Json;

namespace NKeras.Engine.Tests.Primitives;

/// <summary>Type promotion against the table that Keras itself printed.</summary>
public sealed class DTypePromotionTests
{
    [Fact]
    public void EveryPairGivesWhatKerasGives()
    {
        using Stream file = typeof(DTypePromotionTests).Assembly.GetManifestResourceStream("result_type.json")!;
        Dictionary<string, string> table = JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
        Assert.Equal(196, table.Count);
        foreach ((string pair, string expected) in table)
        {
            string[] names = pair.Split(',');
            Assert.True(expected == DTypePromotion.ResultType(names[0], names[1]), $"{pair}: {DTypePromotion.ResultType(names[0], names[1])}, not {expected}");
        }
    }

    [Fact]
    public void PromotionIsCommutative()
    {
        foreach (DType a in DType.All)
        {
            foreach (DType b in DType.All) Assert.Same(DTypePromotion.ResultType(a, b), DTypePromotion.ResultType(b, a));
        }
    }

    [Fact]
    public void MisspeltTypeIsCorrected() =>
        Assert.Contains("Did you mean 'float32'?", Assert.Throws<ArgumentException>(() => DTypePromotion.ResultType("flot32", "int32")).Message);
}
