using NKeras.Callbacks;
using Samples.ShakespeareSpeakers;
using Samples.Text;

namespace NKeras.Samples.Tests;

public sealed class SpeakerTests
{
    private const string Play = """
        First Citizen:
        Before we proceed any further, hear me speak.

        All:
        Speak, speak.

        First Citizen:
        You are all resolved rather to die
        than to famish?

        A stage direction without a speaker
        """;

    [Fact]
    public void Speeches_are_read_with_their_speakers()
    {
        Assert.Equal(
            [new("First Citizen", "Before we proceed any further, hear me speak."), new("All", "Speak, speak."), new("First Citizen", "You are all resolved rather to die\nthan to famish?")],
            Speech.Read(Play.ReplaceLineEndings("\r\n")));
        SpeechData data = new(Play, speakers: 1, fewestWords: 8);
        Assert.Equal(["First Citizen"], data.Speakers);
        Assert.Equal(2, data.Training.Count + data.Test.Count);
    }

    [Fact]
    public void Speakers_are_told_apart_better_than_by_always_naming_one()
    {
        // A part of the plays that a few seconds suffice for.
        Utils.SetRandomSeed(1);
        SpeechData data = new(Corpus.ShakespeareText()[..200_000], speakers: 3);
        (Model model, History history) = SpeakerModel.Train(data, epochs: 6, mostTokens: 2000);
        (Tensor texts, Tensor speakers) = data.Tensors(data.Test);

        Assert.True(history["loss"][^1] < history["loss"][0]);
        Assert.True(model.Evaluate(texts, speakers, verbose: 0)["accuracy"] > data.Baseline + 0.1);
        Assert.Equal([data.Test.Count, 3], model.Predict(texts, verbose: 0).Shape);
    }
}
