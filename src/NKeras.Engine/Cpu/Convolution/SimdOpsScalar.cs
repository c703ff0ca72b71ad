using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Single floats: the channels left over after the last whole vector run through the same loops.</summary>
internal readonly unsafe struct SimdOpsScalar : IConvolutionLanes<float>
{
    /// <inheritdoc/>
    public static int Width => 1;

    /// <inheritdoc/>
    public static int MaxBlockRows => 6;

    /// <inheritdoc/>
    public static float Load(float* source) => *source;

    /// <inheritdoc/>
    public static void Store(float* target, float value) => *target = value;

    /// <inheritdoc/>
    public static float Broadcast(float value) => value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float c) => float.MultiplyAddEstimate(a, b, c);

    /// <inheritdoc/>
    public static float Add(float a, float b) => a + b;

    /// <inheritdoc/>
    public static float Divide(float a, float b) => a / b;

    /// <inheritdoc/>
    public static float Floor(float value, float floor) => value < floor ? floor : value;

    /// <inheritdoc/>
    public static float Max(float a, float b) => MathF.Max(a, b);

    /// <inheritdoc/>
    public static float WhereEqualOrNaN(float a, float b, float value) => a == b || float.IsNaN(a) ? value : 0;

    /// <inheritdoc/>
    public static float Xor(float a, float b) =>
        BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(a) ^ BitConverter.SingleToUInt32Bits(b));
}
