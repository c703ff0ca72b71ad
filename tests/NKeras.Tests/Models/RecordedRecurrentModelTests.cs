using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Saving;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Models;

/// <summary>Models of recurrent layers: their configurations, summaries and weights, as Keras was recorded to write them.</summary>
[Collection(NamesCollection.Name)]
public sealed class RecordedRecurrentModelTests
{
    private static readonly Dictionary<string, Func<Model>> s_models = new() { ["states"] = States, ["seq2seq"] = Translator, ["both"] = Both, ["masked"] = Masked, ["deep"] = Deep, ["cells"] = Cells };

    public static TheoryData<string> Names => [.. s_models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ModelIsTheRecordedOne(string name)
    {
        JsonElement record = RecordedData.Records("recurrent_models.jsonl.gz").Single(r => r.GetProperty("name").GetString() == name);
        JsonNode config = JsonNode.Parse(record.GetProperty("config").GetRawText())!;
        Utils.ClearSession();
        Model model = s_models[name]();
        Assert.Equal(Texts(record, "weights"), model.Weights.Select(w => w.Path));
        Check(model);
        Utils.ClearSession();
        Check(Model.FromJson(config.ToJsonString()));

        void Check(Model made)
        {
            JsonAssert.Equal(config, JsonNode.Parse(made.ToJson()));
            string summary = "";
            made.Summary(lineLength: 96, printFn: t => summary = t);
            Assert.Equal(record.GetProperty("summary").GetString()!.TrimEnd(), summary.TrimEnd());
            Assert.Equal(Texts(record, "files").Order(StringComparer.Ordinal), WeightPaths.Of(made).Select(p => p.Path).Order(StringComparer.Ordinal));
        }
    }

    private static IEnumerable<string> Texts(JsonElement record, string key) => record.GetProperty(key).EnumerateArray().Select(t => t.GetString()!);

    private static Model States()
    {
        Input x = new([4, 3]), h = new([2]);
        return new Model([x, h], new GRU(2).Apply(x, h));
    }

    private static Model Translator()
    {
        Input source = new([null, 3]), target = new([null, 2]);
        (_, KerasTensor h, KerasTensor c) = new LSTM(4, returnState: true).ApplyAll(source);
        KerasTensor y = new LSTM(4, returnSequences: true).Apply(target, [h, c]);
        return new Model([source, target], new TimeDistributed(new Dense(2)).Apply(y));
    }

    private static Model Both()
    {
        Input x = new([4, 3]), h = new([2]);
        return new Model([x, h], new Bidirectional(new GRU(2, returnState: true), "sum").ApplyAll(x, [h, h]));
    }

    private static Model Masked()
    {
        Input x = new([4, 3]);
        KerasTensor y = new SimpleRNN(3, returnSequences: true).Apply(new Masking().Apply(x));
        return new Model(x, new Bidirectional(new RNN(new GRUCell(2))).Apply(y));
    }

    private static Model Deep() => new Sequential(
    [
        new Input([4, 6, 5, 3]), new ConvLSTM2D(2, 2, returnSequences: true), new TimeDistributed(new Conv2D(3, 2)), new ConvLSTM2D(2, (2, 1), padding: "same"),
    ]);

    private static Model Cells()
    {
        Input x = new([4, 3]);
        return new Model(x, new RNN([new LSTMCell(2), new GRUCell(3)], returnSequences: true).Apply(x));
    }
}
