using NKeras.Engine.Graphs;

namespace NKeras.Engine.Primitives;

/// <summary>Primitives applied to strings: those that only move or compare elements. They run on the host.</summary>
internal static class TextPrimitives
{
    /// <summary>Applies a primitive to tensors of which some hold strings.</summary>
    /// <exception cref="ArgumentException">It computes with the elements.</exception>
    public static Tensor[] Bind(Primitive primitive, ReadOnlySpan<Tensor> inputs)
    {
        if (!Takes(primitive))
            throw new ArgumentException($"{primitive.Name} was applied to a tensor of strings, of shape {inputs.ToArray().First(t => t.DType == DType.String).Shape}. {TextStorage.NoNumbers().Message}");
        return HostFunction.Call(primitive.Name, inputs.ToArray(), specs => primitive.Infer(specs), tensors => Compute(primitive, tensors));
    }

    private static bool Takes(Primitive primitive) => primitive
        is Reshape or Slice or Gather or Concatenate or Transpose or BroadcastTo or Pad
        or Elementwise { Function: ElementwiseFunction.Equal or ElementwiseFunction.NotEqual or ElementwiseFunction.Select };

    /// <summary>Has the primitive move numbers in place of the strings, equal ones for equal strings; 0, which fills gaps, is the empty string.</summary>
    private static Tensor[] Compute(Primitive primitive, Tensor[] inputs)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal) { [""] = 0 };
        List<string> texts = [""];
        Tensor[] moved = Dispatcher.Bind(primitive, Array.ConvertAll(inputs, t => t.DType == DType.String ? Numbered(t) : t));
        bool compares = primitive is Elementwise { Function: not ElementwiseFunction.Select };
        return compares ? moved : Array.ConvertAll(moved, t => (Tensor)ConcreteTensor.OfTexts(Array.ConvertAll(t.ToArray<int>(), i => texts[i]), t.Shape));

        Tensor Numbered(Tensor tensor) => Tensor.From<int>(Array.ConvertAll(((TextStorage)tensor.Data).Texts, NumberOf), tensor.Shape);

        int NumberOf(string text)
        {
            if (numbers.TryGetValue(text, out int number)) return number;
            numbers.Add(text, number = texts.Count);
            texts.Add(text);
            return number;
        }
    }
}
