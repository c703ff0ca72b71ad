using NKeras.Saving;

namespace NKeras.Regularizers;

/// <summary>A function of the user's own as a regularizer.</summary>
internal sealed class FunctionRegularizer(TensorFunction function) : Regularizer, IFunctionObject
{
    public Delegate Function => function;

    public override Tensor Apply(Tensor x) => function(x);
}
