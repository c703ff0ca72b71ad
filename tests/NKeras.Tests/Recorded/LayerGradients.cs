using NKeras.Core;
using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;
using NKeras.Layers;

namespace NKeras.Tests.Recorded;

/// <summary>Vector-Jacobian products of layers, compiled as training compiles them.</summary>
internal static class LayerGradients
{
    /// <summary>The gradient of Σ result · cotangent for each floating-point input, then each trainable weight; zeros where nothing flows.</summary>
    public static Tensor[] Of(Layer layer, Tensor[] inputs, Tensor cotangent, bool training, Tensor? mask = null)
    {
        Executable function = Jit.Compile([.. inputs.Select(t => t.Spec), cotangent.Spec], arguments =>
        {
            Tensor[] x = arguments[..^1];
            Tensor[] wrt = [.. x.Where(t => t.DType.IsFloating), .. layer.TrainableVariables.Select(v => v.Value)];
            Tensor result = layer.Compute(mask is null ? CallArguments.Of(x, training) : CallArguments.Of(x, training).With("mask", mask))[0];
            Tensor?[] gradients = Differentiation.Pullback([result], [Ops.Cast(arguments[^1], result.DType)], wrt);
            return [.. gradients.Select((g, i) => g ?? Ops.Zeros(wrt[i].Shape, wrt[i].DType))];
        });
        return function.Run([.. inputs, cotangent]);
    }
}
