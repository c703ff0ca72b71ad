using NKeras.Saving;

namespace NKeras.Initializers;

/// <summary>A function of the user's own as an initializer.</summary>
internal sealed class FunctionInitializer(InitializerFunction function) : Initializer, IFunctionObject
{
    public Delegate Function => function;

    public override Tensor Apply(Shape shape, DType? dtype = null) => function(shape, dtype);
}
