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
    public static ElementwiseLoop Compile(ElementwiseProgram program, ulong splats, SimdLevel level) => level switch
    {
        SimdLevel.Avx512 => Compile<Simd512, Vector512<float>>(program, splats),
        SimdLevel.Avx2 => Compile<Simd256, Vector256<float>>(program, splats),
        _ => Compile<Simd128, Vector128<float>>(program, splats),
    };

    [RequiresDynamicCode("Loops are generated as IL.")]
    private static unsafe ElementwiseLoop Compile<TOps, V>(ElementwiseProgram program, ulong splats)
        where TOps : ISimdOps<V>
        where V : struct
    {
        ElementwiseLoop wholeVectors = new LoopEmitter<TOps, V>(program, splats).Emit();

        // Compiled now, not in the middle of the first training step. The loop returns before it reads a pointer.
        wholeVectors(null, 0);
        return new TailLoop(wholeVectors, program, splats, TOps.Width).Run;
    }
}
