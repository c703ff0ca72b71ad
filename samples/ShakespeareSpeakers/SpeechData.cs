using NKeras;

namespace Samples.ShakespeareSpeakers;

/// <summary>Speeches of those who speak most, some to learn from and some to try what has been learned.</summary>
public sealed class SpeechData
{
    /// <summary>Chooses speakers and speeches.</summary>
    /// <param name="play">The text of plays.</param>
    /// <param name="speakers">How many speakers.</param>
    /// <param name="fewestWords">Speeches with fewer words are left out: anybody may say "Ay, my lord".</param>
    /// <param name="seed">Chooses the fifth of the speeches that are not learned from.</param>
    public SpeechData(string play, int speakers = 10, int fewestWords = 8, int seed = 1)
    {
        Speech[] all = [.. Speech.Read(play)];
        Speakers = [.. all.CountBy(s => s.Speaker).OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Take(speakers).Select(s => s.Key)];
        Speech[] chosen = [.. all.Where(s => Speakers.Contains(s.Speaker) && s.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length >= fewestWords)];
        new Random(seed).Shuffle(chosen);
        (Training, Test) = (chosen[(chosen.Length / 5)..], chosen[..(chosen.Length / 5)]);
    }

    /// <summary>Who may speak, the most talkative first; the position is the number of a class.</summary>
    public IReadOnlyList<string> Speakers { get; }

    /// <summary>Speeches to learn from.</summary>
    public IReadOnlyList<Speech> Training { get; }

    /// <summary>Speeches to try what has been learned.</summary>
    public IReadOnlyList<Speech> Test { get; }

    /// <summary>How often one is right who always names the speaker that has most of the speeches to learn from.</summary>
    public double Baseline
    {
        get
        {
            string most = Training.CountBy(s => s.Speaker).MaxBy(s => s.Value).Key;
            return Test.Count(s => s.Speaker == most) / (double)Test.Count;
        }
    }

    /// <summary>Speeches as a model takes them: texts (count), and the number of each one's speaker (count).</summary>
    public (Tensor Texts, Tensor Speakers) Tensors(IReadOnlyList<Speech> speeches) =>
        (Tensor.FromStrings([.. speeches.Select(s => s.Text)]), Tensor.From<int>([.. speeches.Select(s => Speakers.ToList().IndexOf(s.Speaker))]));
}
