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
    private static readonly WorkerPool s_pool = new(1);

    private protected override IBackend Subject { get; } = new CpuBackend(s_pool);
}

/// <summary>The processor with one helping thread.</summary>
public sealed class CpuBackendOnTwoThreadsTests : BackendCompliance
{
    private static readonly WorkerPool s_pool = new(2);

    private protected override IBackend Subject { get; } = new CpuBackend(s_pool);
}

/// <summary>The processor with a number of threads that divides nothing evenly.</summary>
public sealed class CpuBackendOnThreeThreadsTests : BackendCompliance
{
    private static readonly WorkerPool s_pool = new(3);

    private protected override IBackend Subject { get; } = new CpuBackend(s_pool);
}
