using System.Text.Json.Nodes;
using NKeras.Conformance.Comparison;

namespace NKeras.Tests.Recorded;

/// <summary>Compares configurations.</summary>
internal static class JsonAssert
{
    /// <summary>Fails unless the configurations are equal, naming the first entry that differs.</summary>
    public static void Equal(JsonNode? recorded, JsonNode? actual, string path = "$") => Assert.Empty(JsonComparison.Compare(recorded, actual, path).Select(d => d.Message).Take(1));
}
