namespace NKeras.Saving.Files;

/// <summary>The parts of a model in a zip archive.</summary>
internal sealed class ArchiveParts(SafeArchive archive) : ModelParts
{
    public override IReadOnlyCollection<string> Names => archive.Names;

    public override bool Contains(string name) => archive.Contains(name);

    public override byte[] ReadAll(string name, long mostBytes) => archive.ReadAll(name, mostBytes);

    public override Stream Open(string name) => archive.OpenSeekable(name);

    public override void Dispose() => archive.Dispose();
}
