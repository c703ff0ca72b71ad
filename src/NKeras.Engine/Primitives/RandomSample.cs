namespace NKeras.Engine.Primitives;

/// <summary>
/// Numbers drawn one by one from a distribution whose parameters may differ from element to element. Each depends only on the
/// key (two uint32, the first input), its position and its parameters.
/// </summary>
/// <param name="Dims">The result's dimensions. A parameter (the other inputs) is a scalar or has the same.</param>
internal abstract record RandomSample<T>(IntList Dims) : Primitive
    where T : unmanaged
{
    /// <summary>The number of parameters: one or two.</summary>
    protected abstract int ParameterCount { get; }

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        TensorSpec result = new(new Shape(Dims.Span), DType.Of<T>());
        if (inputs.Length != ParameterCount + 1 || inputs[0] != new TensorSpec(new Shape([2]), DType.UInt32))
            throw new ArgumentException($"{Name} takes a key of two uint32 and {ParameterCount} parameters.");
        foreach (TensorSpec parameter in inputs[1..])
        {
            if (parameter.DType != result.DType || (parameter.Shape.Rank > 0 && !parameter.Shape.IsCompatibleWith(result.Shape)))
                throw new ArgumentException($"{Name}: a parameter is {parameter}, where {result} or a scalar is needed.");
        }

        return [result];
    }

    public override Tensor?[] Gradient(GradientContext context) => new Tensor?[ParameterCount + 1];

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        uint key0 = (uint)inputs[0].Long(0), key1 = (uint)inputs[0].Long(1);
        ElementView first = inputs[1], second = inputs[^1], y = outputs[0];
        for (int i = 0; i < y.Size; i++)
        {
            RandomStream stream = new(key0, key1, (uint)i);
            Write(y, i, Draw(ref stream, Read(first, i), Read(second, i)));
        }
    }

    /// <summary>Draws one number.</summary>
    /// <param name="stream">Its random numbers.</param>
    /// <param name="a">The first parameter.</param>
    /// <param name="b">The second; again the first if there is one only.</param>
    internal abstract T Draw(ref RandomStream stream, T a, T b);

    private static T Read(ElementView view, int i)
    {
        int at = view.Shape.Rank == 0 ? 0 : i;
        return typeof(T) == typeof(double) ? (T)(object)view.Double(at) : (T)(object)view.Long(at);
    }

    private static void Write(ElementView view, int i, T value)
    {
        if (value is double number) view.SetDouble(i, number);
        else view.SetLong(i, (long)(object)value);
    }
}
