using NKeras.Engine.Cpu;
using NKeras.Engine.Runtime;

namespace NKeras.Engine.Tests.Runtime;

/// <summary>The reference backend against the suite, which so checks itself.</summary>
public sealed class ReferenceBackendTests : BackendCompliance
{
    private protected override IBackend Subject { get; } = new ReferenceBackend();
}

/// <summary>The processor with no helping threads.</summary>
public sealed class CpuBackendOnOneThreadTests : BackendCompliance
{
    private protected override IBackend Subject { get; } = new CpuBackend(Pools.OfThreads(1));
}

/// <summary>The processor with one helping thread.</summary>
public sealed class CpuBackendOnTwoThreadsTests : BackendCompliance
{
    private protected override IBackend Subject { get; } = new CpuBackend(Pools.OfThreads(2));
}

/// <summary>The processor with a number of threads that divides nothing evenly.</summary>
public sealed class CpuBackendOnThreeThreadsTests : BackendCompliance
{
    private protected override IBackend Subject { get; } = new CpuBackend(Pools.OfThreads(3));
}
