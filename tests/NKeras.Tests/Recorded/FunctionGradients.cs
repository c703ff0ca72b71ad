using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras.Tests.Recorded;

/// <summary>Vector-Jacobian products of functions of one tensor.</summary>
internal static class FunctionGradients
{
    /// <summary>The gradient of Σ result · cotangent.</summary>
    public static Tensor Of(Func<Tensor, Tensor> function, Tensor x, Tensor cotangent) => Jit.Compile([x.Spec, cotangent.Spec], arguments =>
    {
        Tensor result = function(arguments[0]);
        return [Differentiation.Pullback([result], [Ops.Cast(arguments[1], result.DType)], [arguments[0]])[0] ?? Ops.Zeros(x.Shape, x.DType)];
    }).Run(x, cotangent)[0];
}
