using NKeras.Callbacks;
using Samples.MiniGpt;
using Samples.ShakespeareLstm;
using Samples.Text;

namespace NKeras.Samples.Tests;

/// <summary>Both character models, small, on the real text.</summary>
public sealed class TextModelTests
{
    private const int Length = 16;

    private static readonly Corpus s_corpus = Corpus.Shakespeare();

    public static TheoryData<string> Models => ["lstm", "gpt"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Learns_which_characters_follow_in_a_few_steps(string kind)
    {
        ICharacterModel model = Create(kind);
        StringWriter output = new();
        TextTrainingOptions options = new(Length, BatchSize: 16, StepsPerEpoch: 40, Epochs: 3, LearningRate: 1e-2, Characters: 40);

        History history = TextTraining.Train(model, s_corpus, options, output);

        // ln 65 = 4.17 is to know nothing, 3.3 to know how often each character occurs.
        Assert.True(history["loss"][0] < 4.0 && history["val_loss"][^1] < 3.0, string.Join(", ", history["val_loss"]));
        Assert.Equal(3, history["loss"].Count);
        Assert.Equal(4, output.ToString().Split("--- ").Length - 1);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Reading_one_by_one_gives_what_the_whole_text_gives(string kind)
    {
        ICharacterModel model = Create(kind);
        int[] text = s_corpus.Encode("To be, or not to");
        Assert.Equal(Length, text.Length);
        float[] whole = model.Network.Predict(Tensor.From(text, [1, Length]), verbose: 0)[0].ToArray<float>();

        for (int round = 0; round < 2; round++)
        {
            model.Restart();
            float[] byOne = [.. text.SelectMany(c => model.Read(c).ToArray<float>())];
            Assert.All(whole.Zip(byOne), p => Assert.Equal(p.First, p.Second, 1e-4));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Writes_characters_of_the_text_and_the_same_ones_for_a_seed(string kind)
    {
        ICharacterModel model = Create(kind);

        string text = TextWriting.Write(model, s_corpus, "ROMEO:\n", length: 2 * Length, seed: 5);

        Assert.Equal(2 * Length, text.Length);
        Assert.All(text, c => Assert.Contains(c, s_corpus.Characters));
        Assert.Equal(text, TextWriting.Write(model, s_corpus, "ROMEO:\n", length: 2 * Length, seed: 5));
        Assert.NotEqual(text, TextWriting.Write(model, s_corpus, "ROMEO:\n", length: 2 * Length, seed: 6));
    }

    private static ICharacterModel Create(string kind)
    {
        Utils.SetRandomSeed(1);
        return kind == "lstm"
            ? new LstmModel(s_corpus.Characters.Count, units: 32)
            : new GptModel(s_corpus.Characters.Count, Length, width: 32, heads: 2, blocks: 1);
    }
}
