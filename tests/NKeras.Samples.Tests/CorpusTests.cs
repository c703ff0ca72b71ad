using Samples.Text;

namespace NKeras.Samples.Tests;

public sealed class CorpusTests
{
    [Fact]
    public void Holds_all_of_tiny_shakespeare()
    {
        Corpus corpus = Corpus.Shakespeare();

        Assert.Equal(65, corpus.Characters.Count);
        Assert.Equal('\n', corpus.Characters[0]);
        Assert.Equal([0, 1], corpus.Encode("\n "));
    }

    [Fact]
    public void Targets_are_the_characters_that_follow()
    {
        Corpus corpus = new(string.Concat(Enumerable.Range(0, 100).Select(i => (char)('a' + i))));

        foreach ((Tensor x, Tensor y) in new[] { corpus.TrainingPieces(20, 5, seed: 3), corpus.ValidationPieces(3, 5) })
        {
            Assert.Equal(x.Shape, y.Shape);
            Assert.Equal((x + 1).ToArray<int>(), y.ToArray<int>());
        }

        Assert.True(Ops.Max(corpus.TrainingPieces(200, 5, seed: 3).Y).Item<int>() < 90);
        Assert.Equal([90, 92, 93], corpus.ValidationPieces(3, 4).X[.., 0].ToArray<int>().Select(i => i is 94 ? 93 : i));
    }
}
