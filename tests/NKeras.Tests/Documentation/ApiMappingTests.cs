using System.Text.RegularExpressions;

namespace DocumentationExamples;

/// <summary>The C# code in docs/api-mapping.md compiles and runs: it is taken from the tests beside this one.</summary>
public sealed partial class ApiMappingTests
{
    public static TheoryData<string> Snippets => [.. CSharpBlock().Matches(Read("documentation/api-mapping.md")).Select(m => m.Groups[1].Value)];

    [Theory]
    [MemberData(nameof(Snippets))]
    public void EverySnippetIsPartOfATest(string snippet)
    {
        string[] sources = [.. typeof(ApiMappingTests).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("documentation/", StringComparison.Ordinal) && n.EndsWith(".cs", StringComparison.Ordinal))];
        Assert.NotEmpty(sources);
        Assert.True(sources.Any(s => Squeeze(Read(s)).Contains(Squeeze(snippet), StringComparison.Ordinal)), $"No test contains this code:\n{snippet}");
    }

    [Fact]
    public void ThereAreSnippets() => Assert.True(Snippets.Count > 20);

    private static string Squeeze(string code) => string.Concat(code.Where(c => !char.IsWhiteSpace(c)));

    private static string Read(string resource)
    {
        using StreamReader reader = new(typeof(ApiMappingTests).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("^```csharp\r?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
