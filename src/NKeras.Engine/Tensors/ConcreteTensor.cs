using System.Globalization;
using System.Text;

namespace NKeras.Engine;

/// <summary>A tensor that holds data.</summary>
internal sealed class ConcreteTensor(TensorSpec spec, Storage data) : Tensor(spec)
{
    private const int ElementsShown = 1000;

    internal override Storage Data => data;

    /// <summary>The number a literal in the source was written as; null for all other tensors.</summary>
    /// <remarks>It decides promotion (a literal is weakly typed), and converts without a detour through float32.</remarks>
    public double? LiteralValue { get; private init; }

    /// <summary>The weak type that promotion sees: "int" or "float" for literals, else the type's name.</summary>
    public string PromotionName => LiteralValue == null ? DType.Name : DType.IsFloating ? "float" : "int";

    public static ConcreteTensor Literal(double value) => Scalar(DType.Float32, value, value);

    public static ConcreteTensor Literal(int value) => Scalar(DType.Int32, value, value);

    /// <summary>A tensor of host memory whose content is undefined until it is written.</summary>
    public static ConcreteTensor Allocate(TensorSpec spec) => new(spec, spec.DType == DType.String ? new TextStorage(new string[spec.Shape.Size]) : new HostStorage(spec.ByteLength));

    /// <summary>A tensor of strings, which it keeps.</summary>
    public static ConcreteTensor OfTexts(string[] texts, Shape shape) => new(new TensorSpec(shape, DType.String), new TextStorage(texts));

    /// <summary>Copies elements to another tensor of the same type.</summary>
    /// <param name="start">The first element.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="targetStart">The first element there.</param>
    /// <param name="count">How many.</param>
    public void CopyElements(int start, ConcreteTensor target, int targetStart, int count) => data.CopyElements(start, target.Data, targetStart, count, DType.Size);

    /// <summary>Copies the data to where a view of the same type and size shows.</summary>
    public void CopyTo(ElementView target)
    {
        ElementView source = ElementView.Of(this);
        for (int i = 0; i < source.Size; i++) target.Copy(i, source, i);
        GC.KeepAlive(this); // A view is a bare pointer.
    }

    private static ConcreteTensor Scalar(DType type, double value, double literal)
    {
        TensorSpec spec = new(Shape.Scalar, type);
        ConcreteTensor scalar = new(spec, new HostStorage(spec.ByteLength)) { LiteralValue = literal };
        ElementView.Of(scalar).SetNumber(0, value);
        return scalar;
    }

    /// <summary>The shape, the type and the elements in nested brackets; long tensors are cut short.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Tensor(shape={Shape}, dtype={DType}, value=");
        if (Shape.Size > ElementsShown)
        {
            text.Append("...)");
            return text.ToString();
        }

        string[]? texts = (data as TextStorage)?.Texts;
        ElementView view = texts == null ? ElementView.Of(this) : default;
        int next = 0;
        Append(text, 0, i => texts != null ? $"'{texts[i]}'" : view.Format(i), ref next);
        return text.Append(')').ToString();
    }

    private void Append(StringBuilder text, int axis, Func<int, string> format, ref int next)
    {
        if (axis == Rank)
        {
            text.Append(format(next++));
            return;
        }

        text.Append('[');
        for (int i = 0; i < Shape.Dims[axis]; i++)
        {
            if (i > 0) text.Append(", ");
            Append(text, axis + 1, format, ref next);
        }

        text.Append(']');
    }
}
