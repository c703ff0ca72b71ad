namespace NKeras.Engine.Tests.Support;

/// <summary>Tests that change <see cref="Engine.Cpu.Simd.Level"/>: they run one after the other.</summary>
[CollectionDefinition("Simd", DisableParallelization = true)]
public sealed class SimdCollection;
