using NKeras.Saving;

namespace NKeras.Losses;

/// <summary>A function given in the place of a loss: configurations name the function.</summary>
internal sealed class FunctionLoss(Func<Tensor, Tensor, Tensor> fn) : LossFunctionWrapper(fn), IFunctionObject
{
    public Delegate Function => Fn;
}
