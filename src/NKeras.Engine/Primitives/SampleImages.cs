using NKeras.Engine.Graphs;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>
/// Images [batch, height, width, channels] looked up at rows and columns [batch or 1, rows, columns]: [batch, rows, columns, channels]. A primitive so that positions and
/// neighbours of all pixels need not exist at once.
/// </summary>
/// <remarks>Where interpolation needs floating-point numbers, images are of the type of the places. At a place that is no number there is nothing: NaN, or zero.</remarks>
/// <param name="Sampling">How elements are looked up.</param>
internal sealed record SampleImages(ElementSampling Sampling) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        (TensorSpec images, TensorSpec rows, TensorSpec columns) = (inputs[0], inputs[1], inputs[2]);
        bool fits = images.Shape.Rank == 4 && rows.Shape.Rank == 3 && rows.DType == columns.DType && rows.Shape.IsCompatibleWith(columns.Shape)
            && rows.DType.IsFloating && (Sampling.Order == 0 || images.DType == rows.DType);
        int[] places = fits ? [.. Enumerable.Range(0, 3).Select(i => Math.Max(rows.Shape.Dims[i], columns.Shape.Dims[i]))] : [0];
        int batch = fits ? images.Shape.Dims[0] : 0;
        if (!fits || (places[0] is not (1 or Shape.Unknown) && batch != Shape.Unknown && places[0] != batch))
            throw new ArgumentException($"SampleImages takes images and, of one type, rows and columns for each or all of them, not {images}, {rows} and {columns}.");
        return [images with { Shape = new Shape([batch == Shape.Unknown && places[0] != 1 ? places[0] : batch, places[1], places[2], images.Shape.Dims[3]]) }];
    }

    public override Tensor?[] Gradient(GradientContext context) => Differentiation.Pullback([Compose(context.Inputs)], [context.Cotangent], context.Inputs);

    /// <summary>The same with other primitives.</summary>
    public Tensor Compose(ReadOnlySpan<Tensor> inputs)
    {
        ReadOnlySpan<int> dims = inputs[0].Shape.Dims;
        Tensor pixels = Reshape(inputs[0], new Shape([dims[0] * dims[1] * dims[2], dims[3]]));
        return Sampling.Compose(pixels, [inputs[1], inputs[2]], [dims[1], dims[2]], new Iota(DType.Int32, [dims[0], 1, 1], 0).Apply());
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        (ElementView images, ElementView rows, ElementView columns, ElementView result) = (inputs[0], inputs[1], inputs[2], outputs[0]);
        (int height, int width, int channels) = (images.Shape.Dims[1], images.Shape.Dims[2], images.Shape.Dims[3]);
        int count = result.Shape.Dims[1] * result.Shape.Dims[2];
        double missing = Missing(result.DType);
        for (int i = 0; i < result.Size; i++)
        {
            int pixel = i / channels, image = pixel / count, place = rows.Shape.Dims[0] == 1 ? pixel % count : pixel;
            double y = rows.Number(place), x = columns.Number(place);
            if (Sampling.Order == 0)
            {
                int position = Position(Math.Round(y), Math.Round(x));
                if (position >= 0) result.Copy(i, images, position);
                else result.SetNumber(i, missing);
                continue;
            }

            double top = Math.Floor(y), left = Math.Floor(x), down = y - top, right = x - left;
            double upper = (Value(top, left) * (1 - right)) + (Value(top, left + 1) * right), lower = (Value(top + 1, left) * (1 - right)) + (Value(top + 1, left + 1) * right);
            result.SetNumber(i, (upper * (1 - down)) + (lower * down));

            int Position(double row, double column)
            {
                int r = Sampling.Position(row, height), c = Sampling.Position(column, width);
                return r < 0 || c < 0 ? -1 : (((((image * height) + r) * width) + c) * channels) + (i % channels);
            }

            double Value(double row, double column) => Position(row, column) is >= 0 and var position ? images.Number(position) : missing;
        }
    }

    /// <summary>What is where there is no element.</summary>
    public double Missing(DType type) => Sampling.Border == BorderMode.Constant ? Sampling.Fill : type.IsFloating ? double.NaN : 0;
}
