namespace NKeras.Tests.Operations;

/// <summary>Choosing between elements, and elements as other types. Expected values follow from the definitions.</summary>
public class ElementConversionTests
{
    private static readonly Tensor s_condition = Tensor.From([true, false, true]);

    [Fact]
    public void WherePromotesAndBroadcasts()
    {
        Assert.Equal([1, 2, 1], Ops.Where(s_condition, 1, 2).ToArray<int>());
        Assert.Equal([1.5f, 2, 1.5f], Ops.Where(s_condition, 1.5, 2).ToArray<float>());
        Assert.Equal(DType.Int8, Ops.Where(s_condition, Tensor.From<sbyte>([1, 2, 3]), 7).DType);
        Assert.Equal([2, 3], Ops.Where(Ops.Ones([2, 1]), Ops.Zeros([3]), Ops.Zeros([1])).Shape);
        Assert.Equal([1f, 9, 3], Ops.Where(new[] { 2, 0, -1 }, Tensor.From([1f, 2, 3]), 9).ToArray<float>());
    }

    [Fact]
    public void WhereAloneGivesPositions()
    {
        IReadOnlyList<Tensor> positions = Ops.Where(new float[,] { { 0, 2, 0 }, { 3, 0, -1 } });
        Assert.Equal([0, 1, 1], positions[0].ToArray<int>());
        Assert.Equal([1, 0, 2], positions[1].ToArray<int>());
        Assert.Equal([null], Ops.Where(new Input([3]))[1].Shape);
    }

    [Fact]
    public void SelectTakesTheFirstThatHolds()
    {
        Tensor other = Tensor.From([true, true, false]);
        Assert.Equal([1L, 20, 3], Ops.Select([s_condition, other], [Tensor.From([1L, 2, 3]), Tensor.From([10L, 20, 30])], 5).ToArray<long>());
        Assert.Equal([10f, 20, 0], Ops.Select([other], [Tensor.From([10f, 20, 30])]).ToArray<float>());
        Assert.Equal(DType.Float32, Ops.Select([other], [new[] { 1, 2, 3 }], 0.5).DType);
        Assert.Contains("2 conditions and 1", Assert.Throws<ArgumentException>(() => Ops.Select([other, other], [other])).Message);
        Assert.Throws<ArgumentException>(() => Ops.Select([], []));
        Input x = new([3]);
        Model model = new(x, (KerasTensor)Ops.Select([Ops.Greater(x, 1), Ops.Less(x, -1)], [x, Ops.Negative(x)], 0.5));
        Assert.Equal([2f, 0.5f, 3], model.Predict(new float[,] { { 2, 0, -3 } }, verbose: 0).ToArray<float>());
    }

    [Fact]
    public void ClipKeepsTypesAndTakesBoundsOfOthers()
    {
        Assert.Equal([0, 1, 1], Ops.Clip(new[] { 0, 1, 2 }, 0.5, 1.5).ToArray<int>());
        Assert.Equal([1, -5, 100], Ops.Clip(Tensor.From<sbyte>([1, -5, 100]), -200, 200).ToArray<sbyte>().Select(x => (int)x));
        Assert.Equal([0, 9], Ops.Clip(new[] { -5, 50 }, 0, Tensor.From([9.5f])).ToArray<int>());
        Assert.Equal([1, 0], Ops.Clip(Tensor.From([true, false]), 0, 5).ToArray<int>());
        // The upper bound is applied last.
        Assert.Equal([1, 1], Ops.Clip(new[] { 0, 9 }, 5, 1).ToArray<int>());
        Assert.Equal([1f, 1], Ops.Clip(Tensor.From([0f, 9]), 5, 1).ToArray<float>());
        Assert.Equal([2, 2], Ops.Clip(Ops.Ones([2]), Ops.Zeros([2, 1]), 1).Shape);
    }

    [Fact]
    public void SaturateCastStopsAtTheRange()
    {
        Tensor x = Tensor.From([float.NegativeInfinity, -300, 1.7f, 300, 1e20f, float.PositiveInfinity]);
        Assert.Equal([0, 0, 1, 255, 255, 255], Ops.SaturateCast(x, "uint8").ToArray<byte>().Select(b => (int)b));
        Assert.Equal([-128, -128, 1, 127, 127, 127], Ops.SaturateCast(x, "int8").ToArray<sbyte>().Select(b => (int)b));
        // The greatest float32 numbers that the types hold.
        Assert.Equal(2147483520, Ops.SaturateCast(x, "int32").ToArray<int>()[^1]);
        Assert.Equal(9223371487098961920, Ops.SaturateCast(x, "int64").ToArray<long>()[^1]);
        Assert.Equal(18446742974197923840, Ops.SaturateCast(x, "uint64").ToArray<ulong>()[^1]);
        Assert.Equal(long.MinValue, Ops.SaturateCast(x, "int64").ToArray<long>()[0]);
        Assert.Equal(Half.MaxValue, Ops.SaturateCast(x, "float16").ToArray<Half>()[^1]);
        Assert.Equal([float.MinValue, float.MaxValue], Ops.SaturateCast(Tensor.From([double.NegativeInfinity, 1e300]), null).ToArray<float>());
        Assert.Equal([long.MaxValue, 5], Ops.SaturateCast(Tensor.From<ulong>([ulong.MaxValue, 5]), "int64").ToArray<long>());
        Assert.Equal([0UL, long.MaxValue], Ops.SaturateCast(Tensor.From<long>([-5, long.MaxValue]), "uint64").ToArray<ulong>());
        Assert.Equal([1f, 0], Ops.SaturateCast(Tensor.From([true, false]), "float32").ToArray<float>());
        Assert.Equal([true, false], Ops.SaturateCast(new[] { 7, -7 }, "bool").ToArray<bool>());
        Assert.Equal(DType.UInt8, Ops.SaturateCast(new Input([2]), "uint8").DType);
    }

    [Fact]
    public void ViewReadsTheSameBits()
    {
        Tensor x = Tensor.From<short>([1, 2, 3, -1], new([2, 2]));
        Assert.Equal([2, 2], Ops.View(x, "float16").Shape);
        Assert.Equal([1, 0, 2, 0, 3, 0, 255, 255], Ops.View(x, "uint8").ToArray<byte>().Select(b => (int)b));
        Assert.Equal([2, 4], Ops.View(x, "uint8").Shape);
        Assert.Equal([0x20001, unchecked((int)0xFFFF0003)], Ops.View(x, "int32").ToArray<int>());
        Assert.Equal([2, 1], Ops.View(x, "int32").Shape);
        Assert.Same(x, Ops.View(x));
        Assert.Equal([true, false], Ops.View(Tensor.From<byte>([7, 0]), "bool").ToArray<bool>());
        Assert.Equal([0, 8], Ops.View(Ops.Zeros([0, 2]), "uint8").Shape);
        Assert.Equal([null, 6], Ops.View(new Input([3]), "int16").Shape);
        Assert.Equal([4, null], Ops.View(new Input(batchShape: [4, null]), "int16").Shape);
        Assert.Contains("scalar", Assert.Throws<ArgumentException>(() => Ops.View(Ops.Ones([]), "int16")).Message);
        Assert.Contains("multiple of 4", Assert.Throws<ArgumentException>(() => Ops.View(Tensor.From<byte>([1, 2, 3]), "int32")).Message);
        Assert.Throws<ArgumentException>(() => Ops.View(new Input([3]), "float64"));
    }

    [Fact]
    public void TensorsTellWhatTheyAre()
    {
        Tensor x = Ops.Zeros([2, 3], "int8");
        Input symbolic = new([3]);
        Assert.Equal(DType.Int8, Ops.Dtype(x));
        Assert.Equal([2, 3], Ops.Shape(x));
        Assert.Equal([null, 3], Ops.Shape(symbolic));
        Assert.Equal(2, Ops.Ndim(symbolic));
        Assert.Equal(6, Ops.Size(x).Item<long>());
        Assert.Equal(1, Ops.Size(3.5).Item<long>());
        Assert.Equal(Shape.Scalar, Ops.Size(symbolic).Shape);
        Assert.Equal((true, false, false, false), (Ops.IsTensor(x), Ops.IsTensor(symbolic), Ops.IsTensor(new float[2]), Ops.IsTensor(null)));
        Assert.Same(x, Ops.Copy(x));
        Assert.Equal(6, new Model(symbolic, (KerasTensor)Ops.Size(symbolic)).Apply(Ops.Zeros([2, 3])).Item<long>());
    }

    [Fact]
    public void ConvertToNumpyGivesRectangularArrays()
    {
        Assert.Equal(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }, Ops.ConvertToNumpy(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }));
        Assert.Equal(new bool[] { true }, Ops.ConvertToNumpy(Tensor.From([true])));
        Assert.Equal(new float[] { 2 }, Ops.ConvertToNumpy(2.0));
        Assert.Equal(new float[] { 1.5f, 2 }, Ops.ConvertToNumpy(Ops.Cast(Tensor.From([1.5f, 2]), "bfloat16")));
        Assert.Equal(new int[0, 3], Ops.ConvertToNumpy(Ops.Zeros([0, 3], "int32")));
        Assert.Throws<InvalidOperationException>(() => Ops.ConvertToNumpy(new Input([3])));
    }
}
