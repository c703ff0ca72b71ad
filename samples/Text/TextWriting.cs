using System.Text;
using NKeras;

namespace Samples.Text;

/// <summary>Lets a model go on with a text.</summary>
public static class TextWriting
{
    /// <summary>Draws one character after the other from what the model holds likely.</summary>
    /// <param name="model">The model.</param>
    /// <param name="corpus">Knows the characters.</param>
    /// <param name="prompt">The text to go on with, one character or more.</param>
    /// <param name="length">How many characters to write.</param>
    /// <param name="temperature">Below 1 likely characters become more likely still; above 1 the model takes more risks.</param>
    /// <param name="seed">Chooses among the texts that the model might write.</param>
    /// <returns>What comes after the prompt.</returns>
    public static string Write(ICharacterModel model, Corpus corpus, string prompt, int length, double temperature = 0.7, int seed = 1)
    {
        SeedGenerator random = new(seed);
        StringBuilder text = new();
        model.Restart();
        Tensor logits = 0;
        foreach (int character in corpus.Encode(prompt)) logits = model.Read(character);
        for (int i = 0; i < length; i++)
        {
            int drawn = RandomOps.Categorical(logits / temperature, numSamples: 1, seed: random).Item<int>();
            text.Append(corpus.Characters[drawn]);
            logits = model.Read(drawn);
        }

        return text.ToString();
    }
}
