namespace NKeras.Layers;

/// <summary>What layers have in common that change colours by a factor, drawn for each image between two numbers.</summary>
public abstract class BaseColorFactor : BaseRandomColor
{
    private protected BaseColorFactor(
        Factor factor,
        (double Least, double Most) bounds,
        Factor? valueRange,
        int? seed,
        string? dataFormat,
        string? boundingBoxFormat,
        string? name,
        bool trainable,
        DTypePolicy? dtype,
        bool sortedRange = true)
        : base(seed, dataFormat, boundingBoxFormat, name, trainable, dtype)
    {
        Factor = FactorWithin(factor, bounds.Least, bounds.Most);
        ValueRange = RangeOf(valueRange, sortedRange);
    }

    /// <summary>The least and the greatest factor.</summary>
    public Factor Factor { get; }

    /// <summary>The least and the greatest value of images.</summary>
    public Factor ValueRange { get; }

    /// <summary>The factor of each image, <c>factor</c> (batch).</summary>
    internal override Tensors Draw(int batch, RandomSeed seed) => new() { ["factor"] = DrawFactors(batch, seed) };

    /// <summary>A factor for each image.</summary>
    private protected Tensor DrawFactors(int batch, RandomSeed seed) => RandomOps.Uniform(new Shape([batch]), Factor.First, Factor.Last, seed: seed);

    /// <summary>The factor that was drawn for each image, to be applied to its pixels.</summary>
    private protected Tensor FactorsOf(Tensors transformation) => ToPixels(transformation["factor"], ComputeDType);

    /// <summary>Cuts values off to the range of images.</summary>
    private protected Tensor InRange(Tensor images) => Ops.Clip(images, ValueRange.First, ValueRange.Last);

    /// <summary>Changes hue, saturation and value of colour images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="change">Takes the three, and puts others in their place.</param>
    private protected Tensor ChangeHsv(Tensor images, Action<Tensor[]> change)
    {
        Tensor[] hsv = [.. Ops.Split(Ops.RgbToHsv(images, DataFormat), 3, ChannelAxis)];
        change(hsv);
        return Ops.HsvToRgb(Ops.Concatenate(hsv, ChannelAxis), DataFormat);
    }
}
