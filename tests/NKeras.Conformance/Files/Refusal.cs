using NKeras.Conformance.Models;
using NKeras.Saving;

namespace NKeras.Conformance.Files;

/// <summary>Checks that what cannot be loaded is refused in the one documented way.</summary>
internal static class Refusal
{
    /// <summary>Tries to load a file that is no whole model.</summary>
    public static IEnumerable<string> Check(RecordedFile file)
    {
        yield return $"refused: {Of(file).Message.ReplaceLineEndings(" ")}";
    }

    /// <summary>The refusal of a file.</summary>
    /// <exception cref="DiffersException">It is loaded, or refused in another way.</exception>
    public static ModelFileException Of(RecordedFile file)
    {
        try
        {
            Model model = Model.Load(file.Path);
            throw new DiffersException($"is loaded as '{model.Name}' with {model.Layers.Count} layers, where a refusal is due");
        }
        catch (ModelFileException e)
        {
            return e.Message.Contains(file.Name, StringComparison.Ordinal) ? e : throw new DiffersException($"the refusal does not name the file: {e.Message}");
        }
        catch (Exception e) when (e is not DiffersException)
        {
            throw new DiffersException($"{ModelReplay.Describe(e)}, where a {nameof(ModelFileException)} is due");
        }
    }
}
