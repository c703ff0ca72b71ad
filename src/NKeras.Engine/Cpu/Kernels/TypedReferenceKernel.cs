using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Any function, by asking the reference for each element.</summary>
internal sealed unsafe class TypedReferenceKernel<TElement, TResult>(KernelRequest request) : TypedElementwiseKernel(request)
    where TElement : struct, IElement
    where TResult : struct, IElement
{
    private readonly ElementwiseFunction _function = ((Elementwise)request.Node.Primitive).Function;
    private readonly DType _type = request.Input(0).DType;
    private readonly int _second = Math.Min(1, request.InputSlots.Length - 1);
    private readonly int _third = request.InputSlots.Length - 1;

    protected override void RunRow(Operand* operands, void* output, nint first, nint count)
    {
        Operand a = operands[0], b = operands[_second], c = operands[_third];
        for (nint i = 0; i < count; i++)
        {
            if (TElement.IsFloating)
            {
                TResult.StoreNumber(output, first + i, ElementwiseReference.OfDoubles(
                    _function, TElement.LoadNumber(a.Data, a.At(i)), TElement.LoadNumber(b.Data, b.At(i)), TElement.LoadNumber(c.Data, c.At(i))));
            }
            else
            {
                TResult.StoreLong(output, first + i, ElementwiseReference.OfLongs(
                    _function, _type, TElement.LoadLong(a.Data, a.At(i)), TElement.LoadLong(b.Data, b.At(i)), TElement.LoadLong(c.Data, c.At(i))));
            }
        }
    }
}
