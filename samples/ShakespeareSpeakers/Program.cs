// Who speaks? Learns to tell ten of Shakespeare's characters by what they say: half a minute on two cores.
// The model takes texts: a TextVectorization layer inside turns them into words and pairs of words.
//
//     dotnet run -c Release --project samples/ShakespeareSpeakers [PATH OF A PLAY]

using System.Globalization;
using NKeras;
using Samples.ShakespeareSpeakers;
using Samples.Text;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Utils.SetRandomSeed(1);
SpeechData data = new(args is [string path, ..] ? File.ReadAllText(path) : Corpus.ShakespeareText());
Console.WriteLine($"{data.Training.Count} speeches to learn from, {data.Test.Count} to be asked about, of {string.Join(", ", data.Speakers)}.");

(Model model, _) = SpeakerModel.Train(data);
model.Summary();

(Tensor texts, Tensor speakers) = data.Tensors(data.Test);
double accuracy = model.Evaluate(texts, speakers, verbose: 0)["accuracy"];
Console.WriteLine($"Right about {accuracy:P0} of the speeches that it has not seen; always naming the same speaker, as the baseline does, is right about {data.Baseline:P0}.");

Tensor guesses = model.Predict(texts, verbose: 0);
int[] named = Ops.Argmax(guesses, axis: -1).ToArray<int>();
for (int i = 0; i < Math.Min(6, data.Test.Count); i++)
{
    Console.WriteLine($"\n{data.Test[i].Text}\n    — {data.Speakers[named[i]]} ({guesses[i, named[i]].Item<float>():P0}); it was {data.Test[i].Speaker}");
}
