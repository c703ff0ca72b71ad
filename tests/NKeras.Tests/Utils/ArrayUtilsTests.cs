using NKeras.Tests.Operations;
using NKeras.Tests.Recorded;

namespace NKeras.Tests;

/// <summary>The helper functions of arrays and training data.</summary>
public sealed class ArrayUtilsTests
{
    private static readonly Tensor s_rows = Tensor.From<double>([3, 4, 0, 0, -1, 1], [3, 2]);

    [Fact]
    public void NormalizeMakesLengthsOne()
    {
        RecordedData.AssertClose("2", Tensor.From<double>([0.6, 0.8, 0, 0, -Math.Sqrt(0.5), Math.Sqrt(0.5)], [3, 2]), Utils.Normalize(s_rows));
        RecordedData.AssertClose("1", Tensor.From<double>([3 / 7.0, 4 / 7.0, 0, 0, -0.5, 0.5], [3, 2]), Utils.Normalize(s_rows, order: 1));
        RecordedData.AssertClose("greatest", Tensor.From<double>([0.75, 1, 0, 0, -1, 1], [3, 2]), Utils.Normalize(s_rows, order: double.PositiveInfinity));
        RecordedData.AssertClose("least", Tensor.From<double>([1, 4 / 3.0, 0, 0, -1, 1], [3, 2]), Utils.Normalize(s_rows, order: double.NegativeInfinity));
        RecordedData.AssertClose("count", Tensor.From<double>([1.5, 2, 0, 0, -0.5, 0.5], [3, 2]), Utils.Normalize(s_rows, order: 0));
        RecordedData.AssertClose("all", s_rows / Math.Sqrt(27), Ops.Cast(Utils.Normalize(s_rows, axis: null), "float64"), compareType: false);
        RecordedData.AssertClose("columns", Ops.Transpose(Utils.Normalize(s_rows, order: 3)), Utils.Normalize(Ops.Transpose(s_rows), axis: 0, order: 3));
        Assert.Equal(DType.Float32, Utils.Normalize(new int[] { 3, 4 }).DType);
        Tensor smooth = Tensor.From<double>([3, 4, 0.5, -0.25, -1, 1], [3, 2]);
        GradientCheck.Of(x => Utils.Normalize(x, order: 3), smooth);
        GradientCheck.Of(x => Utils.Normalize(x, axis: 0), smooth);
    }

    [Fact]
    public void CategoriesBecomeRows()
    {
        Tensor rows = Utils.ToCategorical(new int[] { 0, 2, -1 });
        Assert.Equal([3, 3], rows.Shape);
        Assert.Equal([1.0, 0, 0, 0, 0, 1, 0, 0, 1], rows.ToArray<double>());
        Assert.Equal([2, 2, 4], Utils.ToCategorical(Ops.Zeros([2, 2, 1], "int64"), 4).Shape);
        Assert.Equal([0, 4], Utils.ToCategorical(Ops.Zeros([0], "int32"), 4).Shape);
        Assert.Equal([null, 4], Utils.ToCategorical(new Input([1], dtype: "int32"), 4).Shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => Utils.ToCategorical(new int[] { 3 }, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Utils.ToCategorical(new int[] { -4 }, 3));
        Assert.Throws<ArgumentException>(() => Utils.ToCategorical(Ops.Zeros([0])));
        Assert.Throws<ArgumentException>(() => Utils.ToCategorical(new Input([1])));
    }

    [Fact]
    public void SequencesGetOneLength()
    {
        int[][] ragged = [[1], [2, 3], [], [4, 5, 6]];
        Assert.Equal([0, 0, 1, 0, 2, 3, 0, 0, 0, 4, 5, 6], Utils.PadSequences(ragged).ToArray<int>());
        Assert.Equal([1, 7, 2, 3, 7, 7, 4, 5], Utils.PadSequences(ragged, 2, padding: "post", truncating: "post", value: 7).ToArray<int>());
        Assert.Equal([0, 1, 2, 3, 0, 0, 5, 6], Utils.PadSequences(ragged, 2).ToArray<int>());
        Tensor floats = Utils.PadSequences([[1.5], [2.5, 3.5]], dtype: "float32", value: -0.5);
        Assert.Equal([-0.5f, 1.5f, 2.5f, 3.5f], floats.ToArray<float>());
        Assert.Equal([1L << 60, 0], Utils.PadSequences([Tensor.From<long>([1L << 60])], 2, "int64", "post").ToArray<long>());
        Tensor vectors = Utils.PadSequences([new float[,] { { 1, 2 } }, new float[,] { { 3, 4 }, { 5, 6 } }], dtype: "float32");
        Assert.Equal([2, 2, 2], vectors.Shape);
        Assert.Equal([0f, 0, 1, 2, 3, 4, 5, 6], vectors.ToArray<float>());
        Assert.Equal([4, 0], Utils.PadSequences(ragged, 0).Shape);
    }

    [Fact]
    public void SequencesThatDoNotFitAreRefused()
    {
        Assert.Contains("'pst'", Assert.Throws<ArgumentException>(() => Utils.PadSequences([[1]], padding: "pst")).Message);
        Assert.Throws<ArgumentException>(() => Utils.PadSequences([[1]], truncating: ""));
        Assert.Throws<ArgumentException>(() => Utils.PadSequences(Array.Empty<int[]>()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Utils.PadSequences([[1]], maxlen: -1));
        Assert.Contains("sequence 1", Assert.Throws<ArgumentException>(() => Utils.PadSequences([new float[,] { { 1, 2 } }, new float[] { 3 }])).Message);
        Assert.Throws<ArgumentException>(() => Utils.PadSequences([(Tensor)1]));
    }

    [Fact]
    public void TrainingDataIsPackedAndUnpacked()
    {
        Tensor x = new float[] { 1 }, y = new float[] { 2 }, w = new float[] { 3 };
        (Tensors x3, Tensors y3, Tensors w3) = Utils.PackXYSampleWeight(x, y, w);
        (Tensors x2, Tensors? y2, Tensors? w2) = Utils.UnpackXYSampleWeight([x3, y3]);
        Assert.Same(x, x2[0]);
        Assert.Same(y, y2![0]);
        Assert.Same(w, w3[0]);
        Assert.Null(w2);
        Assert.Same(w, Utils.UnpackXYSampleWeight([x, y, w]).SampleWeight![0]);
        Assert.Same(x, Utils.UnpackXYSampleWeight(Utils.PackXYSampleWeight(x)).X[0]);
        Tensors named = new() { ["a"] = x, ["b"] = y };
        Assert.Same(named, Utils.UnpackXYSampleWeight(named).X);
        Assert.Equal(2, Utils.UnpackXYSampleWeight([[x, y], w]).X.Count);
        Assert.Throws<ArgumentException>(() => Utils.UnpackXYSampleWeight([x, y, w, x]));
        Assert.Throws<ArgumentException>(() => Utils.UnpackXYSampleWeight([]));
    }

    [Fact]
    public void ImagesBecomeBytesAndBack()
    {
        Tensor image = Tensor.From<float>([-1, 0, 1, 3, 1, 2], [1, 2, 3]);
        Assert.Equal([0, 63, 127, 255, 127, 191], Utils.ArrayToImg(image).ToArray<byte>());
        Assert.Equal([1, 2, 3], Utils.ArrayToImg(Ops.Transpose(image, (2, 0, 1)), "channels_first").Shape);
        Tensor bytes = Tensor.From<byte>([7, 9], [2, 1]);
        Assert.Equal([2, 1, 1], Utils.ImgToArray(bytes).Shape);
        Assert.Equal([1, 2, 1], Utils.ImgToArray(bytes, "channels_first", "float64").Shape);
        Assert.Equal([7, 9], Utils.ArrayToImg(Utils.ImgToArray(bytes), scale: false).ToArray<byte>());
        Assert.Equal([700], Utils.ArrayToImg(Tensor.From<float>([700], [1, 1, 1]), scale: false).ToArray<int>());
        Assert.Throws<ArgumentException>(() => Utils.ArrayToImg(Ops.Zeros([2, 2])));
        Assert.Throws<ArgumentException>(() => Utils.ArrayToImg(Ops.Zeros([2, 2, 2])));
        Assert.Throws<ArgumentException>(() => Utils.ImgToArray(Ops.Zeros([2])));
    }
}
