using NKeras.Engine.Primitives;

namespace NKeras;

/// <summary>Looks elements up at places between them.</summary>
/// <param name="Order">0 for the nearest element, 1 for linear interpolation.</param>
/// <param name="FillMode">What is beyond the border: one of <see cref="FillModes"/>.</param>
/// <param name="FillValue">The number there, where it is constant.</param>
internal sealed record Sampling(int Order, string FillMode, double FillValue)
{
    /// <summary>What can be beyond the border.</summary>
    public static readonly IReadOnlyList<string> FillModes = ["constant", "nearest", "wrap", "mirror", "reflect"];

    /// <summary>The sampling with an interpolation that goes by a name.</summary>
    /// <exception cref="ArgumentException">The interpolation or the mode is unknown.</exception>
    public static Sampling Of(string function, string interpolation, string fillMode, double fillValue)
    {
        if (interpolation is not ("nearest" or "bilinear")) throw new ArgumentException($"{function}: unknown interpolation '{interpolation}'. {Suggestion.For(interpolation, ["nearest", "bilinear"])}", nameof(interpolation));
        CheckFillMode(function, fillMode);
        return new(interpolation == "nearest" ? 0 : 1, fillMode, fillValue);
    }

    /// <summary>Refuses unknown fill modes.</summary>
    /// <exception cref="ArgumentException">The mode is unknown.</exception>
    public static void CheckFillMode(string function, string fillMode)
    {
        if (!FillModes.Contains(fillMode)) throw new ArgumentException($"{function}: unknown fillMode '{fillMode}'. {Suggestion.For(fillMode, FillModes)}", nameof(fillMode));
    }

    /// <summary>The same for elements of a type: beyond integers lies an integer.</summary>
    public Sampling For(DType type) => type.IsInteger ? this with { FillValue = Math.Truncate(FillValue) } : this;

    /// <summary>Images [batch, height, width, channels] looked up at places, in their type.</summary>
    /// <param name="images">The images.</param>
    /// <param name="y">Rows, [batch or 1, height, width].</param>
    /// <param name="x">Columns, in the same shape.</param>
    public Tensor Apply(Tensor images, Tensor y, Tensor x) =>
        Rounded(new SampleImages(For(images.DType).Elements).Apply(Order == 0 ? images : PrimitiveOps.Convert(images, y.DType), y, x), images.DType);

    /// <summary>Looks up elements of an array.</summary>
    /// <param name="values">The array, flat.</param>
    /// <param name="places">For each axis of the array where to look, in floating point.</param>
    /// <param name="sizes">The lengths of the axes.</param>
    public Tensor Apply(Tensor values, IReadOnlyList<Tensor> places, int[] sizes) => Elements.Compose(values, places, sizes);

    /// <summary>Interpolated numbers in a type: to integers rounded, halves away from zero.</summary>
    public static Tensor Rounded(Tensor values, DType type)
    {
        if (type.IsInteger && values.DType.IsFloating)
            values = PrimitiveOps.Unary(ElementwiseFunction.Sign, values) * PrimitiveOps.Unary(ElementwiseFunction.Floor, Ops.Absolute(values) + 0.5);
        return Images.Back(values, type);
    }

    private ElementSampling Elements => new(Order, Enum.Parse<BorderMode>(FillMode, ignoreCase: true), FillValue);
}
