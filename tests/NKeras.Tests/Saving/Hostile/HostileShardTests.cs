using System.Text;
using NKeras.Saving;

namespace NKeras.Tests.Saving;

/// <summary>Lists of shards that name other files than those beside them, or more than there are.</summary>
public class HostileShardTests
{
    [Theory]
    [InlineData("../../other.h5")]
    [InlineData("../other.h5")]
    [InlineData("/etc/passwd")]
    [InlineData("/etc/other.h5")]
    [InlineData("C:\\\\other.h5")]
    [InlineData("C:other.h5")]
    [InlineData("..\\\\other.h5")]
    [InlineData("folder/other.h5")]
    [InlineData("other.h5\\u0000.h5")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("http://127.0.0.1:9/other.h5")]
    [InlineData("file:other.h5")]
    [InlineData("other.txt")]
    public void OnlyFilesBesideTheListAreNamed(string name) => HostileFile.RefusedAsWeights(
        Encoding.UTF8.GetBytes($$$"""{"metadata": {"total_size": 32}, "weight_map": {"/layers/dense/vars": "{{{name}}}"}}"""), "list.weights.json");

    [Theory]
    [InlineData("""{"metadata": {"total_size": 32}}""")]
    [InlineData("""{"weight_map": []}""")]
    [InlineData("""{"weight_map": {"/layers/dense/vars": 7}}""")]
    [InlineData("""{"weight_map": {"/layers/dense/vars": {"a": "b.h5"}}}""")]
    [InlineData("""{"weight_map": {"/layers/dense/vars": [null]}}""")]
    [InlineData("""{"metadata": {"total_size": 1e300}, "weight_map": {}}""")]
    public void ListsThatSayNothingOfUseAreRefused(string list) => HostileFile.RefusedAsWeights(Encoding.UTF8.GetBytes(list), "list.weights.json");

    [Fact]
    public void AMissingShardIsNamed()
    {
        using TemporaryFolder folder = new();
        string list = folder.Write("list.weights.json", """{"weight_map": {"/layers/dense/vars": "missing.h5"}}"""u8.ToArray());
        Assert.Contains("missing.h5", Assert.ThrowsAny<IOException>(() => HostileFile.Small().LoadWeights(list)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyShardsAreRefusedBeforeAnyIsOpened()
    {
        StringBuilder list = new("""{"weight_map": {"/layers/dense/vars": [""");
        for (int i = 0; i < 100_000; i++) list.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"s_{i:D6}.h5\",");
        list.Append("\"other.h5\"]}}");
        HostileFile.RefusedAsWeights(Encoding.UTF8.GetBytes(list.ToString()), "list.weights.json", "files");
    }

    [Fact]
    public void ToReplaceAListDeletesOnlyWhatWasWrittenWithIt()
    {
        using TemporaryFolder folder = new();
        Model model = HostileFile.Small();
        string[] innocent = ["precious.h5", "list_00000.h5", "list.x_00000.weights.h5", "list2_00000.weights.h5", "list_a.weights.h5", "list.weights.h5"];
        foreach (string file in innocent) folder.Write(file, [1]);
        folder.Write("list_00007.weights.h5", [1]);
        folder.Write("list.weights.json", Encoding.UTF8.GetBytes($$$"""{"weight_map": {"/a/vars": ["list_00007.weights.h5", {{{string.Join(", ", innocent.Select(f => $"\"{f}\""))}}}]}}"""));
        model.SaveWeights(folder["list.weights.json"], maxShardSize: 1);
        Assert.Equal(innocent.Append("list.1_00000.weights.h5").Append("list.weights.json").Order(StringComparer.Ordinal), folder.Files);
    }

    [Fact]
    public void ShardsThatAreLinksAreRefused()
    {
        if (OperatingSystem.IsWindows()) return;
        using TemporaryFolder folder = new();
        folder.Write("secret.h5", HostileFile.Recorded("good"));
        Directory.CreateDirectory(folder["model"]);
        File.CreateSymbolicLink(folder["model/a.h5"], folder["secret.h5"]);
        string list = folder.Write("model/list.weights.json", """{"weight_map": {"/layers/dense/vars": "a.h5"}}"""u8.ToArray());
        Model model = HostileFile.Small();
        Assert.Contains("link", Assert.Throws<ModelFileException>(() => model.LoadWeights(list, policy: HostileFile.Policy)).Message, StringComparison.Ordinal);
        File.Delete(folder["model/a.h5"]);
        folder.Write("model/a.h5", HostileFile.Recorded("good"));
        model.LoadWeights(list, policy: HostileFile.Policy);
        Assert.Equal([0, 1, 2, 3, 4, 5], model.GetWeights()[0].ToArray<float>());
    }
}
