using NKeras.Engine.Cpu;

namespace NKeras.Engine.Tests.Support;

/// <summary>Worker pools the tests share: their threads never end.</summary>
internal static class Pools
{
    private static readonly WorkerPool[] s_pools = [new(1), new(2), new(3)];

    public static WorkerPool OfThreads(int count) => s_pools[count - 1];
}
