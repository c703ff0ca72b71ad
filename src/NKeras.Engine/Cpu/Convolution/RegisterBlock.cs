using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace NKeras.Engine.Cpu;

/// <summary>The innermost loop of convolutions, one or two vectors wide.</summary>
internal static unsafe class RegisterBlock
{
    /// <summary>The most rows of any block.</summary>
    public const int MaxRows = 12;

    /// <summary>How many rows fit the registers: two vectors in each of twelve rows need 32 of them.</summary>
    public static int RowsOf(int vectors, int width) =>
        vectors == 1 || width == Vector512<float>.Count || (AdvSimd.IsSupported && width == Vector128<float>.Count) ? MaxRows : 6;

    /// <summary>Runs a block of <paramref name="rows"/> rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TOps, V>(int vectors, int rows, BlockArguments* a)
        where TOps : ISimdArithmetic<V>
        where V : struct
    {
        if (vectors == 2) RegisterBlock2.Run<TOps, V>(rows, a);
        else RegisterBlock1.Run<TOps, V>(rows, a);
    }
}
