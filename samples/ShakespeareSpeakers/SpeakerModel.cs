using NKeras;
using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Optimizers;

namespace Samples.ShakespeareSpeakers;

/// <summary>Tells who speaks by the words and pairs of words that are said. Texts go into the model as they are.</summary>
public static class SpeakerModel
{
    /// <summary>Makes the model for speeches, whose words it learns, and trains it.</summary>
    /// <param name="data">The speeches.</param>
    /// <param name="epochs">How often it sees each.</param>
    /// <param name="mostTokens">The size of its vocabulary.</param>
    public static (Model Model, History History) Train(SpeechData data, int epochs = 30, int mostTokens = 8000)
    {
        (Tensor texts, Tensor speakers) = data.Tensors(data.Training);
        TextVectorization words = new(maxTokens: mostTokens, ngrams: 2, outputMode: "multi_hot");
        words.Adapt(texts);

        Input speech = new([], dtype: "string", name: "speech");
        KerasTensor said = new Dropout(0.5).Apply(words.Apply(speech));
        Model model = new(speech, new Dense(data.Speakers.Count, "softmax", name: "speaker").Apply(said), name: "who_speaks");
        model.Compile(new Adam(2e-3), "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        return (model, model.Fit(texts, speakers, batchSize: 32, epochs: epochs, verbose: 0));
    }
}
