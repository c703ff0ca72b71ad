// Trains a small GPT to go on with a text, one character at a time, on the plays of Shakespeare: two minutes on two cores.
// samples/ShakespeareLstm does the same with a recurrent network.
//
//     dotnet run -c Release --project samples/MiniGpt

using NKeras;
using Samples.MiniGpt;
using Samples.Text;

Utils.SetRandomSeed(1);
Corpus corpus = Corpus.Shakespeare();
TextTrainingOptions options = new(BatchSize: 32, LearningRate: 2e-3);
GptModel model = new(corpus.Characters.Count, options.Length);
model.Network.Summary();

TextTraining.Train(model, corpus, options, Console.Out);

Console.WriteLine("--- and a longer piece");
Console.WriteLine(TextWriting.Write(model, corpus, prompt: "\n\n", length: 600));
