using System.Text;
using NKeras.Callbacks.TensorBoardFormat;
using NKeras.Engine;

namespace NKeras.Tests.Callbacks;

/// <summary>The formats that TensorBoard's files consist of.</summary>
public sealed class TensorBoardFormatTests
{
    [Fact]
    public void Checksums_are_those_of_the_standards()
    {
        byte[] digits = Encoding.ASCII.GetBytes("123456789"); // The check values of the CRC catalogue.
        Assert.Equal(0xE3069283, EventLog.Checksum(digits, 0x82F63B78));
        Assert.Equal(0xCBF43926, Crc32.Of(digits));
        for (int length = 0; length < 40; length++)
        {
            byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 37))];
            Assert.Equal(EventLog.MaskedChecksum(bytes), RecordFile.MaskedChecksum(bytes));
            Assert.Equal(EventLog.Checksum(bytes, 0xEDB88320), Crc32.Of(bytes));
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(127, 1)]
    [InlineData(128, 2)]
    [InlineData(300, 2)]
    [InlineData(long.MaxValue, 9)]
    [InlineData(-1, 10)]
    public void Integers_take_seven_bits_a_byte(long value, int length)
    {
        byte[] written = new ProtoWriter().Integer(2, value).Written.ToArray();
        Assert.Equal(1 + length, written.Length);
        Assert.Equal(value, new ProtoReader(written).Integer(2));
    }

    [Fact]
    public void Messages_nest_and_long_ones_keep_their_length()
    {
        string text = string.Concat(Enumerable.Repeat("äöü€", 1000));
        ProtoWriter writer = new ProtoWriter().Message(16, new ProtoWriter().Text(1, text).Double(2, -0.5)).Text(3, "");
        ProtoReader reader = new(writer.Written);
        Assert.Equal([16, 3], reader.Fields);
        Assert.Equal(text, reader.Message(16).Text(1));
        Assert.Equal(-0.5, reader.Message(16).Double(2));
        Assert.Equal("", reader.Text(3));
    }

    [Fact]
    public void Histograms_have_thirty_equal_buckets()
    {
        // 31 numbers from 0 to 30: one for each bucket, and the greatest in the last.
        HistogramData data = Histogram([.. Enumerable.Range(0, 31).Select(i => (float)i)]);
        for (int i = 0; i < 30; i++) Assert.Equal([i, i + 1, i == 29 ? 2 : 1], data.Buckets.Slice(3 * i, 3).ToArray());
    }

    [Fact]
    public void Equal_values_are_in_the_last_bucket()
    {
        HistogramData data = Histogram([2.5f, 2.5f, 2.5f]);
        for (int i = 0; i < 30; i++) Assert.Equal([2.5, 2.5, i == 29 ? 3 : 0], data.Buckets.Slice(3 * i, 3).ToArray());
    }

    [Fact]
    public void Values_without_a_place_are_left_out()
    {
        HistogramData data = Histogram([float.NaN, -1, float.PositiveInfinity, 1, float.NegativeInfinity]);
        Assert.Equal(-1, data.Buckets[0]);
        Assert.Equal(1, data.Buckets[^2]);
        Assert.Equal(2, data.Buckets.ToArray().Chunk(3).Sum(b => b[2]));
        Assert.All(Histogram([float.NaN]).Buckets.ToArray(), b => Assert.Equal(0, b));
    }

    [Fact]
    public void A_matrix_lies_on_its_longer_side()
    {
        PngReader wide = Picture(new float[,] { { 0, 1, 2 }, { 3, 4, 5 } });
        Assert.Equal((3, 2, 1), (wide.Width, wide.Height, wide.Channels));
        Assert.Equal([0, 51, 102, 153, 204, 255], wide.Pixels); // A fifth of 255 each.

        PngReader tall = Picture(new float[,] { { 0, 3 }, { 1, 4 }, { 2, 5 } });
        Assert.Equal((3, 2), (tall.Width, tall.Height));
        Assert.Equal(wide.Pixels, tall.Pixels);
    }

    [Fact]
    public void A_vector_is_a_column_and_a_constant_grey()
    {
        PngReader picture = Picture(new float[] { -1, 0, 1 });
        Assert.Equal((1, 3), (picture.Width, picture.Height));
        Assert.Equal([0, 128, 255], picture.Pixels);
        Assert.All(Picture(new float[] { 7, 7 }).Pixels, p => Assert.Equal(128, p));
    }

    [Fact]
    public void Three_dimensions_are_a_picture_for_each_filter_of_which_three_are_shown()
    {
        float[,,] filters = new float[2, 3, 5];
        for (int i = 0; i < filters.Length; i++) filters[i / 15, i / 5 % 3, i % 5] = i;
        WeightImages images = WeightImages.Of(Tensor.From(filters))!;
        Assert.Equal((3, 2, 3), (images.Width, images.Height, images.Pngs.Count));
        // The second filter has the numbers 1, 6, 11, … of 0 to 29.
        Assert.Equal([.. new[] { 1, 6, 11, 16, 21, 26 }.Select(v => (byte)Math.Round(v * 255 / 29.0))], new PngReader(images.Pngs[1]).Pixels);
    }

    [Fact]
    public void Four_dimensions_are_shown_if_the_last_can_be_channels()
    {
        // Dimensions of length 1 do not count: here three are left.
        WeightImages squeezed = WeightImages.Of(Ops.Reshape(Ops.Arange(24), [1, 2, 4, 3]))!;
        Assert.Equal((4, 2, 3), (squeezed.Width, squeezed.Height, squeezed.Pngs.Count));
        WeightImages colored = WeightImages.Of(Ops.Reshape(Ops.Arange(24), [2, 2, 2, 3]))!;
        Assert.Equal((2, 2, 2), (colored.Width, colored.Height, colored.Pngs.Count));
        PngReader second = new(colored.Pngs[1]);
        Assert.Equal(3, second.Channels);
        Assert.Equal([.. Enumerable.Range(12, 12).Select(v => (byte)Math.Round(v * 255 / 23.0))], second.Pixels);
        Assert.Null(WeightImages.Of(Ops.Zeros([2, 2, 2, 5])));
        Assert.Null(WeightImages.Of(Ops.Zeros([2, 2, 2, 2, 3])));
        Assert.Null(WeightImages.Of(Ops.Zeros([1, 1])));
        Assert.Null(WeightImages.Of(Ops.Zeros([0, 3])));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Pictures_with_channels_keep_them(int channels)
    {
        byte[] pixels = [.. Enumerable.Range(0, 2 * 5 * channels).Select(i => (byte)(i * 7))];
        PngReader picture = new(PngImage.Encode(pixels, 5, 2, channels));
        Assert.Equal((5, 2, channels), (picture.Width, picture.Height, picture.Channels));
        Assert.Equal(pixels, picture.Pixels);
    }

    [Fact]
    public void Numbers_that_are_not_finite_have_the_ends_of_the_scale()
    {
        Assert.Equal([0, 255, 0, 0, 255], Picture(new float[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1, 3 }).Pixels);
    }

    private static PngReader Picture(Tensor weight) => new(Assert.Single(WeightImages.Of(weight)!.Pngs));

    private static HistogramData Histogram(float[] values)
    {
        Tensor tensor = Tensor.From(values);
        HistogramData data = new(ElementView.Of(tensor));
        GC.KeepAlive(tensor);
        return data;
    }
}
