using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>Compiles programs to loops, with the runtime's own just-in-time compiler as the back end.</summary>
internal static class ElementwiseCompiler
{
    /// <summary>A loop compiled for a program.</summary>
    /// <param name="program">What is computed.</param>
    /// <param name="splats">Bit i is set if input i is one value for the whole run.</param>
    /// <param name="level">The vector width.</param>
    [RequiresDynamicCode("Loops are generated as IL.")]
    public static unsafe ElementwiseLoop Compile(ElementwiseProgram program, ulong splats, SimdLevel level)
    {
        ElementwiseLoop wholeVectors = level switch
        {
            SimdLevel.Avx512 => new LoopEmitter<Simd512, Vector512<float>>(program, splats).Emit(),
            SimdLevel.Avx2 => new LoopEmitter<Simd256, Vector256<float>>(program, splats).Emit(),
            _ => new LoopEmitter<Simd128, Vector128<float>>(program, splats).Emit(),
        };
        int lanes = level switch
        {
            SimdLevel.Avx512 => Simd512.Width,
            SimdLevel.Avx2 => Simd256.Width,
            _ => Simd128.Width,
        };

        // Compiled now, not in the middle of the first training step. The loop returns before it reads a pointer.
        wholeVectors(null, 0);
        return new TailLoop(wholeVectors, program, splats, lanes).Run;
    }
}
