using NKeras.Callbacks;
using Samples.TrainingWithBuiltInMethods;

namespace NKeras.Samples.Tests;

public sealed class BuiltInTrainingTests
{
    private readonly Guide _guide = new(epochs: 2, verbose: 0);

    public BuiltInTrainingTests() => Utils.SetRandomSeed(1);

    [Fact]
    public void The_usual_way_learns_digits()
    {
        (History history, Scores test, Tensor predictions) = _guide.Usual();
        Assert.Equal(["loss", "sparse_categorical_accuracy", "val_loss", "val_sparse_categorical_accuracy"], history.Logs.Keys.Order());
        Assert.InRange(test["sparse_categorical_accuracy"], 0.6, 1);
        Assert.Equal([3, 10], predictions.Shape);
    }

    [Fact]
    public void Losses_and_metrics_from_layers_are_reported()
    {
        History history = _guide.OwnLossesAndMetrics();
        Assert.Equal(["accuracy", "activity_spread", "loss"], history.Logs.Keys.Order());
        Assert.True(history["loss"][^1] < history["loss"][0]);

        // The metric counts what is right: here all but one of four.
        CorrectCount count = new();
        count.UpdateState(new[] { 1, 0, 1, 0 }, Ops.OneHot(new[] { 1, 0, 0, 0 }, 2));
        Assert.Equal(3f, count.Result().ToArray<float>().Single());
    }

    [Fact]
    public void Weights_by_class_and_by_sample_are_the_same_where_they_say_the_same()
    {
        (History byClass, History bySample) = _guide.Weights();
        for (int i = 0; i < 2; i++) Assert.Equal(byClass["loss"][i], bySample["loss"][i], 1e-4);
    }

    [Fact]
    public void Streams_of_batches_train_like_arrays()
    {
        (History fromDataset, History fromSequence) = _guide.Streams();
        Assert.InRange(fromDataset["val_accuracy"][^1], 0.5, 1);
        Assert.True(fromSequence["loss"][^1] < fromSequence["loss"][0]);
    }

    [Fact]
    public void Several_outputs_have_their_own_scores()
    {
        (History history, Scores scores) = _guide.SeveralInputsAndOutputs();
        Assert.Equal(["digit_accuracy", "digit_loss", "ink_loss", "ink_mae", "loss"], history.Logs.Keys.Order());
        Assert.Equal(scores["loss"], scores["digit_loss"] + (2 * scores["ink_loss"]), 1e-4);
    }

    [Fact]
    public void Training_stops_early_and_steps_become_smaller()
    {
        (History history, IReadOnlyList<string> notes) = _guide.SchedulesAndCallbacks();
        Assert.InRange(history.Epoch.Count, 2, 49);
        Assert.Equal(history.Epoch.Count, notes.Count);
        // 1149 digits in batches of 64: 18 steps an epoch, 0.9 times smaller steps after 20.
        Assert.EndsWith("are 0.01", notes[0], StringComparison.Ordinal);
        Assert.EndsWith("are 0.009", notes[1], StringComparison.Ordinal);
        Assert.Contains("<svg", history.ToSvg(), StringComparison.Ordinal);
    }
}
