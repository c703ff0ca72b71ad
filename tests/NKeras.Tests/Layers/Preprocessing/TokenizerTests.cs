using NKeras.Layers;

namespace NKeras.Tests.Layers.Preprocessing;

public class TokenizerTests
{
    [Theory]
    // TensorFlow's documentation of tf.strings.lower: without an encoding, letters outside ASCII stay as they are.
    [InlineData("CamelCase string and ALL CAPS", "lower", "camelcase string and all caps")]
    [InlineData("ÀÉ İI ΣΑΣ ß", "lower", "ÀÉ İi ΣΑΣ ß")]
    [InlineData("Hello, World!. This is just a nice test!", "lower_and_strip_punctuation", "hello world this is just a nice test")]
    [InlineData("Hello, World! Test.", "strip_punctuation", "Hello World Test")]
    [InlineData("!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'", "strip_punctuation", "")]
    // Marks outside ASCII are none for the regular expression of Keras.
    [InlineData("“quoted” – ¿qué? … it’s", "lower_and_strip_punctuation", "“quoted” – ¿qué … it’s")]
    [InlineData("nothing to change", "lower_and_strip_punctuation", "nothing to change")]
    [InlineData("", "lower_and_strip_punctuation", "")]
    public void TextsAreStandardizedAsTensorFlowDoes(string text, string way, string expected) =>
        Assert.Equal(expected, ((TextStandardization)way).Effective!(text));

    [Fact]
    public void LongTextsAreStandardizedLikeShortOnes()
    {
        string text = string.Concat(Enumerable.Repeat("Ab, c! ", 500));
        Assert.Equal(string.Concat(Enumerable.Repeat("ab c ", 500)), default(TextStandardization).Effective!(text));
    }

    [Theory]
    // tf.strings.split without a separator splits at runs of ASCII's white space, like Python's split of bytes.
    [InlineData("  foo \t bar\n\n\v\fbaz\r", new[] { "foo", "bar", "baz" })]
    [InlineData("foo", new[] { "foo" })]
    [InlineData(" \n ", new string[0])]
    [InlineData("", new string[0])]
    [InlineData("a\u00a0b\u2003c\u0085d e", new[] { "a\u00a0b\u2003c\u0085d", "e" })]
    public void WordsStandBetweenAsciiSpaces(string text, string[] expected) => Assert.Equal(expected, Tokens(text, "whitespace"));

    [Theory]
    // tf.strings.unicode_split's documentation, and code points outside the basic plane.
    [InlineData("G\u00f6\u00f6dnight", new[] { "G", "\u00f6", "\u00f6", "d", "n", "i", "g", "h", "t" })]
    [InlineData("\U0001f60a", new[] { "\U0001f60a" })]
    [InlineData("e\u0301 👩‍🚀", new[] { "e", "\u0301", " ", "\U0001f469", "\u200d", "\U0001f680" })]
    [InlineData("", new string[0])]
    public void CharactersAreCodePoints(string text, string[] expected) => Assert.Equal(expected, Tokens(text, "character"));

    [Theory]
    // TensorFlow's documentation of tf.strings.ngrams: all of one width, then all of the next.
    [InlineData(new[] { 2 }, new[] { "A B", "B C", "C D" })]
    [InlineData(new[] { 1, 2 }, new[] { "A", "B", "C", "D", "A B", "B C", "C D" })]
    [InlineData(new[] { 3, 1 }, new[] { "A B C", "B C D", "A", "B", "C", "D" })]
    [InlineData(new[] { 5 }, new string[0])]
    public void NeighboursArePutTogether(int[] widths, string[] expected) =>
        Assert.Equal(expected, new Tokenizer("Layer 't'", null, "whitespace", widths).Tokens(["A B C D"], [1]).Tokens);

    [Fact]
    public void RowsKeepTheirTokens()
    {
        TokenRows rows = new Tokenizer("Layer 't'", default, default, null).Tokens(["a b c", "", "D!"], [1, 1, 1]);
        Assert.Equal(["a", "b", "c", "d"], rows.Tokens);
        Assert.Equal([0, 3, 3, 4], rows.Splits);
        Assert.Equal(3, rows.Longest);
        Assert.Equal(["a", "b", "d"], rows.Cut(2).Tokens);
        Assert.Equal([0, 2, 2, 3], rows.Cut(2).Splits);
        Assert.Equal(["a", "b", "", "", "d", ""], rows.ToDense(3, 2).ToStrings());
        Assert.Equal(["a", "b", "c", "", "", "", "", "", "d", "", "", ""], rows.ToDense(3, 4).ToStrings());
    }

    [Fact]
    public void SplittingLosesNothingButSpace()
    {
        // Whatever stands in a text, words are what is not white space, and characters make the text again.
        Random random = new(11);
        string[] parts = ["a", "B", "é", "水", "🐱", " ", "\t", "\n", "\u00a0", "\u2028", "'", "-", "\0", "ǅ", "\u0301"];
        for (int i = 0; i < 500; i++)
        {
            string text = string.Concat(random.GetItems(parts, random.Next(30)));
            string[] words = Tokens(text, "whitespace");
            Assert.Equal(string.Concat(text.Where(c => !" \t\n\v\f\r".Contains(c))), string.Concat(words));
            Assert.All(words, w => Assert.NotEqual("", w));
            string[] characters = Tokens(text, "character");
            Assert.Equal(text, string.Concat(characters));
            Assert.Equal(text.EnumerateRunes().Count(), characters.Length);
        }
    }

    [Fact]
    public void FunctionsOfTheUserAreCalledForEachText()
    {
        Tokenizer own = new("Layer 't'", new TextStandardization(t => t.Replace('-', ' ')), new TextSplitting(t => t.Split(' ')), null);
        Assert.Equal(["foo", "bar", "", "x"], own.Tokens(["foo-bar", " x"], [1, 1]).Tokens);
        Assert.Contains("'t'", Assert.Throws<ArgumentException>(() => new Tokenizer("Layer 't'", new TextStandardization(_ => null!), default, null).Tokens(["a"], [1])).Message);
        Assert.Contains("'t'", Assert.Throws<ArgumentException>(() => new Tokenizer("Layer 't'", default, new TextSplitting(_ => [null!]), null).Tokens(["a"], [1])).Message);
    }

    [Fact]
    public void HalfASurrogatePairIsRefused()
    {
        Tokenizer tokenizer = new("Layer 't'", default, "character", null);
        Assert.Equal(2, tokenizer.Tokens(["🐱!a"], [1]).Tokens.Length);
        foreach (string text in (string[])["a\ud83d", "\udc31", "🐱\ud83d🐱"])
        {
            ArgumentException e = Assert.Throws<ArgumentException>(() => tokenizer.Tokens([text], [1]));
            Assert.Contains("'t'", e.Message);
            Assert.Contains("surrogate", e.Message);
        }
    }

    [Fact]
    public void UnknownWaysAreRefusedWithASuggestion()
    {
        Assert.Contains("'lower'", Assert.Throws<ArgumentException>(() => (TextStandardization)"lowr").Message);
        Assert.Contains("'whitespace'", Assert.Throws<ArgumentException>(() => (TextSplitting)"white_space").Message);
    }

    [Fact]
    public void NullIsNoStandardizationAndTheDefaultIsKerass()
    {
        Assert.Null(((TextStandardization)null).Name);
        Assert.Null(((TextSplitting)null).Name);
        Assert.Equal("lower_and_strip_punctuation", default(TextStandardization).Name);
        Assert.Equal("whitespace", default(TextSplitting).Name);
        Assert.Equal(default, (TextSplitting)"whitespace");
    }

    private static string[] Tokens(string text, string split) => new Tokenizer("Layer 't'", null, split, null).Tokens([text], [1]).Tokens;
}
