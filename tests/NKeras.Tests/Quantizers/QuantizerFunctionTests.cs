using System.Text.Json.Nodes;
using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;
using NKeras.Quantizers;

namespace NKeras.Tests.Quantizers;

public sealed class QuantizerFunctionTests
{
    [Fact]
    public void TwoNumbersShareAByte()
    {
        // By definition the first is in the lower bits: -3 is 1101, 2 is 0010.
        Tensor numbers = Tensor.From(new sbyte[] { -3, 7, 2, -8, 1, 0 }, [3, 2]);
        (Tensor packed, Shape shape, int length) = QuantizerFunctions.PackInt4(numbers);
        Assert.Equal(new sbyte[] { 0b0010_1101, unchecked((sbyte)0b1000_0111), 1, 0 }, packed.ToArray<sbyte>());
        Assert.Equal([2, 2], shape);
        Assert.Equal(3, length);
        Assert.Equal(numbers.ToArray<sbyte>(), QuantizerFunctions.UnpackInt4(packed, 3).ToArray<sbyte>());
        (Tensor fours, _, _) = QuantizerFunctions.PackInt2(Tensor.From(new byte[] { 0, 1, 2, 3, 2 }, [1, 5]), -1, "uint8");
        Assert.Equal(new byte[] { 0b11_10_01_00, 2 }, fours.ToArray<byte>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void WhatIsPackedIsUnpacked(int axis)
    {
        Tensor x = Ops.Subtract(RandomOps.Randint([7, 3, 9], 0, 16, seed: new SeedGenerator(1)), 8);
        int length = x.Shape[axis]!.Value;
        Check("int8", x, t => QuantizerFunctions.UnpackInt4(QuantizerFunctions.PackInt4(t, axis).Packed, length, axis));
        Check("uint8", Ops.Add(x, 8), t => QuantizerFunctions.UnpackInt4(QuantizerFunctions.PackInt4(t, axis, "uint8").Packed, length, axis, "uint8"));
        Check("int8", Ops.Subtract(Ops.Mod(x, 4), 2), t => QuantizerFunctions.UnpackInt2(QuantizerFunctions.PackInt2(t, axis).Packed, length, axis));
        Check("int8", Ops.Subtract(Ops.Mod(x, 3), 1), t => QuantizerFunctions.UnpackTernary(QuantizerFunctions.PackTernary(t, axis).Packed, length, axis));

        static void Check(string type, Tensor numbers, Func<Tensor, Tensor> thereAndBack)
        {
            Tensor again = thereAndBack(Ops.Cast(numbers, type));
            Assert.Equal((numbers.Shape, type), (again.Shape, again.DType.Name));
            Assert.Equal(Ops.Cast(numbers, "int32").ToArray<int>(), Ops.Cast(again, "int32").ToArray<int>());
        }
    }

    [Fact]
    public void OnlyBytesArePacked()
    {
        Assert.ThrowsAny<ArgumentException>(() => QuantizerFunctions.PackInt4(Ops.Ones([2, 2], "int32")));
        Assert.ThrowsAny<ArgumentException>(() => QuantizerFunctions.PackInt4(Ops.Ones([2, 2], "int8"), 0, "uint8"));
        Assert.ThrowsAny<ArgumentException>(() => QuantizerFunctions.UnpackTernary(Ops.Ones([2, 2], "float32"), 5));
    }

    [Fact]
    public void NumbersAreWithinHalfAStep()
    {
        Tensor x = RandomOps.Normal([6, 5], seed: new SeedGenerator(2));
        (Tensor values, Tensor scale) = new AbsMaxQuantizer().Apply(x, 0);
        Assert.Equal(DType.Int8, values.DType);
        Assert.Equal([1, 5], scale.Shape);
        Assert.Equal(127, Ops.Max(Ops.Abs(Ops.Cast(values, "int32"))).ToArray<int>()[0]);
        AssertWithin(Ops.Abs(Ops.Subtract(x, Ops.Divide(values, scale))), Ops.Divide(0.5001, scale));

        foreach (bool toNumpy in (bool[])[false, true])
        {
            (Tensor numbers, Tensor steps, Tensor zero) = QuantizerFunctions.AbsMaxQuantizeGroupedWithZeroPoint(x, 4, toNumpy: toNumpy);
            Assert.Equal([6, 5], numbers.Shape);
            Assert.Equal([2, 5], steps.Shape);
            Assert.Equal([2, 5], zero.Shape);
            Assert.Equal(DType.Int8, zero.DType);
            Tensor groups = Tensor.From([0, 0, 0, 0, 1, 1], [6]);
            // A zero point that had to be rounded, or clipped, may cost as much again.
            AssertWithin(Ops.Abs(Ops.Subtract(x, QuantizerFunctions.DequantizeInGroups(numbers, steps, zero, groups, 0))), Ops.Multiply(1.001, Ops.Take(steps, groups, 0)), except: 4);
        }

        static void AssertWithin(Tensor error, Tensor most, int except = 0) =>
            Assert.True(Ops.Sum(Ops.Cast(Ops.Greater(error, most), "int32")).ToArray<int>()[0] <= except);
    }

    [Theory]
    [InlineData("float8_e4m3fn", 4, 3, 7, 448.0)]
    [InlineData("float8_e5m2", 5, 2, 15, 57344.0)]
    public void RoundingToEightBitsGivesTheNearest(string type, int exponentBits, int fractionBits, int bias, double most)
    {
        // All numbers of the type, from its definition.
        List<double> all = [];
        for (int e = 0; e < 1 << exponentBits; e++)
        {
            for (int f = 0; f < 1 << fractionBits; f++)
            {
                double fraction = f / (double)(1 << fractionBits);
                double number = e == 0 ? fraction * Math.Pow(2, 1 - bias) : (1 + fraction) * Math.Pow(2, e - bias);
                if (number <= most) all.Add(number);
            }
        }

        double[] numbers = [.. all, .. all.Select(n => -n)];
        float[] same = QuantizerFunctions.QuantizeAndDequantize(Tensor.From([.. numbers.Select(n => (float)n)], [numbers.Length]), 1f, type, "float32").ToArray<float>();
        Assert.Equal(numbers.Select(n => (float)n), same);

        float[] x = [.. Ops.Multiply(RandomOps.Normal([500], seed: new SeedGenerator(3)), 50).ToArray<float>(), .. Ops.Multiply(RandomOps.Normal([500], seed: new SeedGenerator(4)), 0.01).ToArray<float>(), 1e9f, -1e9f];
        float[] rounded = QuantizerFunctions.QuantizeAndDequantize(Tensor.From(x, [x.Length]), 0.5f, type, "float32").ToArray<float>();
        for (int i = 0; i < x.Length; i++)
        {
            double scaled = Math.Clamp(x[i] / 0.5, -most, most);
            Assert.Equal(numbers.Min(n => Math.Abs(n - scaled)), Math.Abs((rounded[i] / 0.5) - scaled), 1e-6 * Math.Max(1, Math.Abs(scaled)));
        }
    }

    [Fact]
    public void ScalesOfEightBitsFollowTheGreatestValues()
    {
        // The new scale makes the greatest value the type's greatest; a value of zero or infinity says nothing.
        Assert.Equal(2f / 448, QuantizerFunctions.ComputeFloat8Scale(2f, 3f, 448f).ToArray<float>()[0], 1e-7);
        Assert.Equal(3f, QuantizerFunctions.ComputeFloat8Scale(0f, 3f, 448f).ToArray<float>()[0], 1e-6);
        Assert.Equal(3f, QuantizerFunctions.ComputeFloat8Scale(float.PositiveInfinity, 3f, 448f).ToArray<float>()[0], 1e-6);
        Assert.Equal([5f, 3f, 1f], QuantizerFunctions.ComputeFloat8AmaxHistory(Tensor.From([-5f, 4f], [2]), Tensor.From([1f, 2f, 3f], [3])).ToArray<float>());
    }

    [Fact]
    public void LimitsOfRoundedNumbersAreTrained()
    {
        // 2 bits between 0 and 3: the numbers 0, 1, 2, 3.
        Tensor x = Tensor.From([-1f, 0.4f, 1.6f, 5f], [4]);
        Assert.Equal([0f, 0f, 2f, 3f], QuantizerFunctions.FakeQuantWithMinMaxVars(x, 0f, 3f, numBits: 2).ToArray<float>());
        Tensor low = Ops.Full([], 0f, "float32"), high = Ops.Full([], 3f, "float32"), upstream = Tensor.From([1f, 2f, 3f, 4f], [4]);
        Tensor[] gradients = Jit.Compile([x.Spec, low.Spec, high.Spec], t => [.. Differentiation.Pullback([QuantizerFunctions.FakeQuantWithMinMaxVars(t[0], t[1], t[2], numBits: 2)], [upstream], t)!])
            .Run([x, low, high]);
        Assert.Equal([0f, 2f, 3f, 0f], gradients[0].ToArray<float>());
        Assert.Equal((1f, 4f), (gradients[1].ToArray<float>()[0], gradients[2].ToArray<float>()[0]));

        Tensor rows = Tensor.From([0.4f, 0.4f], [2, 1]);
        Assert.Equal([0f, 0.5f], QuantizerFunctions.FakeQuantWithMinMaxVars(rows, Tensor.From([0f, 0f], [2, 1]), Tensor.From([3f, 1.5f], [2, 1]), numBits: 2, axis: 0).ToArray<float>());
    }

    [Fact]
    public void QuantizersAreFoundByName()
    {
        Assert.IsType<AbsMaxQuantizer>(QuantizerFunctions.Get("abs_max_quantizer"));
        Assert.IsType<Int4QuantizationConfig>(QuantizerFunctions.Get("Int4QuantizationConfig"));
        Assert.ThrowsAny<ArgumentException>(() => QuantizerFunctions.Get("min_max"));
        JsonObject form = QuantizerFunctions.Serialize(new AbsMaxQuantizer(axis: 0));
        Assert.Equal([0], ((AbsMaxQuantizer)QuantizerFunctions.Deserialize(form)).Axis);
        Assert.ThrowsAny<ArgumentException>(() => QuantizerFunctions.Serialize("int8"));
    }
}
