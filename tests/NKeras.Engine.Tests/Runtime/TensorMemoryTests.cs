using System.Buffers;
using System.Runtime.CompilerServices;
using NKeras.Engine.Primitives;
using DotNet = System.Numerics.Tensors;

namespace NKeras.Engine.Tests.Runtime;

/// <summary>Tensors are made of .NET's arrays, memory and tensors, copied or shared, and seen as these.</summary>
public sealed class TensorMemoryTests
{
    private static readonly float[] s_values = [1, 2, 3, 4, 5, 6];

    [Fact]
    public void AWrappedArrayIsNotCopied()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        Tensor tensor = Tensor.Wrap(values, [2, 3]);
        Assert.Equal(new Shape([2, 3]), tensor.Shape);
        Assert.Equal(DType.Float32, tensor.DType);
        Assert.True(Unsafe.AreSame(in values[0], in tensor.AsSpan<float>()[0]));
        values[4] = 50;
        Assert.Equal([1f, 2, 3, 4, 50, 6], tensor.ToArray<float>());
    }

    [Fact]
    public void AnArrayThatIsNotWrappedIsCopied()
    {
        float[] values = [1, 2, 3];
        Tensor[] copies = [Tensor.From(values), values, Tensor.From(values.AsSpan()), Tensor.From((Array)values)];
        values[0] = 9;
        Assert.All(copies, c => Assert.Equal([1f, 2, 3], c.ToArray<float>()));
    }

    [Fact]
    public void MemoryOfAnyKindIsWrapped()
    {
        using CountingMemory manager = new([0, 1, 2, 3, 4, 5, 6, 7]);
        Tensor[] tensors = [Tensor.Wrap(manager.Memory[1..7], [3, 2]), Tensor.Wrap((ReadOnlyMemory<float>)s_values.AsMemory(), [3, 2]), Tensor.Wrap(new float[] { 0, 1, 2, 3, 4, 5, 6 }.AsMemory(1), [3, 2])];
        Assert.All(tensors, t => Assert.Equal(s_values, t.ToArray<float>()));
        Assert.All(tensors, t => Assert.Equal([2f, 4, 6, 8, 10, 12], PrimitiveOps.Binary(ElementwiseFunction.Add, t, t).ToArray<float>()));
        Assert.Equal(1, manager.Pins);
        GC.KeepAlive(tensors);
    }

    [Fact]
    public void WrappedMemoryIsHeldAsLongAsTheTensorIsInUse()
    {
        using CountingMemory manager = new([1, 2, 3]);
        Use(manager);
        for (int i = 0; i < 10 && manager.Pins > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, manager.Pins);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Use(CountingMemory manager)
        {
            Tensor tensor = Tensor.Wrap(manager.Memory);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Assert.Equal(1, manager.Pins);
            Assert.Equal([1f, 2, 3], tensor.ToArray<float>());
        }
    }

    [Fact]
    public void ASpanOfATensorKeepsItsElements()
    {
        ReadOnlySpan<float> own = Make(), wrapped = Tensor.Wrap(Enumerable.Repeat(2f, 1000).ToArray()).AsSpan<float>();
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            _ = Enumerable.Range(0, 100).Select(_ => new float[1000]).ToArray();
        }

        Assert.False(own.ContainsAnyExcept(1f));
        Assert.False(wrapped.ContainsAnyExcept(2f));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static ReadOnlySpan<float> Make() => Tensor.From<float>(Enumerable.Repeat(1f, 1000).ToArray()).AsSpan<float>();
    }

    [Fact]
    public void RectangularArraysAreWrappedWithTheirShape()
    {
        int[,,] values = { { { 1, 2 }, { 3, 4 } }, { { 5, 6 }, { 7, 8 } } };
        Tensor tensor = Tensor.Wrap(values);
        values[1, 0, 1] = 60;
        Assert.Equal(new Shape([2, 2, 2]), tensor.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 60, 7, 8], tensor.ToArray<int>());
        Assert.Equal(new Shape([0, 3]), Tensor.Wrap(new double[0, 3]).Shape);
        Assert.Empty(Tensor.Wrap(Array.Empty<double>()).ToArray<double>());
    }

    [Fact]
    public void ArraysOfArraysAreCopiedIfTheyAreRectangular()
    {
        double[][][] values = [[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]];
        Tensor tensor = Tensor.From(values);
        Assert.Equal((new Shape([2, 3, 2]), DType.Float64), (tensor.Shape, tensor.DType));
        Assert.Equal(Enumerable.Range(1, 12).Select(i => (double)i), tensor.ToArray<double>());
        Assert.Equal(new Shape([2, 1, 2]), Tensor.From((int[][,])[new int[1, 2], new int[1, 2]]).Shape);
        Assert.Contains("array 1 has shape (3,)", Assert.Throws<ArgumentException>(() => Tensor.From((int[][])[[1, 2], [3, 4, 5]])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Tensor.From((int[][])[[1, 2], null!]));
        Assert.Throws<ArgumentException>(() => Tensor.From((int[][])[]));
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Assert.Contains("6 values do not fill a tensor of shape (2, 2)", Assert.Throws<ArgumentException>(() => Tensor.Wrap(s_values, [2, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("DateTime", Assert.Throws<ArgumentException>(() => Tensor.Wrap(new DateTime[2])).Message, StringComparison.Ordinal);
        Assert.Contains("DateTime", Assert.Throws<ArgumentException>(() => Tensor.Wrap((Array)new DateTime[2, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("String", Assert.Throws<ArgumentException>(() => Tensor.From((Array)new string[2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Tensor.Wrap((float[])null!));
        Assert.Contains("float32, not Int32", Assert.Throws<ArgumentException>(() => Tensor.Wrap(s_values).AsSpan<int>().Length).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TensorsOfDotNetsAreSharedIfTheyAreDense()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        DotNet.Tensor<float> source = DotNet.Tensor.Create(values, [2, 3]);
        Tensor tensor = source;
        Assert.Equal(new Shape([2, 3]), tensor.Shape);
        source[1, 1] = 50;
        Assert.Equal([1f, 2, 3, 4, 50, 6], tensor.ToArray<float>());
        // A row in the middle has no gaps, and does not begin where the array does.
        Tensor row = source.Slice([1..2, 0..3]);
        Assert.Equal((new Shape([1, 3]), 50f), (row.Shape, row.ToArray<float>()[1]));
    }

    [Fact]
    public void TensorsOfDotNetsWithGapsAreCopied()
    {
        DotNet.Tensor<int> source = DotNet.Tensor.Create(Enumerable.Range(0, 12).ToArray(), [3, 4]);
        Tensor columns = source.Slice([0..3, 1..3]), turned = DotNet.Tensor.PermuteDimensions(source, [1, 0]), repeated = DotNet.Tensor.Broadcast<int>(DotNet.Tensor.Create(new int[] { 7, 8 }), [3, 2]);
        Assert.Equal([1, 2, 5, 6, 9, 10], columns.ToArray<int>());
        Assert.Equal(new Shape([4, 3]), turned.Shape);
        Assert.Equal([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], turned.ToArray<int>());
        Assert.Equal([7, 8, 7, 8, 7, 8], repeated.ToArray<int>());
    }

    [Fact]
    public void TensorsSpansAreCopied()
    {
        int[] values = [.. Enumerable.Range(0, 12)];
        Tensor copy = Tensor.From(new DotNet.ReadOnlyTensorSpan<int>(values, [3, 4]).Slice([1..3, 0..2]));
        values[4] = 99;
        Assert.Equal((new Shape([2, 2]), 4), (copy.Shape, copy.ToArray<int>()[0]));
        Assert.Equal([4, 5, 8, 9], copy.ToArray<int>());
    }

    [Fact]
    public void EveryTypeOfElementGoesThereAndBack()
    {
        Check<float>(x => x, [1.5f, -2]);
        Check<double>(x => x, [1.5, -2]);
        Check<Half>(x => x, [(Half)1.5, (Half)(-2)]);
        Check<sbyte>(x => x, [1, -2]);
        Check<short>(x => x, [1, -2]);
        Check<int>(x => x, [1, -2]);
        Check<long>(x => x, [1, long.MinValue]);
        Check<byte>(x => x, [1, 255]);
        Check<ushort>(x => x, [1, 65535]);
        Check<uint>(x => x, [1, uint.MaxValue]);
        Check<ulong>(x => x, [1, ulong.MaxValue]);
        Check<bool>(x => x, [true, false]);

        static void Check<T>(Func<DotNet.Tensor<T>, Tensor> convert, T[] values)
            where T : unmanaged
        {
            Tensor tensor = convert(DotNet.Tensor.Create(values, [2, 1]));
            Assert.Equal(DType.Of<T>(), tensor.DType);
            Assert.Equal(new Shape([2, 1]), tensor.Shape);
            Assert.Equal(values, tensor.AsSpan<T>().ToArray());
            DotNet.Tensor<T> back = tensor.ToTensor<T>();
            Assert.Equal([2, 1], back.Lengths.ToArray());
            Assert.Equal(values[1], back[1, 0]);
        }
    }

    [Fact]
    public void ATensorIsSeenAsDotNetsWithoutCopyingIt()
    {
        Tensor tensor = Tensor.From(s_values, [3, 2]);
        DotNet.ReadOnlyTensorSpan<float> span = tensor.AsReadOnlyTensorSpan<float>();
        Assert.Equal(5f, span[2, 0]);
        Assert.True(Unsafe.AreSame(in tensor.AsSpan<float>()[0], in span[0, 0]));
        Assert.Equal(21f, DotNet.Tensor.Sum(span));
        Tensor scalar = Tensor.From<float>([7f], Shape.Scalar);
        Assert.Equal((7f, 7f), (scalar.AsReadOnlyTensorSpan<float>()[0], scalar.ToTensor<float>()[0]));
    }

    /// <summary>Memory that counts who holds it.</summary>
    private sealed class CountingMemory(float[] values) : MemoryManager<float>
    {
        private int _pins;

        public int Pins => Volatile.Read(ref _pins);

        public override Span<float> GetSpan() => values;

        public override unsafe MemoryHandle Pin(int elementIndex = 0)
        {
            Interlocked.Increment(ref _pins);
            MemoryHandle inner = values.AsMemory(elementIndex).Pin();
            return new MemoryHandle(inner.Pointer, pinnable: new Unpinning(this, inner));
        }

        public override void Unpin() => Interlocked.Decrement(ref _pins);

        protected override void Dispose(bool disposing)
        {
        }

        private sealed class Unpinning(CountingMemory memory, MemoryHandle inner) : IPinnable
        {
            public MemoryHandle Pin(int elementIndex) => throw new NotSupportedException();

            public void Unpin()
            {
                inner.Dispose();
                memory.Unpin();
            }
        }
    }
}
