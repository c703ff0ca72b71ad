using System.Collections.Concurrent;
using NKeras.Training;

namespace NKeras.Tests.Training.Data;

/// <summary>Workers prepare batches ahead, keep their order, hand exceptions over, and are gone when a pass is.</summary>
public sealed class PyDatasetReaderTests
{
    public static TheoryData<int> WorkerCounts => [0, 1, 2, 3, 8];

    [Theory]
    [MemberData(nameof(WorkerCounts))]
    public void BatchesComeInOrder(int workers)
    {
        Numbers data = new(100, workers) { Delays = true };
        Assert.Equal(Enumerable.Range(0, 100), Read(data));
    }

    [Theory]
    [MemberData(nameof(WorkerCounts))]
    public void ShuffledBatchesComeInAnOrderOfSeedAndEpochOnly(int workers)
    {
        Numbers data = new(50, workers);
        int[] order = Read(data, shuffle: true, seed: 3, epoch: 2);
        Assert.Equal(Enumerable.Range(0, 50), order.Order());
        Assert.Equal(Read(new Numbers(50, workers: 0), shuffle: true, seed: 3, epoch: 2), order);
        int[][] others = [Read(data), Read(data, shuffle: true, seed: 3, epoch: 3), Read(data, shuffle: true, seed: 2, epoch: 3), Read(data, shuffle: true, seed: 4, epoch: 2)];
        Assert.All(others, o => Assert.NotEqual(order, o));
    }

    [Theory]
    [MemberData(nameof(WorkerCounts))]
    public void DataWithoutEndGoesOnInOrder(int workers)
    {
        using IEnumerator<Batch> pass = new PyDatasetReader(new Numbers(null, workers), shuffle: true, seed: 1).Pass(0, default);
        for (int i = 0; i < 200; i++) Assert.Equal(i, Next(pass));
    }

    [Theory]
    [MemberData(nameof(WorkerCounts))]
    public void ShortDataEnds(int workers)
    {
        Assert.Empty(Read(new Numbers(0, workers)));
        Assert.Equal([0], Read(new Numbers(1, workers)));
        using IEnumerator<Batch> pass = new PyDatasetReader(new Numbers(1, workers), false, 0).Pass(0, default);
        Assert.True(pass.MoveNext());
        Assert.False(pass.MoveNext());
        Assert.False(pass.MoveNext());
    }

    [Theory]
    [MemberData(nameof(WorkerCounts))]
    public void APassCanGoOnWhereAnotherHasStopped(int workers)
    {
        Numbers data = new(20, workers);
        PyDatasetReader reader = new(data, shuffle: true, seed: 5);
        Assert.Equal(All(reader.Pass(4, default))[13..], All(reader.Pass(4, default, first: 13)));
        Assert.Empty(All(reader.Pass(4, default, first: 20)));
    }

    [Fact]
    public void WorkersArePreparingWhileTheModelIsBusyButNotTooMuch()
    {
        using ManualResetEventSlim full = new();
        Numbers data = new(1000, workers: 3, maxQueueSize: 4) { Each = i => full.SetIf(i == 4) };
        using (IEnumerator<Batch> pass = new PyDatasetReader(data, false, 0).Pass(0, default))
        {
            Assert.Equal(0, Next(pass));
            full.Wait(); // Batches 1 to 4 are begun though nobody has asked for them.
            for (int i = 0; i < 1000; i++) Thread.Yield();
        }

        Assert.Equal([0, 1, 2, 3, 4], data.Begun.Order());
    }

    [Fact]
    public void OneWorkerIsIdleWhileTheModelIsBusy()
    {
        bool asked = false, ahead = false;
        Numbers data = new(50, workers: 1) { Each = _ => ahead |= !Volatile.Read(ref asked) };
        using IEnumerator<Batch> pass = new PyDatasetReader(data, false, 0).Pass(0, default);
        for (int i = 0; i < 50; i++)
        {
            Volatile.Write(ref asked, true);
            Assert.Equal(i, Next(pass));
            Volatile.Write(ref asked, false);
            for (int j = 0; j < 20; j++) Thread.Yield();
        }

        Assert.False(ahead);
        Assert.All(data.Threads, t => Assert.NotSame(Thread.CurrentThread, t));
    }

    [Fact]
    public void OneWorkerWorksAheadIfItStandsForAProcess()
    {
        using ManualResetEventSlim third = new();
        Numbers data = new(50, workers: 1, useMultiprocessing: true) { Each = i => third.SetIf(i == 2) };
        using IEnumerator<Batch> pass = new PyDatasetReader(data, false, 0).Pass(0, default);
        Assert.Equal(0, Next(pass));
        third.Wait();
    }

    [Fact]
    public void NoWorkerMeansTheCallersThread()
    {
        Numbers data = new(5, workers: 0);
        Read(data);
        Assert.All(data.Threads, t => Assert.Same(Thread.CurrentThread, t));
    }

    [Fact]
    public void WorkersAreNotOfTheThreadPool()
    {
        // A full pool could keep them from their work while its threads wait for them.
        bool pooled = false;
        Read(new Numbers(20, workers: 4) { Each = _ => pooled |= Thread.CurrentThread.IsThreadPoolThread });
        Assert.False(pooled);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 7)]
    [InlineData(1, 0)]
    [InlineData(1, 9)]
    [InlineData(4, 0)]
    [InlineData(4, 5)]
    [InlineData(4, 9)]
    public void AnExceptionComesWhereTheBatchWouldHaveOnceAndAsItWas(int workers, int at)
    {
        Numbers data = new(10, workers) { Each = i => Fail(i >= at, i) };
        using IEnumerator<Batch> pass = new PyDatasetReader(data, false, 0).Pass(0, default);
        for (int i = 0; i < at; i++) Assert.Equal(i, Next(pass));
        InvalidTimeZoneException error = Assert.Throws<InvalidTimeZoneException>(() => pass.MoveNext());
        Assert.Equal($"batch {at}", error.Message);
        Assert.Contains(nameof(Fail), error.StackTrace, StringComparison.Ordinal);
        Assert.False(pass.MoveNext());
        Assert.False(pass.MoveNext());
        data.AssertIdle();

        static void Fail(bool fails, int index)
        {
            if (fails) throw new InvalidTimeZoneException($"batch {index}");
        }
    }

    [Fact]
    public void AnExceptionBehindTheLastBatchTakenIsNobodys()
    {
        using ManualResetEventSlim failed = new();
        Numbers data = new(10, workers: 2)
        {
            Each = i =>
            {
                if (i != 3) return;
                failed.Set();
                throw new InvalidTimeZoneException();
            },
        };
        IEnumerator<Batch> pass = new PyDatasetReader(data, false, 0).Pass(0, default);
        Assert.Equal(0, Next(pass));
        failed.Wait();
        pass.Dispose();
        data.AssertIdle();
    }

    [Fact]
    public void AWaitOfTheUsersThatWasCancelledIsAnExceptionLikeOthers()
    {
        Numbers data = new(10, workers: 2) { Each = i => { if (i == 1) throw new TaskCanceledException("slow server"); } };
        using IEnumerator<Batch> pass = new PyDatasetReader(data, false, 0).Pass(0, CancellationToken.None);
        Assert.Equal(0, Next(pass));
        Assert.Equal("slow server", Assert.Throws<TaskCanceledException>(() => pass.MoveNext()).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void CancellingEndsThePassThoughABatchIsStuck(int workers)
    {
        using CancellationTokenSource cancel = new();
        using ManualResetEventSlim freed = new();
        Numbers data = new(10, workers)
        {
            Each = i =>
            {
                if (i != 2) return;
                cancel.Cancel();
                freed.Wait();
            },
        };
        using IEnumerator<Batch> pass = new PyDatasetReader(data, false, 0).Pass(0, cancel.Token);
        OperationCanceledException error = Assert.ThrowsAny<OperationCanceledException>(() => { while (pass.MoveNext()) ; });
        Assert.Equal(cancel.Token, error.CancellationToken);
        Assert.False(pass.MoveNext());
        freed.Set();
        foreach (Thread thread in data.Threads) thread.Join();
        Assert.DoesNotContain(9, data.Begun);
    }

    [Theory]
    [MemberData(nameof(WorkerCounts))]
    public void CancelledBeforehandNothingIsRead(int workers)
    {
        Numbers data = new(10, workers);
        using IEnumerator<Batch> pass = new PyDatasetReader(data, false, 0).Pass(0, new CancellationToken(true));
        Assert.ThrowsAny<OperationCanceledException>(() => pass.MoveNext());
        Assert.Empty(data.Begun);
    }

    [Theory]
    [MemberData(nameof(WorkerCounts))]
    public void CancelledBetweenBatchesNoMoreAreGiven(int workers)
    {
        using CancellationTokenSource cancel = new();
        Numbers data = new(10, workers);
        using IEnumerator<Batch> pass = new PyDatasetReader(data, false, 0).Pass(0, cancel.Token);
        Assert.Equal(0, Next(pass));
        cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => pass.MoveNext());
        data.AssertIdle();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ABatchThatListensIsToldToStop(bool cancelled)
    {
        using CancellationTokenSource cancel = new();
        using CountdownEvent waiting = new(3);
        Listening data = new(waiting);
        IEnumerator<Batch> pass = new PyDatasetReader(data, false, 0).Pass(0, cancel.Token);
        Assert.Equal(0, Next(pass));
        waiting.Wait();
        if (cancelled) cancel.Cancel();
        pass.Dispose();
        Assert.Equal(0, waiting.CurrentCount);
        Assert.Equal(0, data.Running);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void NothingOfTheUsersRunsAfterDisposal(int workers)
    {
        Numbers data = new(null, workers) { Delays = true };
        IEnumerator<Batch> pass = new PyDatasetReader(data, false, 0).Pass(0, default);
        for (int i = 0; i < 5; i++) Assert.Equal(i, Next(pass));
        pass.Dispose();
        pass.Dispose();
        data.AssertIdle();
        Assert.False(pass.MoveNext());
    }

    [Fact]
    public void WhoDoesNotComeBackIsLeftAlone()
    {
        using ManualResetEventSlim freed = new();
        using ManualResetEventSlim stuck = new();
        OrderedWorkers<string> workers = new(
            (i, _) =>
            {
                if (i > 0)
                {
                    stuck.Set();
                    freed.Wait();
                }

                return "made";
            },
            workers: 2,
            ahead: 2,
            CancellationToken.None,
            patience: TimeSpan.Zero);
        Assert.True(workers.MoveNext());
        stuck.Wait();
        workers.Dispose();
        Assert.False(workers.MoveNext());
        freed.Set();
    }

    [Fact]
    public void ManyPassesLeaveNoThreads()
    {
        Numbers data = new(12, workers: 4);
        PyDatasetReader reader = new(data, true, 0);
        for (int epoch = 0; epoch < 200; epoch++)
        {
            using IEnumerator<Batch> pass = reader.Pass(epoch, default);
            int taken = epoch % 14; // Some end early, some at the end.
            while (taken-- > 0 && pass.MoveNext()) ;
        }

        data.AssertIdle();
        Assert.True(data.Threads.Count > 200);
    }

    [Fact]
    public void NothingPreparedInOneEpochIsUsedInAnother()
    {
        // Workers are far ahead when an epoch ends after three of its batches.
        Generations data = new();
        PyDatasetReader reader = new(data, shuffle: false, seed: 0);
        int at = 0;
        for (int epoch = 0; epoch < 30; epoch++)
        {
            data.OnEpochBegin();
            using (IEnumerator<Batch> pass = reader.Pass(0, default, first: at))
            {
                for (int i = 0; i < 3; i++) Assert.Equal((epoch * 1000) + at++, Next(pass));
            }

            data.OnEpochEnd();
        }
    }

    [Theory]
    [MemberData(nameof(WorkerCounts))]
    public void DataMayGrowAndShrinkBetweenPasses(int workers)
    {
        Numbers data = new(3, workers);
        PyDatasetReader reader = new(data, shuffle: false, seed: 0);
        foreach (int count in (int[])[3, 7, 1, 0, 40])
        {
            data.Count = count;
            Assert.Equal(count, reader.BatchCount);
            Assert.Equal(Enumerable.Range(0, count), All(reader.Pass(0, default)));
        }
    }

    [Theory]
    [MemberData(nameof(WorkerCounts))]
    public void DataSetsMayReadDataSets(int workers)
    {
        // Each batch of the outer one adds up all batches of an inner one that has workers, too.
        Numbers inner = new(10, workers);
        PyDatasetReader reader = new(inner, shuffle: false, seed: 0);
        Numbers outer = new(20, workers) { Value = i => i + All(reader.Pass(0, default)).Sum() };
        Assert.Equal(Enumerable.Range(45, 20), Read(outer));
    }

    [Fact]
    public async Task PassesOnAFullThreadPoolEnd()
    {
        // More tasks than the pool has threads; each blocks its thread until its workers have given everything.
        int[][] results = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => Read(new Numbers(20, workers: 2)))));
        Assert.All(results, r => Assert.Equal(Enumerable.Range(0, 20), r));
    }

    [Fact]
    public void OnePassAmongManyAtOnceOnTheSameDataIsRight()
    {
        PyDatasetReader reader = new(new Numbers(60, workers: 3) { Delays = true }, shuffle: true, seed: 9);
        int[] expected = All(reader.Pass(1, default));
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() => Assert.Equal(expected, All(reader.Pass(1, default)))))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void BatchesThatAreNullAreRefused(int workers)
    {
        Numbers data = new(5, workers) { Value = i => i == 3 ? null : i };
        using IEnumerator<Batch> pass = new PyDatasetReader(data, false, 0).Pass(0, default);
        for (int i = 0; i < 3; i++) Assert.Equal(i, Next(pass));
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => pass.MoveNext());
        Assert.Equal("PyDataset 'Numbers': batch 3 is null.", error.Message);
    }

    [Fact]
    public void ANegativeNumberOfBatchesIsRefused()
    {
        PyDatasetReader reader = new(new Numbers(-2, workers: 2), false, 0);
        Assert.Equal("PyDataset 'Numbers': NumBatches is -2.", Assert.Throws<InvalidOperationException>(() => reader.Pass(0, default)).Message);
    }

    private static int[] Read(Numbers data, bool shuffle = false, int seed = 0, int epoch = 0)
    {
        int[] all = All(new PyDatasetReader(data, shuffle, seed).Pass(epoch, CancellationToken.None));
        data.AssertIdle();
        return all;
    }

    private static int[] All(IEnumerator<Batch> pass)
    {
        List<int> all = [];
        using (pass)
        {
            while (pass.MoveNext()) all.Add(Number(pass.Current));
        }

        return [.. all];
    }

    private static int Next(IEnumerator<Batch> pass)
    {
        Assert.True(pass.MoveNext());
        return Number(pass.Current);
    }

    private static int Number(Batch batch) => batch.X[0].Item<int>();

    /// <summary>Batches that are their own numbers.</summary>
    private sealed class Numbers(int? count, int workers, bool useMultiprocessing = false, int maxQueueSize = 10) : PyDataset(workers, useMultiprocessing, maxQueueSize)
    {
        private int _running;

        public int? Count { get; set; } = count;

        public bool Delays { get; init; }

        public Action<int>? Each { get; init; }

        public Func<int, int?>? Value { get; init; }

        public ConcurrentBag<int> Begun { get; } = [];

        public ConcurrentDictionary<Thread, bool> Seen { get; } = [];

        public ICollection<Thread> Threads => Seen.Keys;

        public override int? NumBatches => Count;

        public override Batch this[int index]
        {
            get
            {
                Interlocked.Increment(ref _running);
                try
                {
                    Begun.Add(index);
                    Seen[Thread.CurrentThread] = true;
                    // Later batches are often ready first.
                    if (Delays) Thread.SpinWait(((index * 7919) % 13) * 200);
                    Each?.Invoke(index);
                    int? value = Value == null ? index : Value(index);
                    return value is { } number ? (Batch)Tensor.From([number]) : null!;
                }
                finally
                {
                    Interlocked.Decrement(ref _running);
                }
            }
        }

        /// <summary>No worker is at work or could begin to be.</summary>
        public void AssertIdle()
        {
            Assert.Equal(0, Volatile.Read(ref _running));
            Assert.All(Threads, t => Assert.True(t == Thread.CurrentThread || !t.IsAlive));
        }
    }

    /// <summary>Batches behind the first take for ever unless somebody says stop.</summary>
    private sealed class Listening(CountdownEvent waiting) : PyDataset(workers: 3)
    {
        private int _running;

        public int Running => _running;

        public override int? NumBatches => 100;

        public override Batch this[int index] => Tensor.From([index]);

        public override Batch GetBatch(int index, CancellationToken cancellationToken)
        {
            if (index == 0) return this[index];
            Interlocked.Increment(ref _running);
            waiting.Signal();
            cancellationToken.WaitHandle.WaitOne();
            Interlocked.Decrement(ref _running);
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>Batches know the epoch that they were made in.</summary>
    private sealed class Generations() : PyDataset(workers: 4)
    {
        private int _epoch = -1;

        public override int? NumBatches => null;

        public override Batch this[int index] => Tensor.From([(_epoch * 1000) + index]);

        public override void OnEpochBegin() => _epoch++;
    }
}

/// <summary>Says what events are for in one expression.</summary>
file static class Events
{
    public static void SetIf(this ManualResetEventSlim signal, bool condition)
    {
        if (condition) signal.Set();
    }
}
