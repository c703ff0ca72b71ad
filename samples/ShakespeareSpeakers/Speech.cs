namespace Samples.ShakespeareSpeakers;

/// <summary>What somebody says at one go.</summary>
/// <param name="Speaker">Who speaks.</param>
/// <param name="Text">What is said, with its line breaks.</param>
public sealed record Speech(string Speaker, string Text)
{
    /// <summary>The speeches of a play: blocks between empty lines, of which the first line is a name with a colon.</summary>
    public static IReadOnlyList<Speech> Read(string play)
    {
        List<Speech> speeches = [];
        foreach (string block in play.ReplaceLineEndings("\n").Split("\n\n"))
        {
            int end = block.IndexOf(":\n", StringComparison.Ordinal);
            if (end < 0) continue;
            (string speaker, string text) = (block[..end].Trim(), block[(end + 2)..].Trim());
            if (speaker.Length > 0 && !speaker.Contains('\n') && text.Length > 0) speeches.Add(new Speech(speaker, text));
        }

        return speeches;
    }
}
