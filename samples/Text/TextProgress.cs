using System.Diagnostics;
using System.Globalization;
using NKeras.Callbacks;

namespace Samples.Text;

/// <summary>Shows what the model writes: before training and after each epoch.</summary>
internal sealed class TextProgress(ICharacterModel model, Corpus corpus, TextTrainingOptions options, TextWriter output) : Callback
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public override void OnTrainBegin(IDictionary<string, double>? logs = null) => Show("before training");

    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null) => Show(string.Create(
        CultureInfo.InvariantCulture,
        $"after {(epoch + 1) * options.StepsPerEpoch} steps, {_clock.Elapsed.TotalSeconds:F0} s: loss {logs!["loss"]:F2}, on text that it has not seen {logs["val_loss"]:F2}"));

    private void Show(string title)
    {
        output.WriteLine($"--- {title}");
        output.WriteLine(options.Prompt + TextWriting.Write(model, corpus, options.Prompt, options.Characters, options.Temperature));
    }
}
