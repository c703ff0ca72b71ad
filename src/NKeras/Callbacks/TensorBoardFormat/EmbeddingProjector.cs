using System.Globalization;
using System.Text;
using NKeras.Downloads;
using NKeras.Engine;
using NKeras.Layers;

namespace NKeras.Callbacks.TensorBoardFormat;

/// <summary>Writes the vectors of a model's embedding layers for TensorBoard's projector: a table for each, and a configuration that names them.</summary>
// Keras: saves the whole model's weights, in a file that the projector cannot read.
internal sealed class EmbeddingProjector
{
    private readonly (Embedding Layer, string File)[] _tables;

    /// <summary>Writes the configuration.</summary>
    /// <param name="model">The model whose embedding layers are shown.</param>
    /// <param name="folder">The folder of logs.</param>
    /// <param name="metadata">Which files hold the labels of the vectors; null for none.</param>
    /// <exception cref="ArgumentException">Labels are given for a layer that the model does not have.</exception>
    public EmbeddingProjector(Model model, string folder, EmbeddingsMetadata? metadata)
    {
        Embedding[] layers = [.. model.Layers.OfType<Embedding>()];
        metadata?.CheckNames(layers.Select(l => l.Name));
        Directory.CreateDirectory(folder);
        _tables = [.. layers.Select((layer, i) => (layer, Path.Combine(folder, TableName(i))))];
        StringBuilder config = new();
        for (int i = 0; i < layers.Length; i++)
        {
            config.Append("embeddings {\n").Append(Entry("tensor_name", $"{layers[i].Name}/embeddings")).Append(Entry("tensor_path", TableName(i)));
            if (metadata?.For(layers[i].Name) is { } labels) config.Append(Entry("metadata_path", labels));
            config.Append("}\n");
        }

        TransientPath.WriteText(Path.Combine(folder, "projector_config.pbtxt"), writer => writer.Write(config));
    }

    /// <summary>Writes the vectors as they are now, in place of those before.</summary>
    public void Write()
    {
        foreach ((Embedding layer, string file) in _tables)
        {
            Tensor vectors = layer.EffectiveEmbeddings;
            ElementView numbers = ElementView.Of(vectors);
            int length = layer.OutputDim;
            TransientPath.WriteText(file, writer =>
            {
                for (int i = 0; i < numbers.Size; i++)
                {
                    writer.Write(((float)numbers.Number(i)).ToString(CultureInfo.InvariantCulture));
                    writer.Write((i + 1) % length == 0 ? '\n' : '\t');
                }
            });
            GC.KeepAlive(vectors);
        }
    }

    private static string TableName(int layer) => $"embeddings_{layer.ToString(CultureInfo.InvariantCulture)}.tsv";

    /// <summary>A field in the text format of Protocol Buffers.</summary>
    private static string Entry(string name, string value)
    {
        StringBuilder text = new();
        foreach (char c in value) text.Append(c switch { '\\' => "\\\\", '"' => "\\\"", '\n' => "\\n", '\r' => "\\r", _ => c.ToString() });
        return $"  {name}: \"{text}\"\n";
    }
}
