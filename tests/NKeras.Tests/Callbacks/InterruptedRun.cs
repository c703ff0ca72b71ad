using System.Globalization;
using NKeras.Callbacks;
using NKeras.Tests.Training;

namespace NKeras.Tests.Callbacks;

/// <summary>A run of training that is interrupted again and again, each time goes on in what could be a new process, and is compared with one that is not.</summary>
internal sealed class InterruptedRun
{
    private const int MostTries = 60;

    /// <summary>Makes the model. What it draws at random differs from try to try, so all of it has to come from the backup.</summary>
    public required Func<Model> Model { get; init; }

    /// <summary>Calls Fit with callbacks; data is made anew each time.</summary>
    public required Func<Model, Callback[], History> Fit { get; init; }

    /// <summary>Callbacks besides.</summary>
    public Func<Callback[]> Callbacks { get; init; } = () => [];

    public Frequency SaveFreq { get; init; }

    /// <summary>After how many batches of a try it is interrupted.</summary>
    public int After { get; init; } = 3;

    /// <summary>Whether the interruption comes when an epoch begins, or ends, in place of a batch's end.</summary>
    public string Where { get; init; } = "batch";

    /// <summary>Runs both and compares the bits of all state, and the scores of all epochs.</summary>
    public void Check()
    {
        using TemporaryFolder folder = new();
        string backup = folder["backup"];
        (byte[] expected, SortedDictionary<int, string> scores) = Undisturbed();
        SortedDictionary<int, string> seen = [];
        for (int i = 0; ; i++)
        {
            Assert.True(i < MostTries, "It does not get on.");
            Utils.SetRandomSeed(1000 + i);
            Model model = Model();
            if (i == 0)
            {
                // The first try is the undisturbed run's beginning.
                Utils.SetRandomSeed(1);
                model = Model();
            }

            try
            {
                History history = Fit(model, [.. Callbacks(), Recorder(seen), new BackupAndRestore(backup, SaveFreq), new Interruption(Where, After)]);
                Assert.Equal(scores, seen);
                Assert.Equal(scores.Keys.Where(e => history.Epoch.Count > 0 && e >= history.Epoch[0]), history.Epoch);
                Assert.Equal(expected, TrainingBits.Of(model));
                Assert.True(i > 0, "It was not interrupted.");
                Assert.False(Directory.Exists(backup), "The backup is left.");
                return;
            }
            catch (TrainingException e) when (e.InnerException is Interrupted)
            {
                Assert.True(Directory.Exists(backup));
            }
        }
    }

    private (byte[] Bits, SortedDictionary<int, string> Scores) Undisturbed()
    {
        Utils.SetRandomSeed(1);
        Model model = Model();
        SortedDictionary<int, string> scores = [];
        Fit(model, [.. Callbacks(), Recorder(scores)]);
        return (TrainingBits.Of(model), scores);
    }

    private static LambdaCallback Recorder(SortedDictionary<int, string> scores) => new(onEpochEnd: (epoch, logs) =>
        scores[epoch] = string.Join(" ", logs!.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Key}={l.Value:R}"))));

    private sealed class Interrupted : Exception;

    private sealed class Interruption(string where, int after) : Callback
    {
        private int _seen;

        public override void OnTrainBatchEnd(int batch, IDictionary<string, double>? logs = null)
        {
            _seen++;
            if (where == "batch") ThrowIfDue();
        }

        public override void OnEpochBegin(int epoch, IDictionary<string, double>? logs = null)
        {
            if (where == "begin") ThrowIfDue();
        }

        public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null)
        {
            if (where == "end") ThrowIfDue();
        }

        private void ThrowIfDue()
        {
            if (_seen >= after) throw new Interrupted();
        }
    }
}
