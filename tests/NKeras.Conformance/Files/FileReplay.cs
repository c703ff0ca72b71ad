using NKeras.Conformance.Calls;
using NKeras.Conformance.Models;
using NKeras.Saving;

namespace NKeras.Conformance.Files;

/// <summary>Does with published files what the README of the recordings says for their status.</summary>
internal sealed class FileReplay
{
    private readonly IReadOnlyList<RecordedFile> _files;

    /// <summary>What became of loading files with classes that are nobody's but their authors'.</summary>
    private readonly Dictionary<string, FileResult> _refusals;

    /// <summary>Takes files.</summary>
    /// <param name="files">The files.</param>
    public FileReplay(IEnumerable<RecordedFile> files)
    {
        _files = [.. files];
        // Two files may name the same class: what is refused is seen before anything is registered.
        _refusals = _files.Where(IsCustom).ToDictionary(f => f.Name, f => Try(f, () => [CustomFile.RefusalOf(f)]));
    }

    /// <summary>What became of each.</summary>
    public IEnumerable<FileResult> Results => _files.Select(Run);

    private FileResult Run(RecordedFile file)
    {
        Utils.ClearSession();
        if (_refusals.TryGetValue(file.Name, out FileResult? refusal) && refusal.Outcome != Outcome.Passed) return refusal;
        return Try(file, () => refusal == null ? Checks(file) : refusal.Messages.Select(m => $"{m}; {CustomFile.Check(file)}"));
    }

    private static IEnumerable<string> Checks(RecordedFile file) => file switch
    {
        { IsForeign: true } => Refusal.Check(file),
        { Format: "h5weights" } => WeightsFile.Check(file),
        _ when LambdaFile.LayersOf(file).Count > 0 => LambdaFile.Check(file),
        { Status: "ok" } => LoadedFile.CheckRecorded(file),
        _ => LoadedFile.CheckUnrecorded(file),
    };

    private static bool IsCustom(RecordedFile file) => file is { IsForeign: false, Custom.Count: > 0, Status: "error" } && file.Format != "h5weights";

    /// <summary>The outcome of something: what was done, in words; differences from what is recorded are thrown.</summary>
    private static FileResult Try(RecordedFile file, Func<IEnumerable<string>> run)
    {
        try
        {
            return new(file, Outcome.Passed, [.. run()]);
        }
        catch (DiffersException e)
        {
            return new(file, Outcome.Failed, e.Differences);
        }
        catch (Exception e) when (e is ModelFileException or ArgumentException && MissingClass.In(file, e) is { } missing)
        {
            return new(file, Outcome.Departed, [$"NKeras has no {missing} yet: {ModelReplay.Describe(e)}"]);
        }
        catch (Exception e)
        {
            return new(file, Outcome.Failed, [ModelReplay.Describe(e), .. e.ToString().ReplaceLineEndings("\n").Split('\n')]);
        }
    }
}
