using NKeras.Engine.Compiler.Rules;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using Convert = NKeras.Engine.Primitives.Convert;

namespace NKeras.Engine.Compiler;

/// <summary>Gives a simpler value for the only result of an operation, or null where the rule does not apply.</summary>
/// <param name="simplifier">Builds the replacement.</param>
/// <param name="primitive">The operation.</param>
/// <param name="inputs">Its operands, already in their simplest form.</param>
/// <param name="shape">The shape of the result.</param>
internal delegate Value? SimplificationRule(Simplifier simplifier, Primitive primitive, Value[] inputs, Shape shape);

/// <summary>Which rules are tried on which primitive, in order.</summary>
internal static class SimplificationRules
{
    private static readonly Dictionary<Type, SimplificationRule[]> s_rules = new()
    {
        [typeof(Elementwise)] =
        [
            BroadcastRules.DropFromElementwise,
            ReshapeRules.SinkBelowElementwise,
            ArithmeticRules.Apply,
            PowerRules.ConstantExponent,
            PoolingRules.MaskOfMaxBackward,
            HalfRules.ComputeInSingle,
        ],
        [typeof(Reshape)] = [ReshapeRules.Merge],
        [typeof(BroadcastTo)] = [BroadcastRules.Merge],
        [typeof(Transpose)] = [TransposeRules.Merge, TransposeRules.ToReshape],
        [typeof(MatMul)] = [TransposeRules.AbsorbIntoMatMul, HalfRules.ComputeInSingle],
        [typeof(Convolution)] = [HalfRules.ComputeInSingle],
        [typeof(ConvolutionBackwardInput)] = [HalfRules.ComputeInSingle],
        [typeof(ConvolutionBackwardFilter)] = [HalfRules.ComputeInSingle],
        [typeof(Pooling)] = [HalfRules.ComputeInSingle],
        [typeof(MaxPoolingBackward)] = [HalfRules.ComputeInSingle],
        [typeof(MaxPoolingTake)] = [HalfRules.ComputeInSingle],
        [typeof(AveragePoolingBackward)] = [HalfRules.ComputeInSingle],
        [typeof(Reduce)] = [ReduceRules.OverNothing, ReduceRules.OfBroadcast, ReshapeRules.SinkBelowReduce, PoolingRules.SumOfMaxBackward],
        [typeof(Convert)] = [CopyRules.Conversion],
        [typeof(Slice)] = [CopyRules.WholeSlice],
        [typeof(Pad)] = [CopyRules.EmptyPad],
        [typeof(Concatenate)] = [CopyRules.ConcatenationOfOne],
        [typeof(StopGradient)] = [CopyRules.StopGradient],
    };

    /// <summary>The rules for a primitive.</summary>
    public static SimplificationRule[] For(Primitive primitive) => s_rules.GetValueOrDefault(primitive.GetType(), []);
}
