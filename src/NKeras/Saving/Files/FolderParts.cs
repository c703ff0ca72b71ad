namespace NKeras.Saving.Files;

/// <summary>The parts of a model in a folder. Links are refused: they would lead to other files.</summary>
internal sealed class FolderParts : ModelParts
{
    private readonly string _folder;
    private readonly HashSet<string> _names = [];

    /// <summary>Takes a folder.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="policy">What loading may take.</param>
    /// <exception cref="InvalidDataException">There is a link in it, or too much.</exception>
    public FolderParts(string folder, LoadPolicy policy)
    {
        _folder = folder;
        foreach (string name in new[] { Config, Metadata, Weights, NumpyWeights }) AddFile(Path.Combine(folder, name), name);
        AddFolder(Path.Combine(folder, Assets.TrimEnd('/')), Assets, policy, depth: 1);
    }

    public override IReadOnlyCollection<string> Names => _names;

    /// <summary>Whether a folder is a model's.</summary>
    public static bool Is(string folder) => File.Exists(Path.Combine(folder, Config));

    public override byte[] ReadAll(string name, long mostBytes)
    {
        using Stream stream = Open(name);
        if (stream.Length > mostBytes) throw new InvalidDataException($"'{name}' has {stream.Length} bytes; {mostBytes} are allowed.");
        Reading.Current?.TakeBytes(stream.Length, $"'{BadConfig.Excerpt(name)}'");
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    public override Stream Open(string name) => Contains(name)
        ? PlainFile.Open(Path.Combine(_folder, name), name)
        : throw new InvalidDataException($"The folder has no file '{name}'.");

    public override bool Contains(string name) => _names.Contains(name);

    public override void Dispose()
    {
    }

    private void AddFolder(string folder, string prefix, LoadPolicy policy, int depth)
    {
        DirectoryInfo info = new(folder);
        if (!info.Exists) return;
        PlainFile.CheckNoLink(info, prefix);
        if (depth > policy.MaxDepth) throw new InvalidDataException($"'{prefix}' is nested more than {policy.MaxDepth} deep.");
        foreach (FileSystemInfo entry in info.EnumerateFileSystemInfos())
        {
            if (_names.Count > policy.MaxObjects) throw new InvalidDataException($"'{Assets}' has more than {policy.MaxObjects} files.");
            if (entry is DirectoryInfo) AddFolder(entry.FullName, $"{prefix}{entry.Name}/", policy, depth + 1);
            else AddFile(entry.FullName, prefix + entry.Name);
        }
    }

    private void AddFile(string path, string name)
    {
        FileInfo file = new(path);
        PlainFile.CheckNoLink(file, name);
        if (file.Exists) _names.Add(name);
    }
}
