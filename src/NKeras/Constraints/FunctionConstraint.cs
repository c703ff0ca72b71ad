using NKeras.Saving;

namespace NKeras.Constraints;

/// <summary>A function of the user's own as a constraint.</summary>
internal sealed class FunctionConstraint(TensorFunction function) : Constraint, IFunctionObject
{
    public Delegate Function => function;

    public override Tensor Apply(Tensor w) => function(w);
}
