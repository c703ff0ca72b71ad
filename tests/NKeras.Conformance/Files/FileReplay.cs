using NKeras.Conformance.Calls;
using NKeras.Conformance.Models;
using NKeras.Saving;

namespace NKeras.Conformance.Files;

/// <summary>Does with published files what the README of the recordings says for their status.</summary>
internal static class FileReplay
{
    /// <summary>What is done with a file: what was done, in words; differences from what is recorded are thrown.</summary>
    public static FileResult Run(RecordedFile file)
    {
        Utils.ClearSession();
        try
        {
            return new(file, Outcome.Passed, [.. Checks(file)]);
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

    private static IEnumerable<string> Checks(RecordedFile file) => file switch
    {
        { IsForeign: true } => Refusal.Check(file),
        { Format: "h5weights" } => WeightsFile.Check(file),
        { Status: "ok" } => LoadedFile.CheckRecorded(file),
        { Custom.Count: > 0 } => CustomFile.Check(file),
        _ => LoadedFile.CheckUnrecorded(file),
    };
}
