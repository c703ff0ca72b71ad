using System.IO.Compression;
using System.Text;
using NKeras.Layers;
using NKeras.Saving;

namespace NKeras.Tests.Saving.Files;

public sealed class AssetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("m.keras", true)]
    [InlineData("folder", false)]
    public void FilesOfLayersTravelWithTheModel(string name, bool zipped)
    {
        string path = Path.Combine(_folder.FullName, name);
        Sequential model = new([new Input([2]), new Notes(), new Sequential([new Notes { Text = "inner" }], name: "nested"), new Notes { Text = "last" }]);
        ((Notes)model.Layers[0]).Text = "Grüße";
        model.Save(path, zipped: zipped);
        Model again = Model.Load(path, new CustomObjects { ["Custom>Notes"] = typeof(Notes), ["Notes"] = typeof(Notes) });
        Assert.Equal("Grüße", ((Notes)again.Layers[0]).Text);
        Assert.Equal("inner", ((Notes)((Sequential)again.Layers[1]).Layers[0]).Text);
        Assert.Equal("last", ((Notes)again.Layers[2]).Text);
    }

    [Fact]
    public void TheyAreWhereKerasPutsThem()
    {
        string path = Path.Combine(_folder.FullName, "m.keras");
        new Sequential([new Input([2]), new Notes { Text = "a" }, new Notes { Text = "b" }]).Save(path);
        using ZipArchive archive = ZipFile.OpenRead(path);
        Assert.Equal(["assets/layers/notes/text.txt", "assets/layers/notes_1/text.txt"], archive.Entries.Select(e => e.FullName).Where(n => n.StartsWith("assets", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("../text.txt")]
    [InlineData("a/b.txt")]
    [InlineData("..")]
    [InlineData("")]
    public void ANameWithAFolderIsAnError(string name) =>
        Assert.Contains("notes", Assert.Throws<ArgumentException>(() => new Sequential([new Input([2]), new Notes { FileName = name }]).Save(Path.Combine(_folder.FullName, "m.keras"))).Message, StringComparison.Ordinal);

    [RegisterKerasSerializable]
    public sealed class Notes : Layer
    {
        public string Text { get; set; } = "";

        internal string FileName { get; init; } = "text.txt";

        public override Tensor Call(Tensor inputs, bool training = false) => inputs;

        public override void SaveAssets(IDictionary<string, byte[]> assets) => assets[FileName] = Encoding.UTF8.GetBytes(Text);

        public override void LoadAssets(IReadOnlyDictionary<string, byte[]> assets) => Text = Encoding.UTF8.GetString(assets[FileName]);
    }
}
