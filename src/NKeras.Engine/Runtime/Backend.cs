using NKeras.Engine.Cpu;

namespace NKeras.Engine.Runtime;

/// <summary>The backend in use.</summary>
internal static class Backend
{
    /// <summary>What new functions are compiled for.</summary>
    public static IBackend Current { get; set; } = new CpuBackend();
}
