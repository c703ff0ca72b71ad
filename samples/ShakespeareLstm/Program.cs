// Trains an LSTM to go on with a text, one character at a time, on the plays of Shakespeare: two minutes on two cores.
// It knows nothing of words at first; watch it learn how long they are, then some of them, then how a play is laid out.
//
//     dotnet run -c Release --project samples/ShakespeareLstm

using NKeras;
using Samples.ShakespeareLstm;
using Samples.Text;

Utils.SetRandomSeed(1);
Corpus corpus = Corpus.Shakespeare();
LstmModel model = new(corpus.Characters.Count);
model.Network.Summary();

TextTraining.Train(model, corpus, new TextTrainingOptions(), Console.Out);

Console.WriteLine("--- and a longer piece");
Console.WriteLine(TextWriting.Write(model, corpus, prompt: "\n\n", length: 600));
