using NKeras;
using NKeras.Layers;
using Samples.Text;

namespace Samples.ShakespeareLstm;

/// <summary>A recurrent character model: all that it knows of the text so far is in the LSTM's two states.</summary>
public sealed class LstmModel : ICharacterModel
{
    private readonly Model _stepper;
    private readonly Tensor _zeros;
    private Tensor _hidden;
    private Tensor _carried;

    /// <summary>Makes the networks.</summary>
    /// <param name="characters">How many characters there are.</param>
    /// <param name="units">The size of each of the LSTM's states.</param>
    public LstmModel(int characters, int units = 256)
    {
        Embedding embedding = new(characters, 64);
        LSTM lstm = new(units, returnSequences: true, returnState: true);
        Dense next = new(characters);

        Input text = new(shape: [null], dtype: "int32");
        KerasTensor vectors = embedding.Apply(text);
        Network = new Model(text, next.Apply(lstm.ApplyAll(vectors)[0]), name: "shakespeare_lstm");

        // To write, the same layers begin with the states that the character before has left, and return the new ones.
        Input hidden = new(shape: [units]), carried = new(shape: [units]);
        var (output, newHidden, newCarried) = lstm.ApplyAll(vectors, initialState: [hidden, carried]);
        _stepper = new Model([text, hidden, carried], [next.Apply(output), newHidden, newCarried]);

        _hidden = _carried = _zeros = Ops.Zeros([1, units]);
    }

    public Model Network { get; }

    public void Restart() => _hidden = _carried = _zeros;

    public Tensor Read(int character)
    {
        (Tensor logits, _hidden, _carried) = _stepper.PredictAllOnBatch([Tensor.From([character], [1, 1]), _hidden, _carried]);
        return logits[0];
    }
}
