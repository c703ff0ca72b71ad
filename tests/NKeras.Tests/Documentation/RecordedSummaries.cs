using NKeras;

namespace DocumentationExamples;

// The examples are outside the namespaces of NKeras, as a user's code is.
/// <summary>The summaries of the documentation's models, as Keras 3.16 prints them.</summary>
internal static class RecordedSummaries
{
    private static readonly Dictionary<string, string> s_texts = Read();

    /// <summary>Checks that a model's summary is the recorded one.</summary>
    public static void Check(string name, Model model, int lineLength = 88, bool showTrainable = false, bool expandNested = false) =>
        model.Summary(lineLength, printFn: text => Assert.Equal(s_texts[name], text.TrimEnd('\n')), showTrainable: showTrainable, expandNested: expandNested);

    private static Dictionary<string, string> Read()
    {
        using Stream stream = typeof(RecordedSummaries).Assembly.GetManifestResourceStream("documentation_summaries.txt")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Split("### ", StringSplitOptions.RemoveEmptyEntries).ToDictionary(part => part[..part.IndexOf('\n')], part => part[(part.IndexOf('\n') + 1)..].TrimEnd('\n'));
    }
}
