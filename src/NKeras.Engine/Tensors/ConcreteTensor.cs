using System.Globalization;
using System.Text;

namespace NKeras.Engine;

/// <summary>A tensor that holds data.</summary>
internal sealed class ConcreteTensor(TensorSpec spec, Storage data) : Tensor(spec)
{
    private const int ElementsShown = 1000;

    internal override Storage Data => data;

    /// <summary>A tensor of host memory whose content is undefined until it is written.</summary>
    public static ConcreteTensor Allocate(TensorSpec spec) => new(spec, new HostStorage(spec.ByteLength));

    /// <summary>Copies the data to where a view of the same type and size shows.</summary>
    public void CopyTo(ElementView target)
    {
        ElementView source = ElementView.Of(this);
        for (int i = 0; i < source.Size; i++) target.Copy(i, source, i);
        GC.KeepAlive(this); // A view is a bare pointer.
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
