using System.Buffers.Binary;
using System.Globalization;

namespace NKeras.Callbacks.TensorBoardFormat;

/// <summary>The values that TensorBoard shows, as messages <c>Summary.Value</c> of the kind that tf.summary writes: a tensor, and the plugin that shows it.</summary>
internal static class SummaryValue
{
    // The fields of Summary.Value, SummaryMetadata, its PluginData, TensorProto and its shape.
    private const int Tag = 1, TensorField = 8, Metadata = 9;
    private const int PluginDataField = 1, DataClass = 4;
    private const int PluginName = 1, PluginContent = 2;
    private const int ElementType = 1, TensorShape = 2, Content = 4, StringValue = 8;
    private const int Dimension = 2, DimensionSize = 1;

    // Elements' types, and classes of data.
    private const int Float = 1, Double = 2, String = 7;
    private const int ScalarData = 1, TensorData = 2, BlobData = 3;

    /// <summary>A number.</summary>
    public static ProtoWriter Scalar(string tag, double value)
    {
        byte[] content = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(content, (float)value);
        return Value(tag, "scalars", ScalarData, Tensor(Float).Bytes(Content, content));
    }

    /// <summary>How often values occur.</summary>
    public static ProtoWriter Histogram(string tag, HistogramData data)
    {
        ReadOnlySpan<double> buckets = data.Buckets;
        byte[] content = new byte[buckets.Length * sizeof(double)];
        for (int i = 0; i < buckets.Length; i++) BinaryPrimitives.WriteDoubleLittleEndian(content.AsSpan(i * sizeof(double)), buckets[i]);
        return Value(tag, "histograms", TensorData, Tensor(Double, HistogramData.BucketCount, HistogramData.BucketWidth).Bytes(Content, content));
    }

    /// <summary>Pictures of one size.</summary>
    public static ProtoWriter Images(string tag, WeightImages images)
    {
        ProtoWriter tensor = Tensor(String, images.Pngs.Count + 2)
            .Text(StringValue, images.Width.ToString(CultureInfo.InvariantCulture))
            .Text(StringValue, images.Height.ToString(CultureInfo.InvariantCulture));
        foreach (byte[] png in images.Pngs) tensor.Bytes(StringValue, png);
        return Value(tag, "images", BlobData, tensor);
    }

    /// <summary>The configuration of a model, which TensorBoard draws as its conceptual graph.</summary>
    public static ProtoWriter KerasModel(string tag, string json) =>
        Value(tag, "graph_keras_model", 0, Tensor(String).Text(StringValue, json), "1"u8);

    /// <summary>A tensor's shape; -1 stands for an unknown dimension.</summary>
    public static ProtoWriter Shape(params ReadOnlySpan<int> dimensions)
    {
        ProtoWriter shape = new();
        foreach (int dimension in dimensions) shape.Message(Dimension, new ProtoWriter().Integer(DimensionSize, dimension));
        return shape;
    }

    private static ProtoWriter Tensor(int type, params ReadOnlySpan<int> shape) => new ProtoWriter().Integer(ElementType, type).Message(TensorShape, Shape(shape));

    private static ProtoWriter Value(string tag, string plugin, int dataClass, ProtoWriter tensor, ReadOnlySpan<byte> pluginContent = default)
    {
        ProtoWriter pluginData = new ProtoWriter().Text(PluginName, plugin);
        if (pluginContent.Length > 0) pluginData.Bytes(PluginContent, pluginContent);
        ProtoWriter metadata = new ProtoWriter().Message(PluginDataField, pluginData);
        if (dataClass != 0) metadata.Integer(DataClass, dataClass);
        return new ProtoWriter().Text(Tag, tag).Message(Metadata, metadata).Message(TensorField, tensor);
    }
}
