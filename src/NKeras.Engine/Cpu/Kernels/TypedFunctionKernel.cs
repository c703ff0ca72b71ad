namespace NKeras.Engine.Cpu;

/// <summary>A function known at compile time.</summary>
internal sealed unsafe class TypedFunctionKernel<TElement, TResult, TFunction>(KernelRequest request) : TypedElementwiseKernel(request)
    where TElement : struct, IElement
    where TResult : struct, IElement
    where TFunction : struct, TypedFunctions.IFunction
{
    private readonly int _second = request.InputSlots.Length - 1; // A function of one operand is given it twice.

    protected override void RunRow(Operand* operands, void* output, nint first, nint count)
    {
        Operand a = operands[0], b = operands[_second];
        for (nint i = 0; i < count; i++)
        {
            if (TElement.IsFloating) TResult.StoreNumber(output, first + i, TFunction.Invoke(TElement.LoadNumber(a.Data, a.At(i)), TElement.LoadNumber(b.Data, b.At(i))));
            else TResult.StoreLong(output, first + i, TFunction.Invoke(TElement.LoadLong(a.Data, a.At(i)), TElement.LoadLong(b.Data, b.At(i))));
        }
    }
}
