using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Callbacks;

/// <summary>A history as text.</summary>
public sealed class HistoryTableTests
{
    [Fact]
    public void Training_stands_next_to_validation_and_the_loss_first()
    {
        History history = Histories.Of(2, e => new() { ["accuracy"] = 0.5 + e, ["loss"] = 12.34567 - e, ["val_accuracy"] = 0.25, ["val_loss"] = 0.00012345 });
        Assert.Equal(
            """
            epoch │    loss    val_loss │ accuracy  val_accuracy
            ──────┼─────────────────────┼───────────────────────
                1 │ 12.3457  1.2345e-04 │   0.5000        0.2500
                2 │ 11.3457  1.2345e-04 │   1.5000        0.2500
            """.ReplaceLineEndings("\n"),
            history.ToString());
    }

    [Fact]
    public void Epochs_without_validation_have_no_score_of_it()
    {
        History history = Histories.Of(4, e => e % 2 == 0 ? new() { ["loss"] = 1 } : new() { ["loss"] = double.NaN, ["val_loss"] = double.NegativeInfinity });
        Assert.Equal(
            """
            epoch │   loss  val_loss
            ──────┼─────────────────
                1 │ 1.0000          
                2 │    nan      -inf
                3 │ 1.0000          
                4 │    nan      -inf
            """.ReplaceLineEndings("\n"),
            history.ToString());
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    [InlineData(5000, true)]
    public void Of_many_epochs_the_middle_is_left_out(int epochs, bool elided)
    {
        string[] lines = Histories.Of(epochs, e => new() { ["loss"] = e }).ToString().Split('\n');
        Assert.Equal(elided ? 23 : 22, lines.Length);
        Assert.Equal(elided, lines.Contains("    … │" + "…".PadLeft(lines[0].Length - "    … │".Length)));
        Assert.StartsWith("   10 │", lines[11]);
        Assert.StartsWith($"{epochs - 9,5} │", lines[^10]);
        Assert.StartsWith($"{epochs,5} │", lines[^1]);
    }

    [Fact]
    public void Many_scores_are_in_blocks_below_each_other()
    {
        History history = Histories.Of(1, _ => Enumerable.Range(0, 12).SelectMany(i => new[] { $"score_{i:00}", $"val_score_{i:00}" }).ToDictionary(n => n, _ => 0.5));
        string[] blocks = history.ToString().Split("\n\n");
        Assert.True(blocks.Length > 1);
        Assert.All(blocks, b => Assert.All(b.Split('\n'), l => Assert.True(l.StartsWith("epoch") || l.StartsWith("──────") || l.StartsWith("    1"))));
        Assert.All(blocks, b => Assert.True(Assert.Single(b.Split('\n').Select(l => l.Length).Distinct()) <= 100));
        Assert.Equal(24, blocks.Sum(b => b.Split('\n')[2].Split("0.5000").Length - 1));
    }

    [Fact]
    public void Wide_letters_take_their_room()
    {
        string[] lines = Histories.Of(1, _ => new() { ["精度"] = 0.5 }).ToString().Split('\n');
        Assert.Equal("epoch │   精度", lines[0]);
        Assert.Equal("    1 │ 0.5000", lines[2]);
    }

    [Fact]
    public void Without_epochs_or_scores_there_is_little_to_say()
    {
        Assert.Equal("No epochs", new History().ToString());
        Assert.Equal("epoch\n─────\n    1", Histories.Of(1, _ => []).ToString());
    }

    [Fact]
    public void A_history_that_goes_on_counts_on()
    {
        Sequential model = new([new Input([1]), new Dense(1)]);
        model.Compile(new SGD(), "mse");
        History history = new();
        Tensor x = new float[,] { { 1 }, { 2 } };
        model.Fit(x, x, epochs: 2, verbose: 0, callbacks: [history]);
        model.Fit(x, x, epochs: 3, initialEpoch: 2, verbose: 0, callbacks: [history]);
        Assert.Equal(["    1", "    2", "    3"], history.ToString().Split('\n').Skip(2).Select(l => l[..5]));
    }
}
