using System.Collections;

namespace NKeras.Training;

/// <summary>An asynchronous sequence that is gone through once for each pass. Waiting for a batch blocks the caller of <c>Fit</c>.</summary>
internal sealed class AsyncStream(IAsyncEnumerable<Batch> batches) : BatchStream
{
    public override int? BatchCount => null;

    public override IEnumerator<Batch> Pass(int number, int first, CancellationToken cancellationToken) =>
        new Reader(batches.GetAsyncEnumerator(cancellationToken), cancellationToken);

    /// <summary>One pass. It waits on threads of the pool, where no synchronization context can be waiting for the caller's thread.</summary>
    private sealed class Reader(IAsyncEnumerator<Batch> batches, CancellationToken cancellationToken) : IEnumerator<Batch>
    {
        private Task<bool>? _next;

        public Batch Current => batches.Current;

        object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            _next = Task.Run(async () => await batches.MoveNextAsync().ConfigureAwait(false), CancellationToken.None);
            return _next.WaitAsync(cancellationToken).GetAwaiter().GetResult();
        }

        public void Reset() => throw new NotSupportedException("An asynchronous sequence is read once.");

        public void Dispose()
        {
            // A sequence that is still busy, since it does not heed the token, cannot be disposed of before it is done; nobody waits for that.
            if (_next is { IsCompleted: false }) _next.ContinueWith(_ => batches.DisposeAsync().AsTask(), TaskScheduler.Default);
            else Task.Run(async () => await batches.DisposeAsync().ConfigureAwait(false), CancellationToken.None).GetAwaiter().GetResult();
        }
    }
}
