using NKeras.Engine.Primitives;
using F = NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Cpu;

/// <summary>Chooses the loop for an element-wise node by type and function.</summary>
internal static class TypedKernels
{
    public static Kernel Create(KernelRequest request)
    {
        F function = ((Elementwise)request.Node.Primitive).Function;
        if (function != F.Select) return Elements.Visit<Visitor, Kernel>(request.Input(0).DType, new Visitor(request, function));
        return request.Output().DType.Size switch
        {
            1 => new TypedSelectKernel<byte>(request),
            2 => new TypedSelectKernel<ushort>(request),
            4 => new TypedSelectKernel<uint>(request),
            _ => new TypedSelectKernel<ulong>(request),
        };
    }

    private static Kernel Create<TElement, TResult>(KernelRequest request, F function)
        where TElement : struct, IElement
        where TResult : struct, IElement
    {
        // Large uint64 numbers do not fit a long; the reference takes care of them.
        if (request.Input(0).DType == DType.UInt64) return new TypedReferenceKernel<TElement, TResult>(request);
        return function switch
        {
            F.Negate => new TypedFunctionKernel<TElement, TResult, TypedFunctions.Negate>(request),
            F.Add => new TypedFunctionKernel<TElement, TResult, TypedFunctions.Add>(request),
            F.Subtract => new TypedFunctionKernel<TElement, TResult, TypedFunctions.Subtract>(request),
            F.Multiply => new TypedFunctionKernel<TElement, TResult, TypedFunctions.Multiply>(request),
            F.Maximum => new TypedFunctionKernel<TElement, TResult, TypedFunctions.Maximum>(request),
            F.Minimum => new TypedFunctionKernel<TElement, TResult, TypedFunctions.Minimum>(request),
            F.Equal => new TypedFunctionKernel<TElement, TResult, TypedFunctions.Equal>(request),
            F.NotEqual => new TypedFunctionKernel<TElement, TResult, TypedFunctions.NotEqual>(request),
            F.Less => new TypedFunctionKernel<TElement, TResult, TypedFunctions.Less>(request),
            F.LessEqual => new TypedFunctionKernel<TElement, TResult, TypedFunctions.LessEqual>(request),
            F.Greater => new TypedFunctionKernel<TElement, TResult, TypedFunctions.Greater>(request),
            F.GreaterEqual => new TypedFunctionKernel<TElement, TResult, TypedFunctions.GreaterEqual>(request),
            F.RightShift when !TElement.IsFloating => new TypedFunctionKernel<TElement, TResult, TypedFunctions.RightShift>(request),
            _ => new TypedReferenceKernel<TElement, TResult>(request),
        };
    }

    private readonly struct Visitor(KernelRequest request, F function) : Elements.IVisitor<Kernel>
    {
        public Kernel Visit<TElement>()
            where TElement : struct, IElement => function.ReturnsBool()
            ? Create<TElement, Elements.Boolean>(request, function)
            : Create<TElement, TElement>(request, function);
    }
}
