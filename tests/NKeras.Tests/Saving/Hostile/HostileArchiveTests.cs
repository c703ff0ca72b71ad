using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Tests.Saving;

/// <summary>Archives, folders and texts made to be read in two ways, without end, or beyond themselves.</summary>
public class HostileArchiveTests
{
    private static readonly byte[] s_config = Encoding.UTF8.GetBytes(HostileFile.Config()), s_evil = Encoding.UTF8.GetBytes(HostileFile.WithLayer(
        $$"""{"module": "keras.layers", "class_name": "Lambda", "config": {"name": "evil", "function": ["{{HostileFile.Code}}", null, null]}, "registered_name": null}"""));

    [Fact]
    public void TwoMembersOfOneNameAreRefused()
    {
        // One scanner looks at the first, another at the last.
        HostileFile.RefusedAsModel(Zip(new("config.json", s_config), new("config.json", s_evil)), "'config.json'", "same name");
        HostileFile.RefusedAsModel(Zip(new("config.json", s_config), new("Config.json", s_evil)), "'Config.json'", "same name");
        HostileFile.RefusedAsModel(Zip(new ZipMember("config.json", s_config) { OwnName = "config.jsom"u8.ToArray() }), "'config.json'", "another name");
    }

    [Fact]
    public void MembersThatLeadAstrayAreRefused()
    {
        foreach (string name in new[] { "../evil.txt", "/etc/evil", "assets/../../evil", "C:\\evil", "assets\\evil", "assets/NUL", "evil\0.txt" })
            Assert.DoesNotContain(HostileFile.RefusedAsModel(Zip(new("config.json", s_config), new(name, [1])), "refused"), char.IsControl);
        HostileFile.RefusedAsModel(Zip(new("config.json", s_config), new("assets/evil", "/etc/passwd"u8.ToArray()) { Attributes = 0xA1FFu << 16 }), "'assets/evil'", "link");
        HostileFile.RefusedAsModel(Zip(new ZipMember("config.json", s_config) { Flags = 1 }), "'config.json'", "encrypted");
        HostileFile.RefusedAsModel(Zip(new ZipMember("config.json", s_config) { Method = 14 }), "'config.json'", "method 14");
    }

    [Fact]
    public void ArchivesThatInflateWithoutEndAreRefused()
    {
        byte[] zeros = ZipBytes.Deflate(new byte[200_000_000]), blanks = ZipBytes.Deflate(Encoding.ASCII.GetBytes(new string(' ', 100_000_000) + "{}"));
        HostileFile.RefusedAsModel(Zip(new("config.json", s_config), new ZipMember("model.weights.h5", []) { Deflated = true, Stored = zeros, Size = 200_000_000 }), "model.weights.h5", "policy allows");
        HostileFile.RefusedAsModel(Zip(new("config.json", s_config), new ZipMember("model.weights.h5", []) { Deflated = true, Stored = zeros, Size = 1000 }), "model.weights.h5", "1000 bytes");
        HostileFile.RefusedAsModel(Zip(new ZipMember("config.json", []) { Deflated = true, Stored = blanks, Size = 100_000_002 }), "config.json");
        HostileFile.RefusedAsModel(Zip(new ZipMember("config.json", []) { Deflated = true, Stored = blanks, Size = 100 }), "config.json");
        // A bomb that is never asked for costs nothing, and the model loads.
        using TemporaryFolder folder = new();
        string path = folder.Write("model.keras", Zip(new("config.json", s_config), new("model.weights.h5", HostileFile.Recorded("good")), new ZipMember("assets/bomb", []) { Deflated = true, Stored = zeros, Size = 200_000_000, Crc = 1 }));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal([0, 1, 2, 3, 4, 5], Model.Load(path, policy: HostileFile.Policy).GetWeights()[0].ToArray<float>());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }

    [Fact]
    public void ArchivesWithinArchivesAreNotOpened()
    {
        byte[] inner = HostileFile.Archive();
        HostileFile.RefusedAsModel(Zip(new ZipMember("model.keras", inner)), "config.json");
        HostileFile.RefusedAsModel(Zip(new ZipMember("config.json", inner)), "config.json");
        HostileFile.RefusedAsModel(Zip(new("config.json", s_config), new("model.weights.h5", inner)), "HDF5");
        // A stored member that covers the next one's header, as archives that contain themselves have it.
        byte[] first = ZipBytes.Of(("b", s_config));
        int covered = 30 + 1 + s_config.Length;
        HostileFile.RefusedAsModel(Zip(new ZipMember("a", first[..covered]) { Stored = [], StoredSize = (uint)covered }, new("b", s_config), new("config.json", s_config)), "overlap");
    }

    [Fact]
    public void ManyMembersAreRefused() => HostileFile.Refused(
        Zip([.. Enumerable.Range(0, 50_000).Select(i => new ZipMember($"assets/{i}", [])).Prepend(new("config.json", s_config))]),
        "model.keras", path => Model.Load(path, policy: HostileFile.Policy with { MaxObjects = 10_000 }), "50001 members");

    [Fact]
    public void ArchivesThatAreCutOffOrChangedAreRefused()
    {
        byte[] good = HostileFile.Archive();
        for (int length = 0; length < good.Length; length += 97) HostileFile.RefusedAsModel(good[..length]);
        byte[] changed = [.. good];
        changed[good.Length / 2] ^= 1;
        HostileFile.RefusedAsModel(changed, "checksum");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1, 2]")]
    [InlineData("{\"module\": \"keras\", \"module\": \"os\", \"class_name\": \"Sequential\", \"config\": {}}")]
    [InlineData("{\"module\": \"keras\", \"class_name\": \"Sequential\", \"config\": {\"layers\": []}, \"config\": {\"layers\": [1]}}")]
    [InlineData("{\"module\": \"keras\", \"class_name\": \"Sequential\", \"config\": {\"layers\": []}} trailing")]
    [InlineData("{\"module\": \"keras\", \"class_name\": \"Sequential\", \"config\": {\"layers\": [")]
    [InlineData("{\"class_name\": \"\\ud800\"}")]
    public void TextsThatCanBeReadInTwoWaysAreRefused(string config) => HostileFile.RefusedAsModel(HostileFile.ArchiveOf(config), "config.json");

    [Fact]
    public void DeepTextsAreRefused()
    {
        foreach (int depth in new[] { 300, 100_000 })
        {
            foreach ((string open, string close) in new[] { ("[", "]"), ("{\"config\":", "}"), ("{\"module\":\"keras\",\"class_name\":\"Sequential\",\"config\":{\"layers\":[", "]}}") })
            {
                string text = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
                HostileFile.RefusedAsModel(HostileFile.ArchiveOf($$"""{"module": "keras", "class_name": "Sequential", "config": {{text}} }"""), "config.json");
                HostileFile.RefusedAsModel(HostileFile.ArchiveOf(HostileFile.Config(), metadata: text), "metadata.json");
            }
        }
    }

    [Fact]
    public void ManySmallValuesAreCountedByWhatTheyTake()
    {
        // 3 bytes of text each, and 50 times that as objects.
        string text = $$"""{"module": "keras", "class_name": "Sequential", "config": [{{string.Join(',', Enumerable.Repeat("[]", 1_000_000))}}]}""";
        HostileFile.RefusedAsModel(HostileFile.ArchiveOf(text), "config.json", "policy allows");
        Assert.Contains("policy allows", Assert.Throws<ArgumentException>(() => Model.FromJson(text, HostileFile.Policy)).Message, StringComparison.Ordinal);
        Assert.Contains("policy allows", Assert.Throws<ArgumentException>(() => Model.FromJson(text, new LoadPolicy { MaxConfigBytes = 1000 })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"keras_version": 3}""")]
    [InlineData("""{"keras_version": "99.0.0"}""")]
    [InlineData("""{"keras_version": ["3.0.0"]}""")]
    [InlineData("""{"keras_version": "not a version at all"}""")]
    [InlineData("""{"keras_version": "1.0.0"}""")]
    [InlineData("""{"keras_version": "3.0.0", "safe_mode": false, "custom_objects": {"Dense": "os.system"}}""")]
    public void WhatMetadataClaimsChangesNothing(string metadata)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.keras", HostileFile.ArchiveOf(HostileFile.Config(), metadata));
        Assert.Equal([0, 1, 2, 3, 4, 5], Model.Load(path, policy: HostileFile.Policy).GetWeights()[0].ToArray<float>());
        HostileFile.RefusedAsModel(HostileFile.ArchiveOf(Encoding.UTF8.GetString(s_evil), metadata), "'evil'");
    }

    [Fact]
    public void LongNamesAndVersionsDoNotMakeLongMessages()
    {
        string name = new('x', 1_000_000);
        HostileFile.RefusedAsModel(HostileFile.ArchiveOf(HostileFile.WithLayer($$"""{"module": "{{name}}", "class_name": "{{name}}", "config": {"name": "{{name}}"} }"""), metadata: $$"""{"keras_version": "{{name}}"}"""));
    }

    [Fact]
    public void WeightsThatDoNotFitWhatALayerSaysAreRefused()
    {
        HostileFile.RefusedAsModel(HostileFile.Archive(c => c["config"]!["layers"]![1]!["config"]!["units"] = 4), "'dense'", "(3, 4)", "(3, 2)");
        HostileFile.RefusedAsModel(HostileFile.Archive(c => c["config"]!["layers"]![1]!["config"]!["units"] = 1_000_000), "'dense'");
        HostileFile.RefusedAsModel(Zip(new ZipMember("config.json", s_config)), "model.weights.h5");
        HostileFile.RefusedAsModel(Zip(new ZipMember("model.weights.h5", HostileFile.Recorded("good"))), "config.json");
    }

    [Fact]
    public void TimeIsBounded() => HostileFile.Refused(HostileFile.Archive(), "model.keras", path => Model.Load(path, policy: new LoadPolicy { MaxTime = TimeSpan.Zero }), "takes longer");

    [Fact]
    public void FoldersLeadNowhereElse()
    {
        if (OperatingSystem.IsWindows()) return;
        using TemporaryFolder folder = new();
        folder.Write("secret.json", s_config);
        folder.Write("model/metadata.json", "{}"u8.ToArray());
        folder.Write("model/model.weights.h5", HostileFile.Recorded("good"));
        File.CreateSymbolicLink(folder["model/config.json"], folder["secret.json"]);
        Assert.Contains("link", Assert.Throws<ModelFileException>(() => Model.Load(folder["model"], policy: HostileFile.Policy)).Message, StringComparison.Ordinal);
        File.Delete(folder["model/config.json"]);
        folder.Write("model/config.json", s_config);
        Assert.Equal([0, 1, 2, 3, 4, 5], Model.Load(folder["model"], policy: HostileFile.Policy).GetWeights()[0].ToArray<float>());
        File.CreateSymbolicLink(folder["model/assets"], folder.FullName);
        Assert.Contains("link", Assert.Throws<ModelFileException>(() => Model.Load(folder["model"], policy: HostileFile.Policy)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PipesInAFolderAreNotWaitedFor()
    {
        if (OperatingSystem.IsWindows()) return;
        using TemporaryFolder folder = new();
        folder.Write("model/config.json", s_config);
        folder.Write("model/metadata.json", "{}"u8.ToArray());
        MakePipe(folder["model/model.weights.h5"]);
        Assert.Throws<ModelFileException>(() => Model.Load(folder["model"], policy: HostileFile.Policy));
        MakePipe(folder["part.h5"]);
        string list = folder.Write("list.weights.json", """{"weight_map": {"/layers/dense/vars": "part.h5"}}"""u8.ToArray());
        Assert.Contains("part.h5", Assert.Throws<ModelFileException>(() => HostileFile.Small().LoadWeights(list, policy: HostileFile.Policy)).Message, StringComparison.Ordinal);
    }

    private static void MakePipe(string path) => Assert.Equal(0, MakeFifo(path, 0b110_000_000));

    [DllImport("libc", EntryPoint = "mkfifo", CharSet = CharSet.Ansi)]
    private static extern int MakeFifo(string path, uint mode);

    private static byte[] Zip(params ZipMember[] members) => ZipBytes.Of(members);
}
