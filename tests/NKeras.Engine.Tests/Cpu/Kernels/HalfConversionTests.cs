using System.Runtime.InteropServices;
using NKeras.Engine.Cpu;
using NKeras.Engine.Graphs;
using static NKeras.Engine.Tests.Compiler.Passes;
using Convert = NKeras.Engine.Primitives.Convert;

namespace NKeras.Engine.Tests.Cpu.Kernels;

/// <summary>Types of 16 bits from and to float32, by vectors, against the conversions of single numbers.</summary>
public sealed class HalfConversionTests
{
    [Fact]
    public void EveryHalfBecomesTheSameFloat()
    {
        ushort[] all = [.. Enumerable.Range(0, 1 << 16).Select(i => (ushort)i)];
        float[] halves = Converted<ushort, float>(all, DType.Float16, DType.Float32), brains = Converted<ushort, float>(all, DType.BFloat16, DType.Float32);
        for (int i = 0; i < all.Length; i++)
        {
            Assert.Equal((float)BitConverter.UInt16BitsToHalf(all[i]), halves[i]);
            Assert.Equal(BFloat16.ToSingle(all[i]), brains[i]);
        }
    }

    [Fact]
    public void FloatsAreRoundedToTheNearest()
    {
        Random random = new(1);
        float[] numbers =
        [
            .. Enumerable.Range(0, 1 << 16).SelectMany(i => Around((float)BitConverter.UInt16BitsToHalf((ushort)i))),
            .. Enumerable.Range(0, 1 << 17).Select(_ => BitConverter.UInt32BitsToSingle((uint)random.NextInt64(1L << 32))),
        ];
        ushort[] halves = Converted<float, ushort>(numbers, DType.Float32, DType.Float16), brains = Converted<float, ushort>(numbers, DType.Float32, DType.BFloat16);
        for (int i = 0; i < numbers.Length; i++)
        {
            Half expected = (Half)numbers[i], actual = BitConverter.UInt16BitsToHalf(halves[i]);
            Assert.True(Half.IsNaN(expected) ? Half.IsNaN(actual) : BitConverter.HalfToUInt16Bits(expected) == halves[i], $"{numbers[i]:R} became {actual}, not {expected}");
            Assert.Equal(BFloat16.FromSingle(numbers[i]), brains[i]);
        }

        // A half, what lies halfway to the next, and the neighbours of that.
        static float[] Around(float half)
        {
            float tie = half + ((float)BitConverter.UInt16BitsToHalf((ushort)(BitConverter.HalfToUInt16Bits((Half)half) + 1)) - half) / 2;
            return [half, tie, MathF.BitIncrement(tie), MathF.BitDecrement(tie)];
        }
    }

    private static TTo[] Converted<TFrom, TTo>(TFrom[] numbers, DType from, DType to)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        TensorSpec spec = new(new Shape([numbers.Length]), from);
        Graph graph = Trace([spec], a => new Convert(to).Apply(a[0]));
        ConcreteTensor x = ConcreteTensor.Allocate(spec);
        MemoryMarshal.AsBytes(numbers.AsSpan()).CopyTo(((HostStorage)x.Data).Bytes);
        Tensor y = new CpuBackend(Pools.OfThreads(1)).Compile(graph).Run([x])[0];
        return MemoryMarshal.Cast<byte, TTo>(((HostStorage)y.Data).Bytes)[..numbers.Length].ToArray();
    }
}
