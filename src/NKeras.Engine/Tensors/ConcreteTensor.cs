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
    public static ConcreteTensor Allocate(TensorSpec spec) => new(spec, new HostStorage(spec.ByteLength));

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

        ElementView view = ElementView.Of(this);
        int next = 0;
        Append(text, 0, view, ref next);
        return text.Append(')').ToString();
    }

    private void Append(StringBuilder text, int axis, ElementView view, ref int next)
    {
        if (axis == Rank)
        {
            text.Append(view.Format(next++));
            return;
        }

        text.Append('[');
        for (int i = 0; i < Shape.Dims[axis]; i++)
        {
            if (i > 0) text.Append(", ");
            Append(text, axis + 1, view, ref next);
        }

        text.Append(']');
    }
}
